//! What an event's page says: its texts, and the lists people order.

use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    crate::flash::{Notice, Undo},
    crate::form::{Done, Form, form},
    crate::ssr,
    services::events::{self, ContentList, EntryFields, SectionFields},
};

/// Saves the texts of an event's page, unless somebody saved a newer version.
#[server(endpoint = "events/save_sections", input = PostForm)]
pub async fn save_event_sections(
    #[server(default)] event: String,
    #[server(default)] version: i32,
    #[server(default)] hero_text: String,
    #[server(default)] welcome_title: String,
    #[server(default)] welcome_content: String,
    #[server(default)] conduct: String,
    #[server(default)] contact_email: String,
) -> Result<(), CallError> {
    let kept = Form::at(content_path(&event))
        .keep("hero_text", &hero_text)
        .keep("welcome_title", &welcome_title)
        .keep("welcome_content", &welcome_content)
        .keep("conduct", &conduct)
        .keep("contact_email", &contact_email);
    let fields = SectionFields { hero_text, welcome_title, welcome_content, conduct, contact_email };
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        events::save_sections(&services, viewer.signed_in()?, &event, &fields, version).await?;
        Ok(Done::new((), content_path(&event)).notice(Notice::EventSaved))
    })
    .await
}

/// Adds an entry to a list: `highlights`, `faqs` or `icebreakers`; at its end, or where `place` says: `first`, `after.2`.
#[server(endpoint = "events/add_entry", input = PostForm)]
pub async fn add_event_entry(
    #[server(default)] event: String,
    #[server(default)] list: String,
    #[server(default)] title: String,
    #[server(default)] text: String,
    #[server(default)] icon: String,
    #[server(default)] place: String,
) -> Result<(), CallError> {
    let kept = keep_entry(list_path(&event, &list), &title, &text, &icon);
    let fields = EntryFields { title, text, icon };
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let place = (ContentList::parse(&list)?, place.as_str());
        events::add_entry(&services, person, &event, place, &fields).await?;
        Ok(Done::new((), list_path(&event, &list)).notice(Notice::EventSaved))
    })
    .await
}

/// Writes an entry anew.
#[server(endpoint = "events/save_entry", input = PostForm)]
pub async fn save_event_entry(
    #[server(default)] event: String,
    #[server(default)] list: String,
    #[server(default)] at: u32,
    #[server(default)] version: i32,
    #[server(default)] title: String,
    #[server(default)] text: String,
    #[server(default)] icon: String,
) -> Result<(), CallError> {
    let kept = keep_entry(format!("{}?at={at}", list_path(&event, &list)), &title, &text, &icon);
    let fields = EntryFields { title, text, icon };
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let place = (ContentList::parse(&list)?, at as usize);
        events::save_entry(&services, person, &event, place, &fields, version).await?;
        Ok(Done::new((), list_path(&event, &list)).notice(Notice::EventSaved))
    })
    .await
}

/// Moves or removes an entry, as [`domain::events::Shift::parse`] reads it.
#[server(endpoint = "events/shift_entry", input = PostForm)]
pub async fn shift_event_entry(
    #[server(default)] event: String,
    #[server(default)] list: String,
    #[server(default)] at: u32,
    #[server(default)] version: i32,
    #[server(default)] shift: String,
) -> Result<(), CallError> {
    form(Form::at(list_path(&event, &list)), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let place = (ContentList::parse(&list)?, at as usize);
        let removed = events::shift_entry(&services, person, &event, place, &shift, version).await?;
        let done = Done::new((), list_path(&event, &list));
        let Some(EntryFields { title, text, icon }) = removed else {
            return Ok(done.notice(Notice::OrderSaved));
        };
        let place = at.checked_sub(1).map_or_else(|| "first".to_owned(), |before| format!("after.{before}"));
        let back = [
            ("event", event.as_str()),
            ("list", &list),
            ("title", &title),
            ("text", &text),
            ("icon", &icon),
            ("place", &place),
        ];
        Ok(done.notice(Notice::EntryRemoved).undo(Some(Undo::new("/api/events/add_entry", &back))))
    })
    .await
}

#[cfg(feature = "ssr")]
fn content_path(event: &str) -> String {
    format!("/events/{}/manage/content", ssr::encoded(event))
}

#[cfg(feature = "ssr")]
fn list_path(event: &str, list: &str) -> String {
    format!("{}/{}", content_path(event), ssr::encoded(list))
}

#[cfg(feature = "ssr")]
fn keep_entry(back: String, title: &str, text: &str, icon: &str) -> Form {
    Form::at(back).keep("title", title).keep("text", text).keep("icon", icon)
}
