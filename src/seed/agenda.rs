//! What happens at the conference: three days in four rooms, with tracks and speakers of the cast.

use domain::SignedIn;
use domain::agenda::SessionSpeakerRole;
use domain::ids::AgendaSessionId;
use services::agenda::{
    self, NewSession, NewTrack, NewVenueRoom, SessionFields, TrackFields, VenueRoomFields,
};
use services::streaming::{self, StreamFields};
use services::{Outcome, Services};
use time::{Date, Duration};

/// Name, seats, how to find it.
const ROOMS: [(&str, &str, &str); 4] = [
    ("Main hall", "400", "Through the big gate, straight on."),
    ("Pier room", "120", "First floor, with a view of the ferries."),
    ("Workshop", "40", "Behind the bakery."),
    ("Lantern", "25", "Up the spiral stairs."),
];

const TRACKS: [(&str, &str); 3] = [("Craft", "#2F7F79"), ("Data", "#6A4FB3"), ("People", "#B3631C")];

/// Day, start, minutes, room, track, kind, title, what it is about, speakers as places in the cast.
type Session = (
    i64,
    &'static str,
    i64,
    Option<usize>,
    Option<usize>,
    &'static str,
    &'static str,
    &'static str,
    &'static [usize],
);

const SESSIONS: [Session; 24] = [
    (
        0,
        "09:00",
        45,
        Some(0),
        None,
        "KEYNOTE",
        "Software that outlives its authors",
        "What sailors know about maintenance.",
        &[4],
    ),
    (
        0,
        "10:00",
        45,
        Some(0),
        Some(0),
        "PRESENTATION",
        "Small programs, long lives",
        "Forty-line tools that run for decades.",
        &[5],
    ),
    (
        0,
        "10:00",
        45,
        Some(1),
        Some(1),
        "PRESENTATION",
        "One table is enough",
        "Queues, logs and locks in plain SQL.",
        &[6],
    ),
    (0, "10:45", 30, None, None, "BREAK", "Coffee", "", &[]),
    (
        0,
        "11:15",
        90,
        Some(2),
        Some(0),
        "WORKSHOP",
        "Repair a program you did not write",
        "Bring a laptop and patience.",
        &[7, 8],
    ),
    (
        0,
        "11:15",
        45,
        Some(0),
        Some(2),
        "PANEL",
        "Who answers at three in the morning?",
        "On call, and how not to be.",
        &[9, 10, 11],
    ),
    (0, "12:30", 60, None, None, "BREAK", "Lunch by the water", "", &[]),
    (
        0,
        "14:00",
        45,
        Some(1),
        Some(1),
        "PRESENTATION",
        "Backups are a feature",
        "Restoring first, writing later.",
        &[12],
    ),
    (
        0,
        "22:00",
        180,
        Some(3),
        None,
        "NETWORKING",
        "Night ferry",
        "We cross the river and come back after midnight.",
        &[],
    ),
    (1, "09:30", 45, Some(0), None, "KEYNOTE", "Calm operations", "Fewer alarms, better sleep.", &[13]),
    (
        1,
        "10:30",
        45,
        Some(0),
        Some(0),
        "PRESENTATION",
        "Forms are an interface",
        "Pages that work before the script arrives.",
        &[14],
    ),
    (
        1,
        "10:30",
        45,
        Some(1),
        Some(1),
        "PRESENTATION",
        "Clocks, zones and other lies",
        "Why nine o'clock is hard.",
        &[15],
    ),
    (1, "11:15", 30, None, None, "BREAK", "Coffee", "", &[]),
    (
        1,
        "11:45",
        45,
        Some(0),
        Some(2),
        "PRESENTATION",
        "Reviews that teach",
        "Reading code as a gift.",
        &[16],
    ),
    (
        1,
        "11:45",
        90,
        Some(2),
        Some(1),
        "WORKSHOP",
        "Draw your data",
        "From tables to pictures by hand.",
        &[17],
    ),
    (1, "13:15", 60, None, None, "BREAK", "Lunch by the water", "", &[]),
    (
        1,
        "14:30",
        60,
        Some(3),
        None,
        "QA",
        "Ask the speakers",
        "The small room for the big questions.",
        &[4, 13],
    ),
    (1, "16:00", 45, Some(0), Some(0), "PRESENTATION", "Deleting code", "The best part of the job.", &[18]),
    (
        2,
        "09:30",
        45,
        Some(0),
        Some(1),
        "PRESENTATION",
        "A database on one machine",
        "How far it goes, measured.",
        &[19],
    ),
    (
        2,
        "09:30",
        45,
        Some(1),
        Some(2),
        "PRESENTATION",
        "Leading without a title",
        "What changes when you stop deciding.",
        &[20],
    ),
    (2, "10:30", 30, None, None, "BREAK", "Coffee", "", &[]),
    (
        2,
        "11:00",
        60,
        Some(0),
        Some(2),
        "PANEL",
        "What we would not build again",
        "Regrets with numbers on them.",
        &[5, 12, 16],
    ),
    (
        2,
        "12:30",
        45,
        Some(0),
        None,
        "KEYNOTE",
        "The tide comes back",
        "What stays when everything moves.",
        &[21],
    ),
    (2, "13:15", 90, None, None, "NETWORKING", "Farewell on the quay", "", &[]),
];

