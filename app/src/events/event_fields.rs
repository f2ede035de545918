use domain::events::{EventFormat, EventVisibility};
use leptos::prelude::*;
use services::events::EventHead;
use services::time_zones;

use crate::flash::Flash;
use crate::ui::choices::{Choice, Choices};
use crate::ui::field::{SelectField, TextArea, TextField};

/// The labels of the fields, in order, for the error summary.
pub const LABELS: [(&str, &str); 15] = [
    ("title", "Title"),
    ("description", "Description"),
    ("start_date", "First day"),
    ("end_date", "Last day"),
    ("time_zone", "Time zone"),
    ("format", "Format"),
    ("venue_name", "Venue"),
    ("venue_address", "Street address"),
    ("venue_city", "City"),
    ("venue_region", "Region"),
    ("venue_country", "Country"),
    ("online_note", "Joining online"),
    ("visibility", "Who sees it"),
    ("max_attendees", "Seats"),
    ("host_name", "Host"),
];

const NEEDED_IN_PERSON: &str = "Needed before you publish an event in person.";

/// What the fields show where nothing was posted.
#[derive(Debug, Clone, Default)]
pub struct Stored {
    pub title: String,
    pub description: String,
    pub start_date: String,
    pub end_date: String,
    pub time_zone: String,
    pub format: String,
    pub visibility: String,
    pub host_name: String,
    pub venue: [String; 5],
    pub online_note: String,
    pub max_attendees: String,
    /// The zone is only a default: the browser may put its own in its place.
    pub guesses_zone: bool,
}

impl Stored {
    /// The value of one of the fields of [`LABELS`].
    pub fn of(&self, field: &str) -> &str {
        let [name, address, city, region, country] = &self.venue;
        match field {
            "title" => &self.title,
            "description" => &self.description,
            "start_date" => &self.start_date,
            "end_date" => &self.end_date,
            "time_zone" => &self.time_zone,
            "format" => &self.format,
            "venue_name" => name,
            "venue_address" => address,
            "venue_city" => city,
            "venue_region" => region,
            "venue_country" => country,
            "online_note" => &self.online_note,
            "visibility" => &self.visibility,
            "max_attendees" => &self.max_attendees,
            _ => &self.host_name,
        }
    }
}

/// What people call a stored value.
pub fn in_words(field: &'static str, value: &str) -> String {
    let label = match field {
        "format" => EventFormat::from_stored(value).map(EventFormat::label),
        "visibility" => EventVisibility::from_stored(value).map(EventVisibility::label),
        _ => None,
    };
    label.unwrap_or(value).to_owned()
}

impl From<&EventHead> for Stored {
    fn from(head: &EventHead) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let venue = &head.venue;
        Self {
            title: head.title.clone(),
            description: text(&head.description),
            start_date: head.start_date.to_string(),
            end_date: head.end_date.to_string(),
            time_zone: head.time_zone.clone(),
            format: head.format.as_str().to_owned(),
            visibility: head.visibility.as_str().to_owned(),
            host_name: head.host_name.clone(),
            venue: [&venue.name, &venue.address, &venue.city, &venue.region, &venue.country].map(text),
            online_note: text(&head.online_note),
            max_attendees: head.max_attendees.map(|seats| seats.to_string()).unwrap_or_default(),
            guesses_zone: false,
        }
    }
}

/// All fields of an event, for creating and editing alike.
#[component]
pub fn EventFieldSet(form: Flash, stored: Stored) -> impl IntoView {
    view! {
        <Basics form=form.clone() stored=stored.clone()/>
        <Place form=form.clone() stored=stored.clone()/>
        <Audience form=form stored=stored/>
    }
}

