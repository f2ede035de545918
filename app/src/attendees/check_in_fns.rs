use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::notice::PeopleNotice,
    super::place::{member_id, member_path},
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::FieldErrors,
    services::attendees::{self, CheckedIn},
};

/// Marks somebody as arrived (`yes`), or takes the mark back (`no`). Leads back to the page for
/// arrivals, empty for the next one, or with `back` = `member` to the page of that person.
#[server(endpoint = "attendees/check_in", input = PostForm)]
pub async fn check_in(
    #[server(default)] event: String,
    #[server(default)] member: String,
    #[server(default)] present: String,
    #[server(default)] back: String,
) -> Result<(), CallError> {
    let page = if back == "member" {
        member_path(&event, &member)
    } else {
        format!("/events/{}/manage/check-in", ssr::encoded(&event))
    };
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let (person, user) = (viewer.signed_in()?, member_id(&member));
        let notice = match present.as_str() {
            "yes" => match attendees::check_in(&services, person, &event, user).await? {
                CheckedIn::Now => PeopleNotice::CheckedIn,
                CheckedIn::Before => PeopleNotice::CheckedInBefore,
            },
            "no" => {
                attendees::undo_check_in(&services, person, &event, user).await?;
                PeopleNotice::CheckInUndone
            }
            _ => return Err(FieldErrors::one("present", "Choose yes or no.").into()),
        };
        Ok(Done::new((), page).notice(Notice::People(notice)))
    })
    .await
}
