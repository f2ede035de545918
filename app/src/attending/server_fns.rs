use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::notice::AttendingNotice,
    super::star_cookie,
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::ids::{AgendaSessionId, UserId},
    domain::{AppError, FieldErrors},
    services::ServiceError,
    services::attending,
};

/// Stars a session (`yes`), or takes the star back (`no`); for visitors in their browser. Leads on to `next`, a page of
/// ours.
#[server(endpoint = "attending/star", input = PostForm)]
pub async fn star_session(
    #[server(default)] event: String,
    #[server(default)] session: String,
    #[server(default)] starred: String,
    #[server(default)] next: String,
) -> Result<(), CallError> {
    let page = ssr::local_path(&next).map_or_else(|| session_path(&event, &session), ToOwned::to_owned);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let (session, is_starred) = (session_id(&session)?, yes_or_no("starred", &starred)?);
        if let Ok(person) = viewer.signed_in() {
            attending::set_star(&services, person, &event, session, is_starred).await?;
        } else {
            attending::may_star_as_visitor(&services, &event, session).await?;
            star_cookie::keep_star(&services, session, is_starred);
        }
        Ok(Done::new((), page))
    })
    .await
}

/// Takes a place in a session.
#[server(endpoint = "attending/sign_up", input = PostForm)]
pub async fn sign_up_for_session(
    #[server(default)] event: String,
    #[server(default)] session: String,
) -> Result<(), CallError> {
    let page = session_path(&event, &session);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        attending::sign_up(&services, viewer.signed_in()?, &event, session_id(&session)?).await?;
        Ok(Done::new((), page).notice(Notice::Attending(AttendingNotice::SignedUp)))
    })
    .await
}

/// Gives the own place in a session back.
#[server(endpoint = "attending/cancel_sign_up", input = PostForm)]
pub async fn cancel_sign_up(
    #[server(default)] event: String,
    #[server(default)] session: String,
) -> Result<(), CallError> {
    let page = session_path(&event, &session);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        attending::cancel_sign_up(&services, viewer.signed_in()?, &event, session_id(&session)?).await?;
        Ok(Done::new((), page).notice(Notice::Attending(AttendingNotice::SignUpCancelled)))
    })
    .await
}

/// Marks a member as present in a session (`yes`), or takes the mark back (`no`).
#[server(endpoint = "attending/mark", input = PostForm)]
pub async fn mark_attendance(
    #[server(default)] event: String,
    #[server(default)] session: String,
    #[server(default)] user: String,
    #[server(default)] present: String,
    /// What the list was searched for, to come back to it.
    #[server(default)]
    search: String,
) -> Result<(), CallError> {
    let query = if search.is_empty() { String::new() } else { format!("?search={}", ssr::encoded(&search)) };
    let page = format!("{}/sign-ups{query}", session_path(&event, &session));
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let (person, session) = (viewer.signed_in()?, session_id(&session)?);
        let user: Option<UserId> = user.parse().ok();
        let is_present = yes_or_no("present", &present)?;
        attending::mark(&services, person, &event, session, user, is_present).await?;
        Ok(Done::new((), page))
    })
    .await
}

/// Lets the public list, and those who chose the sessions, know of the changes that were held.
#[server(endpoint = "attending/release_changes", input = PostForm)]
pub async fn release_changes(#[server(default)] event: String) -> Result<(), CallError> {
    let page = format!("/events/{}/changes", ssr::encoded(&event));
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        attending::release_changes(&services, viewer.signed_in()?, &event).await?;
        Ok(Done::new((), page).notice(Notice::Attending(AttendingNotice::ChangesReleased)))
    })
    .await
}

#[cfg(feature = "ssr")]
fn session_path(event: &str, session: &str) -> String {
    format!("/events/{}/sessions/{}", ssr::encoded(event), ssr::encoded(session))
}

#[cfg(feature = "ssr")]
fn session_id(text: &str) -> Result<AgendaSessionId, ServiceError> {
    text.parse().map_err(|_| AppError::NotFound.into())
}

#[cfg(feature = "ssr")]
fn yes_or_no(field: &str, text: &str) -> Result<bool, ServiceError> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(FieldErrors::one(field, "Choose yes or no.").into()),
    }
}
