use domain::agenda::{EventDays, SessionKind};
use domain::ids::VenueRoomId;
use leptos::prelude::*;
use services::agenda::{Agenda, AgendaFilter, VenueRoom};
use time::Date;

use super::zone::ZoneChoice;
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::icon::Icon;

/// What the address of an agenda chooses, and how it is written there.
#[derive(Debug, Clone, Default)]
pub(super) struct Choices {
    pub day: Option<i64>,
    pub filter: AgendaFilter,
    pub zone: Option<ZoneChoice>,
}

/// A filter that is on: its name and value in the address, and its words.
type Pill = (&'static str, String, String);

impl Choices {
    /// Reads the address; what can't be read filters nothing.
    pub(super) fn read() -> Self {
        let text = |name| ssr::query(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        Self {
            day: text("day").and_then(|day| day.parse().ok()),
            filter: AgendaFilter {
                only_mine: text("mine").as_deref() == Some("yes"),
                track: text("track").and_then(|id| id.parse().ok()),
                rooms: ssr::all_of_query("room").iter().filter_map(|id| id.parse().ok()).collect(),
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
        let before = [
            ("day", self.day.map(|day| day.to_string())),
            ("mine", filter.only_mine.then(|| "yes".to_owned())),
            ("track", filter.track.map(|id| id.to_string())),
        ];
        let after = [
            ("kind", filter.kind.map(|kind| kind.as_str().to_owned())),
            ("language", filter.language.clone()),
            ("tag", filter.tag.clone()),
            ("speaker", filter.speaker.map(|id| id.to_string())),
            ("q", filter.text.clone()),
            ("zone", self.zone.map(|zone| zone.as_str().to_owned())),
        ];
        let rooms = filter.rooms.iter().map(|id| ("room", Some(id.to_string())));
        let pairs = before.into_iter().chain(rooms).chain(after);
        pairs.filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The address of what is chosen.
    pub(super) fn address(&self, path: &str) -> String {
        written(path, &self.pairs())
    }

    /// The address with one choice changed, or taken out.
    pub(super) fn link(&self, path: &str, name: &'static str, value: Option<&str>) -> String {
        let mut pairs = self.pairs();
        pairs.retain(|(present, _)| *present != name);
        pairs.extend(value.map(|value| (name, value.to_owned())));
        written(path, &pairs)
    }

    /// The address without one of the choices.
    fn without(&self, path: &str, name: &str, value: &str) -> String {
        let mut pairs = self.pairs();
        pairs.retain(|(present, kept)| (*present, kept.as_str()) != (name, value));
        written(path, &pairs)
    }

    fn pills(&self, agenda: &Agenda) -> Vec<Pill> {
        let words = |name: &str, value: &str| {
            let named = match name {
                "track" => {
                    agenda.tracks.iter().find(|track| track.id.to_string() == value).map(|it| &it.name)
                }
                "room" => agenda.rooms.iter().find(|room| room.id.to_string() == value).map(|it| &it.name),
                "speaker" => agenda
                    .sessions
                    .iter()
                    .flat_map(|session| &session.speakers)
                    .find(|speaker| speaker.user.to_string() == value)
                    .map(|speaker| &speaker.full_name),
                "day" => return Some(format!("Day {value}")),
                "kind" => return SessionKind::from_stored(value).map(|kind| kind.label().to_owned()),
                "language" => return Some(value.to_owned()),
                "tag" => return Some(format!("#{value}")),
                "q" => return Some(format!("“{value}”")),
                // Both have a link of their own.
                _ => return None,
            };
            // Something that is gone is named too, so that it can be taken out.
            Some(named.cloned().unwrap_or_else(|| "?".to_owned()))
        };
        let pairs = self.pairs().into_iter();
        pairs.filter_map(|(name, value)| words(name, &value).map(|words| (name, value, words))).collect()
    }
}

fn written(path: &str, pairs: &[(&'static str, String)]) -> String {
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{name}={}", ssr::encoded(value))).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// What the viewer starred and signed up for, and nothing else; a second time everything again.
#[component]
pub(super) fn MineLink(path: String, choices: Choices, count: usize) -> impl IntoView {
    let is_on = choices.filter.only_mine;
    let href = choices.link(&path, "mine", (!is_on).then_some("yes"));
    view! {
        <a class="day-link mine-link" href=href aria-current=is_on.then_some("true")>
            <Icon name="star"/>
            {format!("Only mine ({count})")}
        </a>
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
    let pills = choices.pills(&agenda);
    let links = pills
        .clone()
        .into_iter()
        .map(|(name, value, words)| {
            let href = choices.without(&path, name, &value);
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
        <details class="agenda-filters" open=!pills.is_empty()>
            <summary>"Filter"</summary>
            <form method="get" action=path.clone() class="agenda-filter-form" autocomplete="off">
                {choices.day.map(|day| view! { <input type="hidden" name="day" value=day.to_string()/> })}
                {filter.only_mine.then(|| view! { <input type="hidden" name="mine" value="yes"/> })}
                {choices.zone.map(|zone| view! { <input type="hidden" name="zone" value=zone.as_str()/> })}
                <div class="field">
                    <label class="field-label" for="filter-q">"Words"</label>
                    <input class="input" id="filter-q" name="q" type="search" maxlength="200" value=present(filter.text.clone())/>
                </div>
                {select("track", "Track", tracks, present(filter.track.map(|id| id.to_string())))}
                {select("kind", "Kind", kinds, present(filter.kind.map(|kind| kind.as_str().to_owned())))}
                {select("language", "Language", languages, present(filter.language.clone()))}
                {select("tag", "Tag", tags, present(filter.tag.clone()))}
                {select("speaker", "Speaker", speakers, present(filter.speaker.map(|id| id.to_string())))}
                <RoomBoxes rooms=agenda.rooms.clone() chosen=filter.rooms.clone()/>
                <Button kind=ButtonKind::Secondary>"Show"</Button>
            </form>
        </details>
        <ul class="filter-pills" role="list">{links}</ul>
    }
}

/// Rooms to see, as columns too; none ticked is all of them.
#[component]
fn RoomBoxes(rooms: Vec<VenueRoom>, chosen: Vec<VenueRoomId>) -> impl IntoView {
    (rooms.len() > 1).then(|| {
        let boxes = rooms
            .into_iter()
            .map(|room| {
                view! {
                    <label class="filter-room">
                        <input
                            type="checkbox" name="room" value=room.id.to_string()
                            checked=chosen.contains(&room.id)
                        />
                        {room.name}
                    </label>
                }
            })
            .collect_view();
        view! {
            <fieldset class="filter-rooms">
                <legend class="field-label">"Only these rooms"</legend>
                {boxes}
            </fieldset>
        }
    })
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