#[component]
fn Basics(form: Flash, stored: Stored) -> impl IntoView {
    let zones = time_zones::names_with(&stored.time_zone)
        .into_iter()
        .map(|name| (name.clone(), name.replace('_', " ")))
        .collect();
    view! {
        <fieldset class="field-group">
            <legend>"What and when"</legend>
            <TextField
                name="title" label="Title" required=true minlength=3 maxlength=150
                value=form.value_or("title", &stored.title) error=form.error("title")
            />
            <TextArea
                name="description" label="Description" maxlength=10_000 rows=6
                hint="What is it about, and for whom? **bold**, *emphasis*, lists with -, [links](https://…)."
                value=form.value_or("description", &stored.description) error=form.error("description")
            />
            <div class="field-row">
                <TextField
                    name="start_date" label="First day" input_type="date" required=true
                    value=form.value_or("start_date", &stored.start_date) error=form.error("start_date")
                />
                <TextField
                    name="end_date" label="Last day" input_type="date" required=true
                    value=form.value_or("end_date", &stored.end_date) error=form.error("end_date")
                />
            </div>
            <SelectField
                name="time_zone" label="Time zone" required=true options=zones guesses_zone=stored.guesses_zone
                hint="Days and times are shown in it."
                value=form.value_or("time_zone", &stored.time_zone) error=form.error("time_zone")
            />
        </fieldset>
    }
}

#[component]
fn Place(form: Flash, stored: Stored) -> impl IntoView {
    let formats =
        EventFormat::ALL.iter().map(|format| Choice::new(format.as_str(), format.label())).collect();
    let [name, address, city, region, country] = stored.venue;
    view! {
        <fieldset class="field-group">
            <legend>"Where"</legend>
            <Choices
                name="format" label="Format" required=true choices=formats
                value=form.value_or("format", &stored.format) error=form.error("format")
            />
            <TextField
                name="venue_name" label="Venue" maxlength=200 essential=true hint=NEEDED_IN_PERSON
                value=form.value_or("venue_name", &name) error=form.error("venue_name")
            />
            <TextArea
                name="venue_address" label="Street address" maxlength=500 rows=2
                value=form.value_or("venue_address", &address) error=form.error("venue_address")
            />
            <div class="field-row">
                <TextField
                    name="venue_city" label="City" maxlength=100 essential=true hint=NEEDED_IN_PERSON
                    value=form.value_or("venue_city", &city) error=form.error("venue_city")
                />
                <TextField
                    name="venue_region" label="Region" maxlength=100
                    value=form.value_or("venue_region", &region) error=form.error("venue_region")
                />
                <TextField
                    name="venue_country" label="Country" maxlength=100 autocomplete="country-name"
                    essential=true hint=NEEDED_IN_PERSON
                    value=form.value_or("venue_country", &country) error=form.error("venue_country")
                />
            </div>
            <TextArea
                name="online_note" label="Joining online" maxlength=500 rows=2
                hint="Where and how people join online, if they can."
                value=form.value_or("online_note", &stored.online_note) error=form.error("online_note")
            />
        </fieldset>
    }
}

#[component]
fn Audience(form: Flash, stored: Stored) -> impl IntoView {
    let visibilities = vec![
        Choice::new(EventVisibility::Public.as_str(), "Public")
            .with_hint("Anyone finds it and registers, once it is published."),
        Choice::new(EventVisibility::Private.as_str(), "Private")
            .with_hint("Only the people you invite know that it exists."),
    ];
    view! {
        <fieldset class="field-group">
            <legend>"For whom"</legend>
            <Choices
                name="visibility" label="Who sees it" required=true choices=visibilities
                value=form.value_or("visibility", &stored.visibility) error=form.error("visibility")
            />
            <TextField
                name="max_attendees" label="Seats" inputmode="numeric" hint="Empty means no limit."
                value=form.value_or("max_attendees", &stored.max_attendees) error=form.error("max_attendees")
            />
            <TextField
                name="host_name" label="Host" maxlength=120 hint="Shown as the one who invites."
                value=form.value_or("host_name", &stored.host_name) error=form.error("host_name")
            />
        </fieldset>
    }
}
