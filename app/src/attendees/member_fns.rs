use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::notice::PeopleNotice,
    super::place::{member_id, member_path},
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::moderation::moderated_path,
    crate::ssr,
    domain::FieldErrors,
    domain::attendees::EventRole,
    services::attendees::{self, BanFields, SeenMember},
    services::events::Registered,
};

/// Gives one of an event's people another role. `seen_role` is the one the page showed.
#[server(endpoint = "attendees/change_role", input = PostForm)]
pub async fn change_member_role(
    #[server(default)] event: String,
    #[server(default)] member: String,
    #[server(default)] seen_role: String,
    #[server(default)] role: String,
) -> Result<(), CallError> {
    let page = member_path(&event, &member);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        attendees::may_change_members(&services, person, &event).await?;
        let to = EventRole::from_stored(&role)
            .ok_or_else(|| FieldErrors::one("role", "Choose one of the roles."))?;
        let seen = SeenMember { user: member_id(&member), role: EventRole::from_stored(&seen_role) };
        attendees::change_role(&services, person, &event, seen, to).await?;
        Ok(Done::new((), page).notice(Notice::People(PeopleNotice::RoleChanged)))
    })
    .await
}

/// Ends somebody's membership of an event, or their place on its waitlist.
#[server(endpoint = "attendees/remove", input = PostForm)]
pub async fn remove_member_of_event(
    #[server(default)] event: String,
    #[server(default)] member: String,
    #[server(default)] seen_role: String,
) -> Result<(), CallError> {
    let page = member_path(&event, &member);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let seen = SeenMember { user: member_id(&member), role: EventRole::from_stored(&seen_role) };
        attendees::remove(&services, viewer.signed_in()?, &event, seen).await?;
        Ok(Done::new((), page).notice(Notice::People(PeopleNotice::Removed)))
    })
    .await
}

/// Takes a removal back.
#[server(endpoint = "attendees/bring_back", input = PostForm)]
pub async fn bring_member_back(
    #[server(default)] event: String,
    #[server(default)] member: String,
) -> Result<(), CallError> {
    let page = member_path(&event, &member);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let notice = match attendees::bring_back(&services, person, &event, member_id(&member)).await? {
            Registered::Active => PeopleNotice::BroughtBack,
            Registered::Waitlisted => PeopleNotice::BroughtBackToWaitlist,
        };
        Ok(Done::new((), page).notice(Notice::People(notice)))
    })
    .await
}

/// Closes an event to somebody, with a reason they are told, and deletes what they wrote lately, if that is wanted.
/// `back` = `moderation` leads to their page for moderators.
#[server(endpoint = "attendees/ban", input = PostForm)]
pub async fn ban_member(
    #[server(default)] event: String,
    #[server(default)] member: String,
    #[server(default)] reason: String,
    #[server(default)] note: String,
    #[server(default)] delete: String,
    #[server(default)] back: String,
) -> Result<(), CallError> {
    let page = page_of(&event, &member, &back);
    let kept = Form::at(page.clone())
        .keep("reason", &reason)
        .keep("ban_reason", &reason)
        .keep("note", &note)
        .keep("delete", &delete);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let (person, fields) = (viewer.signed_in()?, BanFields { reason, note, delete });
        let deleted = attendees::ban(&services, person, &event, member_id(&member), &fields).await?;
        Ok(Done::new((), page).notice(Notice::People(PeopleNotice::banned(deleted))))
    })
    .await
}

/// Opens an event again to somebody who is banned from it; `back` as in [`ban_member`].
#[server(endpoint = "attendees/unban", input = PostForm)]
pub async fn unban_member(
    #[server(default)] event: String,
    #[server(default)] member: String,
    #[server(default)] back: String,
) -> Result<(), CallError> {
    let page = page_of(&event, &member, &back);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        attendees::unban(&services, viewer.signed_in()?, &event, member_id(&member)).await?;
        Ok(Done::new((), page).notice(Notice::People(PeopleNotice::Unbanned)))
    })
    .await
}

#[cfg(feature = "ssr")]
fn page_of(event: &str, member: &str, back: &str) -> String {
    if back == "moderation" { moderated_path(event, member) } else { member_path(event, member) }
}
