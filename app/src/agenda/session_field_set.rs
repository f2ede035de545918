use domain::agenda::{SessionChatMode, SessionKind};
use leptos::prelude::*;
use services::agenda::{EditorPage, SessionFields};

use crate::flash::Flash;
use crate::ui::field::{SelectField, TextArea, TextField};
use crate::ui::notice::{Notice, NoticeKind};

/// The labels of the fields, in order, for the error summary.
pub(super) const LABELS: [(&str, &str); 17] = [
    ("title", "Title"),
    ("short_description", "In one line"),
    ("description", "Description"),
    ("kind", "Kind"),
    ("starts_at", "Start"),
    ("ends_at", "End"),
    ("venue_room", "Room"),
    ("track", "Track"),
    ("language", "Language"),
    ("tags", "Tags"),
    ("capacity", "Places"),
    ("sign_up_required", "Sign-up"),
    ("chat_mode", "Chat"),
    ("opens_before", "Opens before"),
    ("snap", "Snap to"),
    ("speaker", "Speaker"),
    ("role", "Role"),
];

/// The rooms to choose from, and none.
pub(super) fn room_options(page: &EditorPage) -> Vec<(String, String)> {
    let rooms = page.agenda.rooms.iter().map(|room| (room.id.to_string(), room.name.clone()));
    [("none".to_owned(), "No room yet".to_owned())].into_iter().chain(rooms).collect()
}

fn track_options(page: &EditorPage) -> Vec<(String, String)> {
    let tracks = page.agenda.tracks.iter().map(|track| (track.id.to_string(), track.name.clone()));
    [("none".to_owned(), "No track".to_owned())].into_iter().chain(tracks).collect()
}

fn typed(form: &Flash, field: &str, stored: &Option<String>) -> String {
    form.value_or(field, stored.as_deref().unwrap_or_default())
}

/// All fields of a session, for creating and editing alike, and what it would clash with after "Check for clashes".
#[component]
pub(super) fn SessionFieldSet(form: Flash, stored: SessionFields, page: EditorPage) -> impl IntoView {
    let clashes: Vec<String> = form.value("clashes").lines().map(ToOwned::to_owned).collect();
    view! {
        <ClashLines lines=clashes/>
        <fieldset class="field-group">
            <legend>"What it is"</legend>
            <TextField
                name="title" label="Title" required=true minlength=3 maxlength=255 autocomplete="off"
                value=typed(&form, "title", &stored.title) error=form.error("title")
            />
            <TextField
                name="short_description" label="In one line" maxlength=200 autocomplete="off"
                value=typed(&form, "short_description", &stored.short_description)
                error=form.error("short_description")
            />
            <TextArea
                name="description" label="Description" maxlength=10000 rows=8
                hint="Markdown: paragraphs, *emphasis*, lists, links and headings."
                value=typed(&form, "description", &stored.description) error=form.error("description")
            />
            <div class="field-row">
                <SelectField
                    name="kind" label="Kind" required=true options=kinds()
                    value=typed(&form, "kind", &stored.kind) error=form.error("kind")
                />
                <SelectField
                    name="track" label="Track" options=track_options(&page)
                    value=typed(&form, "track", &stored.track) error=form.error("track")
                />
            </div>
            <div class="field-row">
                <TextField
                    name="language" label="Language" maxlength=35 autocomplete="off" hint="A tag like en or pt-BR."
                    value=typed(&form, "language", &stored.language) error=form.error("language")
                />
                <TextField
                    name="tags" label="Tags" autocomplete="off" hint="With commas between them, at most ten."
                    value=typed(&form, "tags", &stored.tags) error=form.error("tags")
                />
            </div>
        </fieldset>
        <WhenAndWhere form=form.clone() stored=stored.clone() page=page/>
        <TakingPart form=form stored=stored/>
    }
}

fn kinds() -> Vec<(String, String)> {
    SessionKind::ALL.iter().map(|kind| (kind.as_str().to_owned(), kind.label().to_owned())).collect()
}

#[component]
fn WhenAndWhere(form: Flash, stored: SessionFields, page: EditorPage) -> impl IntoView {
    let zone = page.zone.describe_on(page.head.start_date);
    view! {
        <fieldset class="field-group">
            <legend>"When and where"</legend>
            <p class="meta">{format!("Times of {zone}. Without times it stays in the tray, which only organizers see.")}</p>
            <div class="field-row">
                <TextField
                    name="starts_at" label="Start" input_type="datetime-local" min=format!("{}T00:00", page.head.start_date)
                    max=format!("{}T23:59", page.head.end_date)
                    value=typed(&form, "starts_at", &stored.starts_at) error=form.error("starts_at")
                />
                <TextField
                    name="ends_at" label="End" input_type="datetime-local" min=format!("{}T00:00", page.head.start_date)
                    value=typed(&form, "ends_at", &stored.ends_at) error=form.error("ends_at")
                />
            </div>
            <SelectField
                name="venue_room" label="Room" options=room_options(&page)
                value=typed(&form, "venue_room", &stored.venue_room) error=form.error("venue_room")
            />
        </fieldset>
    }
}

#[component]
fn TakingPart(form: Flash, stored: SessionFields) -> impl IntoView {
    let sign_up = [("no", "Not needed"), ("yes", "Required")];
    let sign_up = sign_up.map(|(value, text)| (value.to_owned(), text.to_owned())).to_vec();
    let modes = SessionChatMode::ALL.iter().map(|mode| (mode.as_str().to_owned(), mode.label().to_owned()));
    let by_kind = [(String::new(), "As usual for its kind".to_owned())];
    let modes: Vec<_> = match stored.chat_mode {
        Some(_) => modes.collect(),
        None => by_kind.into_iter().chain(modes).collect(),
    };
    view! {
        <fieldset class="field-group">
            <legend>"Taking part"</legend>
            <div class="field-row">
                <TextField
                    name="capacity" label="Places" inputmode="numeric" hint="Empty means no limit."
                    value=typed(&form, "capacity", &stored.capacity) error=form.error("capacity")
                />
                <SelectField
                    name="sign_up_required" label="Sign-up" required=true options=sign_up
                    value=typed(&form, "sign_up_required", &stored.sign_up_required)
                    error=form.error("sign_up_required")
                />
            </div>
            <div class="field-row">
                <SelectField
                    name="chat_mode" label="Chat" required=stored.chat_mode.is_some() options=modes
                    hint="Which of its rooms pages show. To stop posting, close the room."
                    value=typed(&form, "chat_mode", &stored.chat_mode) error=form.error("chat_mode")
                />
                <TextField
                    name="opens_before" label="Opens before" inputmode="numeric"
                    hint="Minutes before its start in which it can be joined."
                    value=typed(&form, "opens_before", &stored.opens_before) error=form.error("opens_before")
                />
            </div>
        </fieldset>
    }
}

/// What a session clashes with, each in a sentence; nothing without clashes.
#[component]
pub(super) fn ClashLines(lines: Vec<String>) -> impl IntoView {
    (!lines.is_empty()).then(|| {
        view! {
            <Notice kind=NoticeKind::Warn>
                <p class="notice-title">"Clashes"</p>
                <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
            </Notice>
        }
    })
}
