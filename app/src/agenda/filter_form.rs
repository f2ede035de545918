use domain::agenda::{EventDays, SessionKind};
use leptos::prelude::*;
use services::agenda::{Agenda, AgendaFilter};
use time::Date;

use super::zone::ZoneChoice;
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};

/// What the address of an agenda chooses, and how it is written there.
#[derive(Debug, Clone, Default)]
pub(super) struct Choices {
    pub day: Option<i64>,
    pub filter: AgendaFilter,
    pub zone: Option<ZoneChoice>,
}

/// A filter that is on: its name in the address, and its words.
type Pill = (&'static str, String);

impl Choices {
    /// Reads the address; what can't be read filters nothing.
    pub(super) fn read() -> Self {
        let text = |name| ssr::query(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        Self {
            day: text("day").and_then(|day| day.parse().ok()),
            filter: AgendaFilter {
                track: text("track").and_then(|id| id.parse().ok()),
                room: text("room").and_then(|id| id.parse().ok()),
                kind: text("kind").and_then(|kind| SessionKind::from_stored(&kind)),
                language: text("language"),
                tag: text("tag"),
                speaker: text("speaker").and_then(|id| id.parse().ok()),
                text: text("q"),
            },
            zone: None,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.day.is_none() && self.filter.is_empty()
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        let filter = &self.filter;
        let pairs = [
            ("day", self.day.map(|day| day.to_string())),
            ("track", filter.track.map(|id| id.to_string())),
            ("room", filter.room.map(|id| id.to_string())),
            ("kind", filter.kind.map(|kind| kind.as_str().to_owned())),
            ("language", filter.language.clone()),
            ("tag", filter.tag.clone()),
            ("speaker", filter.speaker.map(|id| id.to_string())),
            ("q", filter.text.clone()),
            ("zone", self.zone.map(|zone| zone.as_str().to_owned())),
        ];
        pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The address with one choice changed, or taken out.
    pub(super) fn link(&self, path: &str, name: &str, value: Option<&str>) -> String {
        let kept = self.pairs().into_iter().filter(|(present, _)| *present != name);
        let pairs: Vec<String> = kept
            .chain(value.map(|value| ("", value.to_owned())))
            .map(|(present, value)| {
                let name = if present.is_empty() { name } else { present };
                format!("{name}={}", ssr::encoded(&value))
            })
            .collect();
        if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
    }

    fn pills(&self, agenda: &Agenda) -> Vec<Pill> {
        let filter = &self.filter;
        let track = filter.track.and_then(|id| agenda.tracks.iter().find(|track| track.id == id));
        let room = filter.room.and_then(|id| agenda.rooms.iter().find(|room| room.id == id));
        let speakers = agenda.sessions.iter().flat_map(|session| &session.speakers);
        let speaker =
            filter.speaker.and_then(|user| speakers.into_iter().find(|speaker| speaker.user == user));
        // Something that is gone is named too, so that it can be taken out.
        let name =
            |is_on: bool, found: Option<String>| is_on.then(|| found.unwrap_or_else(|| "?".to_owned()));
        let pills = [
            ("day", self.day.map(|day| format!("Day {day}"))),
            ("track", name(filter.track.is_some(), track.map(|track| track.name.clone()))),
            ("room", name(filter.room.is_some(), room.map(|room| room.name.clone()))),
            ("kind", filter.kind.map(|kind| kind.label().to_owned())),
            ("language", filter.language.clone()),
            ("tag", filter.tag.as_ref().map(|tag| format!("#{tag}"))),
            ("speaker", name(filter.speaker.is_some(), speaker.map(|speaker| speaker.full_name.clone()))),
            ("q", filter.text.as_ref().map(|text| format!("“{text}”"))),
        ];
        pills.into_iter().filter_map(|(name, words)| Some((name, words?))).collect()
    }
}

/// Every day of the event, also empty ones, as links.
#[component]
pub(super) fn DayLinks(path: String, choices: Choices, days: EventDays) -> impl IntoView {
    let link = |number: Option<i64>, text: String| {
        let href = choices.link(&path, "day", number.map(|day| day.to_string()).as_deref());
        let is_current = choices.day == number;
        view! { <li><a class="day-link" href=href aria-current=is_current.then_some("page")>{text}</a></li> }
    };
    let short = |date: Date| {
        let weekday: String = date.weekday().to_string().chars().take(3).collect();
        format!("{weekday} {}", date.day())
    };
    let several = days.first != days.last;
    let each = days.all().map(|(number, date)| link(Some(number), short(date))).collect_view();
    several.then(|| {
        view! {
            <nav aria-label="Days"><ul class="day-links" role="list">{link(None, "All days".to_owned())}{each}</ul></nav>
        }
    })
}

/// All filters as one form that changes the address, and those that are on as pills to take off.
#[component]
pub(super) fn FilterForm(path: String, choices: Choices, agenda: Agenda) -> impl IntoView {
    let pills = choices
        .pills(&agenda)
        .into_iter()
        .map(|(name, words)| {
            let href = choices.link(&path, name, None);
            view! {
                <li>
                    <a class="filter-pill" href=href>
                        <span class="visually-hidden">"Without "</span>{words}<span aria-hidden="true">" ×"</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    let filter = &choices.filter;
    let tracks = agenda.tracks.iter().map(|track| (track.id.to_string(), track.name.clone())).collect();
    let rooms = agenda.rooms.iter().map(|room| (room.id.to_string(), room.name.clone())).collect();
    let kinds = SessionKind::ALL
        .iter()
        .filter(|kind| agenda.sessions.iter().any(|session| session.kind == **kind))
        .map(|kind| (kind.as_str().to_owned(), kind.label().to_owned()))
        .collect();
    let languages = distinct(agenda.sessions.iter().filter_map(|session| session.language.clone()));
    let tags = distinct(agenda.sessions.iter().flat_map(|session| session.tags.clone()));
    let speakers = distinct_speakers(&agenda);
    let present = |value: Option<String>| value.unwrap_or_default();
    view! {
        <details class="agenda-filters" open=!filter.is_empty()>
            <summary>"Filter"</summary>
            <form method="get" action=path.clone() class="agenda-filter-form">
                {choices.day.map(|day| view! { <input type="hidden" name="day" value=day.to_string()/> })}
                {choices.zone.map(|zone| view! { <input type="hidden" name="zone" value=zone.as_str()/> })}
                <div class="field">
                    <label class="field-label" for="filter-q">"Words"</label>
                    <input class="input" id="filter-q" name="q" type="search" maxlength="200" value=present(filter.text.clone())/>
                </div>
                {select("track", "Track", tracks, present(filter.track.map(|id| id.to_string())))}
                {select("room", "Room", rooms, present(filter.room.map(|id| id.to_string())))}
                {select("kind", "Kind", kinds, present(filter.kind.map(|kind| kind.as_str().to_owned())))}
                {select("language", "Language", languages, present(filter.language.clone()))}
                {select("tag", "Tag", tags, present(filter.tag.clone()))}
                {select("speaker", "Speaker", speakers, present(filter.speaker.map(|id| id.to_string())))}
                <Button kind=ButtonKind::Secondary>"Show"</Button>
            </form>
        </details>
        <ul class="filter-pills" role="list">{pills}</ul>
    }
}

fn distinct(values: impl Iterator<Item = String>) -> Vec<(String, String)> {
    let mut values: Vec<String> = values.collect();
    values.sort();
    values.dedup();
    values.into_iter().map(|value| (value.clone(), value)).collect()
}

fn distinct_speakers(agenda: &Agenda) -> Vec<(String, String)> {
    let all = agenda.sessions.iter().flat_map(|session| &session.speakers);
    let mut speakers: Vec<(String, String)> =
        all.map(|speaker| (speaker.full_name.clone(), speaker.user.to_string())).collect();
    speakers.sort();
    speakers.dedup();
    speakers.into_iter().map(|(name, user)| (user, name)).collect()
}

/// One of what there is; nothing where there is no choice.
fn select(
    name: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    value: String,
) -> impl IntoView {
    let id = format!("filter-{name}");
    (!options.is_empty()).then(|| {
        let options = options
            .into_iter()
            .map(|(option, text)| view! { <option value=option.clone() selected=option == value>{text}</option> })
            .collect_view();
        view! {
            <div class="field">
                <label class="field-label" for=id.clone()>{label}</label>
                <select class="input" id=id.clone() name=name><option value="">"All"</option>{options}</select>
            </div>
        }
    })
}
