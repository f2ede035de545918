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
    services::attendees::{self, TextFields},
};

/// Saves the own title and biography for one event, unless a newer version was saved meanwhile; `listed` is ticked by who wants to be found in its directory.
#[server(endpoint = "attendees/save_own_texts", input = PostForm)]
pub async fn save_own_texts(
    #[server(default)] event: String,
    #[server(default)] event_title: String,
    #[server(default)] event_bio: String,
    #[server(default)] listed: Option<String>,
    #[server(default)] version: String,
) -> Result<(), CallError> {
    let page = format!("/events/{}/me", ssr::encoded(&event));
    let kept = Form::at(page.clone()).keep("event_title", &event_title).keep("event_bio", &event_bio);
    let kept = kept.keep("listed", if listed.is_some() { "yes" } else { "" });
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let fields = TextFields { title: event_title, bio: event_bio, version };
        let person = viewer.signed_in()?;
        attendees::save_own_texts(&services, person, &event, &fields, listed.is_some()).await?;
        Ok(Done::new((), page).notice(Notice::People(PeopleNotice::OwnTextsSaved)))
    })
    .await
}

/// Saves another's title and biography for one event, unless a newer version was saved meanwhile.
#[server(endpoint = "attendees/save_texts", input = PostForm)]
pub async fn save_texts(
    #[server(default)] event: String,
    #[server(default)] member: String,
    #[server(default)] event_title: String,
    #[server(default)] event_bio: String,
    #[server(default)] version: String,
) -> Result<(), CallError> {
    let page = member_path(&event, &member);
    let kept = Form::at(page.clone()).keep("event_title", &event_title).keep("event_bio", &event_bio);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let fields = TextFields { title: event_title, bio: event_bio, version };
        attendees::save_texts(&services, viewer.signed_in()?, &event, member_id(&member), &fields).await?;
        Ok(Done::new((), page).notice(Notice::People(PeopleNotice::TextsSaved)))
    })
    .await
}