/// Adds rooms, tracks and sessions, and makes those who speak speakers.
pub async fn add(services: &Services, people: &[SignedIn], event: &str, first_day: Date) -> Outcome<()> {
    let organizer = &people[0];
    let mut rooms = Vec::new();
    for (name, seats, description) in ROOMS {
        let text = |text: &str| Some(text.to_owned());
        let fields =
            VenueRoomFields { name: text(name), description: text(description), capacity: text(seats) };
        let new = NewVenueRoom { fields, form_key: key(services) };
        rooms.push(agenda::create_venue_room(services, organizer, event, &new).await?.to_string());
    }
    let mut tracks = Vec::new();
    for (name, colour) in TRACKS {
        let fields = TrackFields { name: Some(name.to_owned()), colour: Some(colour.to_owned()) };
        let new = NewTrack { fields, form_key: key(services) };
        tracks.push(agenda::create_track(services, organizer, event, &new).await?.to_string());
    }
    for session in &SESSIONS {
        let (.., title, about, speakers) = *session;
        let fields = SessionFields {
            title: Some(title.to_owned()),
            short_description: Some(about.to_owned()),
            language: Some("en".to_owned()),
            venue_room: session.3.map(|room| rooms[room].clone()),
            track: session.4.map(|track| tracks[track].clone()),
            kind: Some(session.5.to_owned()),
            ..times(session, first_day)
        };
        let new = NewSession { fields, form_key: key(services) };
        let id = agenda::create(services, organizer, event, &new).await?.id;
        for speaker in speakers {
            let (user, role) = (people[*speaker].user, SessionSpeakerRole::Speaker);
            agenda::add_speaker(services, organizer, event, id, user, role).await?;
        }
        if session.5 == "KEYNOTE" {
            stream(services, organizer, event, id).await?;
        }
    }
    Ok(())
}

/// Names where a session can be watched from elsewhere.
async fn stream(
    services: &Services,
    organizer: &SignedIn,
    event: &str,
    session: AgendaSessionId,
) -> Outcome<()> {
    let fields = StreamFields {
        platform: "OTHER".to_owned(),
        value: "https://live.example.org/main-hall".to_owned(),
        ..StreamFields::default()
    };
    let version = streaming::open_stream(services, organizer, event, session).await?.version;
    streaming::save_stream(services, organizer, event, session, &fields, version).await
}

fn times(session: &Session, first_day: Date) -> SessionFields {
    let (day, start, minutes) = (first_day + Duration::days(session.0), session.1, session.2);
    let clock = start
        .split_once(':')
        .and_then(|(hour, minute)| time::Time::from_hms(hour.parse().ok()?, minute.parse().ok()?, 0).ok());
    let start = day.with_time(clock.unwrap_or(time::Time::MIDNIGHT));
    let text = |at: time::PrimitiveDateTime| format!("{}T{:02}:{:02}", at.date(), at.hour(), at.minute());
    SessionFields {
        starts_at: Some(text(start)),
        ends_at: Some(text(start + Duration::minutes(minutes))),
        ..SessionFields::default()
    }
}

fn key(services: &Services) -> String {
    services.rng.id(services.clock.now()).to_string()
}
