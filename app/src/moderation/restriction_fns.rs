use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::notice::ModerationNotice,
    super::place::moderated_path,
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    services::attendees,
};

/// Silences somebody in the rooms of an event for a while, with a reason they are told.
#[server(endpoint = "moderation/mute", input = PostForm)]
pub async fn mute_member(
    #[server(default)] event: String,
    #[server(default)] member: String,
    #[server(default)] duration: String,
    #[server(default)] reason: String,
) -> Result<(), CallError> {
    let page = moderated_path(&event, &member);
    let kept = Form::at(page.clone()).keep("duration", &duration).keep("mute_reason", &reason);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let (person, user) = (viewer.signed_in()?, member.parse().ok());
        attendees::mute(&services, person, &event, user, (&duration, &reason)).await?;
        Ok(Done::new((), page).notice(Notice::Moderation(ModerationNotice::Muted)))
    })
    .await
}

/// Lets somebody write in the rooms again before their mute ends.
#[server(endpoint = "moderation/unmute", input = PostForm)]
pub async fn unmute_member(
    #[server(default)] event: String,
    #[server(default)] member: String,
) -> Result<(), CallError> {
    let page = moderated_path(&event, &member);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        attendees::unmute(&services, viewer.signed_in()?, &event, member.parse().ok()).await?;
        Ok(Done::new((), page).notice(Notice::Moderation(ModerationNotice::Unmuted)))
    })
    .await
}
