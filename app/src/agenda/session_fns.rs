#![expect(clippy::too_many_arguments, reason = "one argument per form field: the names are the wire format")]

use domain::agenda::{Saved, Warning};
use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::{PostForm, Sent};

#[cfg(feature = "ssr")]
use {
    super::frame::{editor_path, session_id, session_path, version_of},
    super::notice::AgendaNotice,
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    services::agenda::{self, NewSession, SessionFields},
};

/// Adds a session; answers its id and what it clashes with.
#[server(endpoint = "agenda/create_session", input = PostForm)]
pub async fn create_session(
    #[server(default)] event: String,
    #[server(default)] title: Sent,
    #[server(default)] short_description: Sent,
    #[server(default)] description: Sent,
    #[server(default)] kind: Sent,
    #[server(default)] language: Sent,
    #[server(default)] tags: Sent,
    #[server(default)] starts_at: Sent,
    #[server(default)] ends_at: Sent,
    #[server(default)] venue_room: Sent,
    #[server(default)] track: Sent,
    #[server(default)] capacity: Sent,
    #[server(default)] sign_up_required: Sent,
    #[server(default)] chat_mode: Sent,
    #[server(default)] opens_before: Sent,
    #[server(default)] form_key: String,
) -> Result<Saved, CallError> {
    let fields = SessionFields {
        title: title.0,
        short_description: short_description.0,
        description: description.0,
        kind: kind.0,
        language: language.0,
        tags: tags.0,
        starts_at: starts_at.0,
        ends_at: ends_at.0,
        venue_room: venue_room.0,
        track: track.0,
        capacity: capacity.0,
        sign_up_required: sign_up_required.0,
        chat_mode: chat_mode.0,
        opens_before: opens_before.0,
    };
    let kept =
        keep_fields(Form::at(format!("{}/new", editor_path(&event))), &fields).keep("form_key", &form_key);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let new = NewSession { fields, form_key };
        let saved = agenda::create(&services, viewer.signed_in()?, &event, &new).await?;
        let page = session_path(&event, &saved.id.to_string());
        let notice = if saved.warnings.is_empty() {
            Notice::Agenda(AgendaNotice::SessionAdded)
        } else {
            Notice::Agenda(AgendaNotice::SavedWithClashes)
        };
        Ok(Done::new(saved, page).notice(notice))
    })
    .await
}

/// Saves the fields that were sent, unless somebody saved a newer version; answers what the session clashes with.
#[server(endpoint = "agenda/save_session", input = PostForm)]
pub async fn save_session(
    #[server(default)] event: String,
    #[server(default)] session: String,
    #[server(default)] version: String,
    #[server(default)] title: Sent,
    #[server(default)] short_description: Sent,
    #[server(default)] description: Sent,
    #[server(default)] kind: Sent,
    #[server(default)] language: Sent,
    #[server(default)] tags: Sent,
    #[server(default)] starts_at: Sent,
    #[server(default)] ends_at: Sent,
    #[server(default)] venue_room: Sent,
    #[server(default)] track: Sent,
    #[server(default)] capacity: Sent,
    #[server(default)] sign_up_required: Sent,
    #[server(default)] chat_mode: Sent,
    #[server(default)] opens_before: Sent,
) -> Result<Saved, CallError> {
    let fields = SessionFields {
        title: title.0,
        short_description: short_description.0,
        description: description.0,
        kind: kind.0,
        language: language.0,
        tags: tags.0,
        starts_at: starts_at.0,
        ends_at: ends_at.0,
        venue_room: venue_room.0,
        track: track.0,
        capacity: capacity.0,
        sign_up_required: sign_up_required.0,
        chat_mode: chat_mode.0,
        opens_before: opens_before.0,
    };
    let page = session_path(&event, &session);
    form(keep_fields(Form::at(page.clone()), &fields), async move {
        let (services, viewer) = ssr::request()?;
        let (person, id, version) = (viewer.signed_in()?, session_id(&session)?, version_of(&version)?);
        let saved = agenda::save(&services, person, &event, id, fields, version).await?;
        let notice = if saved.warnings.is_empty() {
            Notice::Saved
        } else {
            Notice::Agenda(AgendaNotice::SavedWithClashes)
        };
        Ok(Done::new(saved, page).notice(notice))
    })
    .await
}

