#![expect(clippy::too_many_arguments, reason = "one per field of a form")]

use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    services::events::{self, SettingsFields},
};

/// Saves how an event is run, unless somebody saved a newer version.
#[server(endpoint = "events/save_settings", input = PostForm)]
pub async fn save_event_settings(
    #[server(default)] event: String,
    #[server(default)] version: i32,
    #[server(default)] visibility: String,
    #[server(default)] max_attendees: String,
    #[server(default)] registration_opens_at: String,
    #[server(default)] registration_closes_at: String,
    #[server(default)] session_status_mode: String,
    #[server(default)] rooms_open_before: String,
    #[server(default)] rooms_close_after: String,
    #[server(default)] hold_agenda_changes: String,
    #[server(default)] profanity_mode: String,
    #[server(default)] profanity_words: String,
    #[server(default)] auto_archive_days: String,
) -> Result<(), CallError> {
    let fields = SettingsFields {
        visibility,
        max_attendees,
        registration_opens_at,
        registration_closes_at,
        session_status_mode,
        rooms_open_before,
        rooms_close_after,
        hold_agenda_changes: hold_agenda_changes == "yes",
        profanity_mode,
        profanity_words,
        auto_archive_days,
    };
    let page = format!("/events/{}/manage/settings", ssr::encoded(&event));
    form(keep(Form::at(page.clone()), &fields), async move {
        let (services, viewer) = ssr::request()?;
        events::save_settings(&services, viewer.signed_in()?, &event, &fields, version).await?;
        Ok(Done::new((), page).notice(Notice::EventSaved))
    })
    .await
}

#[cfg(feature = "ssr")]
fn keep(form: Form, fields: &SettingsFields) -> Form {
    form.keep("visibility", &fields.visibility)
        .keep("max_attendees", &fields.max_attendees)
        .keep("registration_opens_at", &fields.registration_opens_at)
        .keep("registration_closes_at", &fields.registration_closes_at)
        .keep("session_status_mode", &fields.session_status_mode)
        .keep("rooms_open_before", &fields.rooms_open_before)
        .keep("rooms_close_after", &fields.rooms_close_after)
        .keep("hold_agenda_changes", if fields.hold_agenda_changes { "yes" } else { "" })
        .keep("profanity_mode", &fields.profanity_mode)
        .keep("profanity_words", &fields.profanity_words)
        .keep("auto_archive_days", &fields.auto_archive_days)
}
