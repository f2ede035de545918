//! The one place where a mutation turns into an answer: redirect and flash for a plain form, the typed value
//! or error with its status for a fetch.

use std::collections::BTreeMap;
use std::future::Future;

use domain::error::Unauthenticated;
use domain::{AppError, Denied};
use http::header;
use services::ServiceError;

use crate::error::CallError;
use crate::flash::{Flash, Notice, Undo};
use crate::ssr;

/// Where a plain form goes back to when it is refused, and what it keeps of the typed text.
#[derive(Debug, Clone)]
pub struct Form {
    back: String,
    values: BTreeMap<String, String>,
}

/// A mutation that happened: its value for fetch callers, the next page for plain forms.
#[derive(Debug, Clone)]
pub struct Done<T> {
    value: T,
    next: String,
    notice: Option<Notice>,
    undo: Option<Undo>,
    carried: BTreeMap<String, String>,
}

impl Form {
    /// `back` is the path of the page with the form.
    #[must_use]
    pub fn at(back: impl Into<String>) -> Self {
        Self { back: back.into(), values: BTreeMap::new() }
    }

    /// Keeps a typed value for the refused form. Never call it with a password.
    ///
    /// Control characters can't be stored and are left out; what is longer than any field may be is cut.
    #[must_use]
    pub fn keep(mut self, field: &str, value: &str) -> Self {
        self.values.insert(field.to_owned(), storable(value).take(MAX_KEPT_CHARS).collect());
        self
    }

    /// As [`Form::keep`], for a list of addresses: what is longer than any list may be is cut between two of them, never
    /// inside one, which would be somebody else's.
    #[must_use]
    pub fn keep_addresses(mut self, field: &str, value: &str) -> Self {
        let mut kept: String = storable(value).take(MAX_KEPT_LIST_CHARS + 1).collect();
        if kept.chars().nth(MAX_KEPT_LIST_CHARS).is_some() {
            let whole = kept.rfind([',', ';', '\n']).map_or(0, |end| end + 1);
            kept.truncate(whole);
        }
        self.values.insert(field.to_owned(), kept);
        self
    }
}

fn storable(value: &str) -> impl Iterator<Item = char> {
    value.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'))
}

const SIGN_IN: &str = "/signin";

/// Twice the longest field (an event's description), so that "too long" comes back whole.
const MAX_KEPT_CHARS: usize = 20_000;
/// 5,000 rows of an address and a name.
const MAX_KEPT_LIST_CHARS: usize = 500_000;

impl<T> Done<T> {
    #[must_use]
    pub fn new(value: T, next: impl Into<String>) -> Self {
        Self { value, next: next.into(), notice: None, undo: None, carried: BTreeMap::new() }
    }

    #[must_use]
    pub fn notice(mut self, notice: Notice) -> Self {
        self.notice = Some(notice);
        self
    }

    /// What takes it back, offered beside the notice.
    #[must_use]
    pub fn undo(mut self, undo: Option<Undo>) -> Self {
        self.undo = undo;
        self
    }

    /// A value for the next page of a plain form: what it goes on with, or shows.
    #[must_use]
    pub fn carry(mut self, field: &str, value: &str) -> Self {
        self.carried.insert(field.to_owned(), value.to_owned());
        self
    }
}

/// Runs a mutation and answers it.
///
/// # Errors
/// What the mutation refused, for fetch callers with its status. A plain form is redirected in every case.
pub async fn form<T>(
    form: Form,
    mutation: impl Future<Output = Result<Done<T>, ServiceError>>,
) -> Result<T, CallError> {
    match mutation.await {
        Ok(done) => {
            if is_plain() {
                let flash =
                    Flash { notice: done.notice, undo: done.undo, values: done.carried, ..Flash::default() };
                leave(&done.next, flash).await?;
                ssr::redirect(&done.next);
            }
            Ok(done.value)
        }
        Err(error) => {
            let error = ssr::shown(error);
            if is_plain() {
                refuse(form, &error).await?;
            } else {
                ssr::set_status(&error);
            }
            Err(CallError(error))
        }
    }
}

async fn refuse(form: Form, error: &AppError) -> Result<(), ServiceError> {
    // What was typed waits for whoever signs in, or confirms their password, and comes back.
    let asks_first = if *error == AppError::Unauthenticated(Unauthenticated::SignInRequired) {
        Some(ssr::sign_in_path(&form.back))
    } else if *error == AppError::Denied(Denied::SignInNotRecent) {
        Some(ssr::confirm_password_path(&form.back))
    } else {
        None
    };
    if let Some(page) = asks_first {
        // Whoever signs in next in this browser may be somebody else: it is kept for who typed it. Where that is nobody's
        // login session, what is about a person is kept for nobody.
        let typed_by = match ssr::viewer().user() {
            Some(user) => Some(user),
            None => ssr::owner_of_ended_session().await?,
        };
        let is_personal = ["/settings", "/connections"].iter().any(|own| form.back.starts_with(own))
            || form.back.ends_with("/me");
        let mut values = form.values;
        if typed_by.is_none() {
            // Strangers fill no storage with lists.
            values.retain(|_, value| value.chars().nth(MAX_KEPT_CHARS).is_none());
        }
        if !values.is_empty() && (typed_by.is_some() || !is_personal) {
            let place = place_of(&form.back);
            let notice = Some(Notice::NotSentYet);
            let flash = Flash { place, values, typed_by, notice, ..Flash::default() };
            ssr::leave_waiting(&flash).await?;
            if page.starts_with(SIGN_IN) {
                let notice = Some(Notice::SignedOutMeanwhile);
                leave(SIGN_IN, Flash { notice, ..Flash::default() }).await?;
            }
        }
        ssr::redirect(&page);
        return Ok(());
    }
    let flash = Flash { problem: Some(error.clone()), values: form.values, ..Flash::default() };
    leave(&form.back, flash).await?;
    ssr::redirect(&form.back);
    Ok(())
}

async fn leave(target: &str, flash: Flash) -> Result<(), ServiceError> {
    if flash.notice.is_none() && flash.problem.is_none() && flash.values.is_empty() {
        return Ok(());
    }
    ssr::leave_flash(&Flash { place: place_of(target), ..flash }).await
}

fn place_of(target: &str) -> String {
    ssr::place(target.split(['?', '#']).next().unwrap_or_default())
}

/// A browser's own form post asks for HTML; fetch callers ask for JSON.
pub(crate) fn is_plain() -> bool {
    ssr::request_header(&header::ACCEPT).is_some_and(|accept| accept.contains("text/html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(list: &str) -> String {
        Form::at("/").keep_addresses("addresses", list).values.remove("addresses").unwrap_or_default()
    }

    #[test]
    fn a_list_is_kept_whole_and_never_cut_inside_an_address() {
        let five_thousand = "somebody.with.a.long.name@example.org, ".repeat(5_000);
        assert_eq!(kept(&five_thousand), five_thousand);
        let endless = kept(&"ada@example.org;".repeat(40_000));
        assert!(endless.len() <= MAX_KEPT_LIST_CHARS && endless.ends_with("ada@example.org;"));
        assert_eq!(kept(&"a".repeat(MAX_KEPT_LIST_CHARS + 1)), "");
    }
}