/// Tells what a session would clash with, and saves nothing. Without a `session` it is a new one. The form comes back
/// with everything that was typed.
#[server(endpoint = "agenda/check_session", input = PostForm)]
pub async fn check_session(
    #[server(default)] event: String,
    #[server(default)] session: String,
    #[server(default)] version: String,
    #[server(default)] title: Sent,
    #[server(default)] short_description: Sent,
    #[server(default)] description: Sent,
    #[server(default)] kind: Sent,
    #[server(default)] language: Sent,
    #[server(default)] tags: Sent,
    #[server(default)] starts_at: Sent,
    #[server(default)] ends_at: Sent,
    #[server(default)] venue_room: Sent,
    #[server(default)] track: Sent,
    #[server(default)] capacity: Sent,
    #[server(default)] sign_up_required: Sent,
    #[server(default)] chat_mode: Sent,
    #[server(default)] opens_before: Sent,
    #[server(default)] form_key: String,
) -> Result<Vec<Warning>, CallError> {
    let fields = SessionFields {
        title: title.0,
        short_description: short_description.0,
        description: description.0,
        kind: kind.0,
        language: language.0,
        tags: tags.0,
        starts_at: starts_at.0,
        ends_at: ends_at.0,
        venue_room: venue_room.0,
        track: track.0,
        capacity: capacity.0,
        sign_up_required: sign_up_required.0,
        chat_mode: chat_mode.0,
        opens_before: opens_before.0,
    };
    let page = match session.as_str() {
        "" => format!("{}/new", editor_path(&event)),
        id => session_path(&event, id),
    };
    let mut typed = sent(&fields);
    typed.extend([("version", version), ("form_key", form_key)]);
    form(keep_fields(Form::at(page.clone()), &fields), async move {
        let (services, viewer) = ssr::request()?;
        let id = if session.is_empty() { None } else { Some(session_id(&session)?) };
        let warnings = agenda::check(&services, viewer.signed_in()?, &event, id, fields).await?;
        let lines: Vec<String> = warnings.iter().map(Warning::text).collect();
        let notice = if warnings.is_empty() {
            Notice::Agenda(AgendaNotice::NoClashes)
        } else {
            Notice::Agenda(AgendaNotice::WouldClash)
        };
        let done = Done::new(warnings, page).notice(notice).carry("clashes", &lines.join("\n"));
        Ok(typed.iter().fold(done, |done, (field, value)| done.carry(field, value)))
    })
    .await
}

#[cfg(feature = "ssr")]
fn keep_fields(form: Form, fields: &SessionFields) -> Form {
    sent(fields).iter().fold(form, |form, (field, value)| form.keep(field, value))
}

/// The fields that were sent, by name.
#[cfg(feature = "ssr")]
fn sent(fields: &SessionFields) -> Vec<(&'static str, String)> {
    let all = [
        ("title", &fields.title),
        ("short_description", &fields.short_description),
        ("description", &fields.description),
        ("kind", &fields.kind),
        ("language", &fields.language),
        ("tags", &fields.tags),
        ("starts_at", &fields.starts_at),
        ("ends_at", &fields.ends_at),
        ("venue_room", &fields.venue_room),
        ("track", &fields.track),
        ("capacity", &fields.capacity),
        ("sign_up_required", &fields.sign_up_required),
        ("chat_mode", &fields.chat_mode),
        ("opens_before", &fields.opens_before),
    ];
    all.into_iter().filter_map(|(field, value)| Some((field, value.clone()?))).collect()
}
