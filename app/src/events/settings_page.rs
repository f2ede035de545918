use domain::agenda::SessionStatusMode;
use domain::events::{EventVisibility, ProfanityMode};
use leptos::prelude::*;
use services::events::{self, SettingsFields};

use super::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::check_box::CheckBox;
use crate::ui::choices::{Choice, Choices};
use crate::ui::field::{HiddenField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};

const LABELS: [(&str, &str); 10] = [
    ("visibility", "Who sees it"),
    ("max_attendees", "Seats"),
    ("registration_opens_at", "Registration opens"),
    ("registration_closes_at", "Registration closes"),
    ("session_status_mode", "Sessions start and end"),
    ("auto_archive_days", "Archive by itself"),
    ("rooms_open_before", "Rooms of sessions open"),
    ("rooms_close_after", "Rooms of sessions close"),
    ("profanity_mode", "Words you don't want to read in rooms"),
    ("profanity_words", "The words"),
];

/// How the organizers run their event.
#[component]
pub fn EventSettingsPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let page = events::settings(&services, viewer.signed_in()?, &slug).await?;
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        let manage = format!("/events/{slug}/manage");
        let zone = page.head.zone_in_words.clone();
        Ok(view! {
            <EventLayout
                head=Head::new(format!("Settings · {}", page.head.title), format!("{manage}/settings"))
                viewer=viewer
                flash=form.clone()
                event=frame(&page.head, page.role, &[])
                current=EventTab::Manage
            >
                <header class="page-head">
                    <p class="page-kicker"><a href=manage.clone()>"Manage"</a></p>
                    <h1>"Settings"</h1>
                </header>
                <FormErrors errors=errors labels=LABELS.to_vec()/>
                <Form action="/api/events/save_settings" guarded=true>
                    <HiddenField name="event" value=slug/>
                    <HiddenField name="version" value=page.head.version.to_string()/>
                    <Registration form=form.clone() stored=page.fields.clone() zone=zone/>
                    <Agenda form=form.clone() stored=page.fields.clone()/>
                    <Chat form=form stored=page.fields/>
                    <div class="form-actions">
                        <Button>"Save"</Button>
                        <LinkButton href=manage kind=ButtonKind::Quiet>"Cancel"</LinkButton>
                    </div>
                </Form>
            </EventLayout>
        }
        .into_any())
    })
}

#[component]
fn Registration(form: Flash, stored: SettingsFields, zone: String) -> impl IntoView {
    let visibilities = vec![
        Choice::new(EventVisibility::Public.as_str(), "Public")
            .with_hint("Anyone finds it and registers, once it is published."),
        Choice::new(EventVisibility::Private.as_str(), "Private")
            .with_hint("Only the people you invite know that it exists. Members stay."),
    ];
    view! {
        <fieldset class="field-group">
            <legend>"Who comes in"</legend>
            <Choices
                name="visibility" label="Who sees it" required=true choices=visibilities
                value=form.value_or("visibility", &stored.visibility) error=form.error("visibility")
            />
            <TextField
                name="max_attendees" label="Seats" inputmode="numeric" hint="Empty means no limit."
                value=form.value_or("max_attendees", &stored.max_attendees) error=form.error("max_attendees")
            />
            <div class="field-row">
                <TextField
                    name="registration_opens_at" label="Registration opens" input_type="datetime-local"
                    hint=format!("{zone}. Empty: when it is published.")
                    value=form.value_or("registration_opens_at", &stored.registration_opens_at)
                    error=form.error("registration_opens_at")
                />
                <TextField
                    name="registration_closes_at" label="Registration closes" input_type="datetime-local"
                    hint="Empty: when the event is over."
                    value=form.value_or("registration_closes_at", &stored.registration_closes_at)
                    error=form.error("registration_closes_at")
                />
            </div>
        </fieldset>
    }
}

#[component]
fn Agenda(form: Flash, stored: SettingsFields) -> impl IntoView {
    let modes = SessionStatusMode::ALL.iter().map(|mode| Choice::new(mode.as_str(), mode.label())).collect();
    let holds = match form.values.get("hold_agenda_changes") {
        Some(typed) => typed == "yes",
        None => stored.hold_agenda_changes,
    };
    view! {
        <fieldset class="field-group">
            <legend>"The agenda"</legend>
            <Choices
                name="session_status_mode" label="Sessions start and end" required=true choices=modes
                value=form.value_or("session_status_mode", &stored.session_status_mode)
                error=form.error("session_status_mode")
            />
            <CheckBox
                name="hold_agenda_changes" label="Hold changes of the agenda until you release them together" checked=holds
            />
            <TextField
                name="auto_archive_days" label="Archive by itself" inputmode="numeric" required=true
                hint="Days after the event; 0 means never."
                value=form.value_or("auto_archive_days", &stored.auto_archive_days)
                error=form.error("auto_archive_days")
            />
        </fieldset>
    }
}

#[component]
fn Chat(form: Flash, stored: SettingsFields) -> impl IntoView {
    let offered = [ProfanityMode::Off, ProfanityMode::Mask, ProfanityMode::Hold];
    let modes = offered.map(|mode| Choice::new(mode.as_str(), mode.label())).to_vec();
    view! {
        <fieldset class="field-group">
            <legend>"Chat"</legend>
            <div class="field-row">
                <TextField
                    name="rooms_open_before" label="Rooms of sessions open" inputmode="numeric"
                    hint="Minutes before the session, 0 to 1,440. Both empty: they are open until somebody closes them."
                    value=form.value_or("rooms_open_before", &stored.rooms_open_before)
                    error=form.error("rooms_open_before")
                />
                <TextField
                    name="rooms_close_after" label="Rooms of sessions close" inputmode="numeric"
                    hint="Minutes after the session, backstage too. Organizers write in closed rooms as well."
                    value=form.value_or("rooms_close_after", &stored.rooms_close_after)
                    error=form.error("rooms_close_after")
                />
            </div>
            <Choices
                name="profanity_mode" label="Words you don't want to read in rooms" required=true choices=modes
                value=form.value_or("profanity_mode", &stored.profanity_mode) error=form.error("profanity_mode")
            />
            <TextArea
                name="profanity_words" label="The words" rows=4
                hint="One on each line. Case, accents and digits that look like letters make no difference."
                value=form.value_or("profanity_words", &stored.profanity_words) error=form.error("profanity_words")
            />
        </fieldset>
    }
}
