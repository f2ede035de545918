use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::notice::PeopleNotice,
    super::place::{member_id, people_path},
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::FieldErrors,
    domain::attendees::EventRole,
    services::attendees,
    services::events::Registered,
};

/// Makes a member of the organization one of its event.
#[server(endpoint = "attendees/add", input = PostForm)]
pub async fn add_member(
    #[server(default)] event: String,
    #[server(default)] member: String,
    #[server(default)] role: String,
) -> Result<(), CallError> {
    let page = format!("{}/add", people_path(&event));
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        attendees::may_change_members(&services, person, &event).await?;
        let role = EventRole::from_stored(&role)
            .ok_or_else(|| FieldErrors::one("role", "Choose one of the roles."))?;
        let notice = match attendees::add(&services, person, &event, member_id(&member), role).await? {
            Registered::Active => PeopleNotice::Added,
            Registered::Waitlisted => PeopleNotice::AddedToWaitlist,
        };
        Ok(Done::new((), page).notice(Notice::People(notice)))
    })
    .await
}

/// Makes an owner of the organization a member of its event, as an admin.
#[server(endpoint = "attendees/join_as_admin", input = PostForm)]
pub async fn join_as_admin(#[server(default)] event: String) -> Result<(), CallError> {
    let page = people_path(&event);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        attendees::join_as_admin(&services, viewer.signed_in()?, &event).await?;
        Ok(Done::new((), page).notice(Notice::People(PeopleNotice::JoinedAsAdmin)))
    })
    .await
}
