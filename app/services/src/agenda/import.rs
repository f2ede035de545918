use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use domain::accounts::EmailAddress;
use domain::agenda::{
    ImportReport, LocalTimes, MAX_SESSIONS, MAX_SPEAKERS, PlannedRow, RefusedRow, SessionSpeakerRole,
    SessionTimes,
};
use domain::attendees::EventRole;
use domain::fractional_index::OrderKey;
use domain::ids::{AgendaSessionId, EventId, UserId};
use domain::{Conflict, FieldErrors, SignedIn};
use sha2::{Digest as _, Sha256};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::create::insert;
use super::fields::SessionValues;
use super::hold::{Held, hold, read_form_key};
use super::import_table::{self, Columns, Row};
use super::queries;
use super::whole::{self, Agenda, Reach};
use crate::{Outcome, Services, chat, dates, db, events};

/// Whether anything is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportMode {
    DryRun,
    Import,
}

/// A table of sessions as somebody sent it.
#[derive(Debug, Clone)]
pub struct NewImport {
    /// The text of the file.
    pub file: String,
    pub columns: Columns,
    /// Made with the form: rows sent again with it are not added twice.
    pub form_key: String,
    pub mode: ImportMode,
}

/// A row that can become a session.
struct Good {
    line: usize,
    form_key: Uuid,
    values: SessionValues,
    speakers: Vec<(UserId, EventRole)>,
}

/// As many clashes of one new session as are told: further ones say nothing new.
const MOST_TOLD: usize = 5;

/// What rows name by words.
struct Known {
    rooms: HashMap<String, Uuid>,
    tracks: HashMap<String, Uuid>,
    members: HashMap<String, (UserId, EventRole)>,
}

/// Adds the sessions of a table that can be added, in one transaction; the others are told row by row. A dry run saves
/// nothing and tells the same.
///
/// # Errors
/// As the policy for editing the agenda; [`FieldErrors`] when the file or a named column can't be read;
/// [`Conflict::AgendaFull`] when it has more sessions than fit.
pub async fn import_sessions(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    new: &NewImport,
) -> Outcome<ImportReport> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let form = read_form_key(&new.form_key)?;
    let rows = import_table::read(&new.file, &new.columns)?;
    let known = known(&mut tx, &held, &rows).await?;
    let keys: Vec<Uuid> = rows.iter().map(|row| row_key(form, row.line)).collect();
    let present = queries::sessions_by_form_keys(&mut tx, held.event, &keys).await?;
    let present: HashSet<Uuid> = present.into_iter().collect();
    let mut report = ImportReport {
        is_dry_run: new.mode == ImportMode::DryRun,
        known: present.len(),
        ..Default::default()
    };
    let mut taken = taken(&mut tx, &held).await?;
    let mut good = Vec::new();
    for (row, form_key) in rows.into_iter().zip(keys).filter(|(_, key)| !present.contains(key)) {
        let (line, title) = (row.line, row.fields.title.clone().unwrap_or_default());
        let read = read(&row, &held, &known).and_then(|(values, speakers)| {
            is_another(&values, &speakers, &mut taken, line).map(|()| (values, speakers))
        });
        match read {
            Ok((values, speakers)) => good.push(Good { line, form_key, values, speakers }),
            Err(errors) => {
                let problems =
                    errors.iter().map(|(column, text)| (column.to_owned(), text.to_owned())).collect();
                report.refused.push(RefusedRow { line, title, problems });
            }
        }
    }
    report.added = good.len();
    fits(&mut tx, &held, good.len()).await?;
    let mut added = Vec::new();
    for session in &good {
        added.push((session.line, add(services, &mut tx, &held, person, session, now).await?));
    }
    (report.rows, report.clashes) = planned(&mut tx, &held, &added).await?;
    match new.mode {
        ImportMode::DryRun => tx.rollback().await?,
        ImportMode::Import => tx.commit().await?,
    }
    if new.mode == ImportMode::Import {
        services.outbox.wake();
        let speakers: HashSet<UserId> =
            good.iter().flat_map(|session| session.speakers.iter().map(|(user, _)| *user)).collect();
        for speaker in speakers {
            services.bus.recheck(speaker);
        }
    }
    Ok(report)
}

/// What tells a session from another one: its title, when it starts, and where; without a time, who speaks.
type Sameness = (String, Option<OffsetDateTime>, Option<Uuid>, Vec<UserId>);

/// With where each stands: a line of the table, or `None` for the agenda.
type Taken = HashMap<Sameness, Option<usize>>;

fn sameness(
    title: &str,
    start: Option<OffsetDateTime>,
    room: Option<Uuid>,
    speakers: impl Iterator<Item = UserId>,
) -> Sameness {
    let mut speakers: Vec<UserId> = if start.is_none() { speakers.collect() } else { Vec::new() };
    speakers.sort_unstable();
    (title.to_lowercase(), start, room, speakers)
}

async fn taken(tx: &mut PgConnection, held: &Held) -> Outcome<Taken> {
    let sessions = whole::sessions(tx, EventId::new(held.event), Reach::Everything).await?;
    let key = |session: whole::AgendaSession| {
        let (start, room) =
            (session.times.map(SessionTimes::starts_at), session.room.map(|room| room.id.get()));
        (sameness(&session.title, start, room, session.speakers.iter().map(|speaker| speaker.user)), None)
    };
    Ok(sessions.into_iter().map(key).collect())
}

/// The same table twice is the same sessions, and so are two equal lines.
fn is_another(
    values: &SessionValues,
    speakers: &[(UserId, EventRole)],
    taken: &mut Taken,
    line: usize,
) -> Result<(), FieldErrors> {
    let start = values.times.map(SessionTimes::starts_at);
    let key =
        sameness(values.title.as_str(), start, values.venue_room, speakers.iter().map(|(user, _)| *user));
    let text = match taken.entry(key) {
        Entry::Vacant(free) => {
            free.insert(Some(line));
            return Ok(());
        }
        Entry::Occupied(by) => match by.get() {
            Some(first) => format!("The same session stands in line {first}."),
            None => "This session is in the agenda already: the same title, start and room.".to_owned(),
        },
    };
    Err(FieldErrors::one("title", text))
}

/// The same row of the same form has the same key.
fn row_key(form: Uuid, line: usize) -> Uuid {
    let hash = Sha256::new().chain_update(form.as_bytes()).chain_update(line.to_be_bytes()).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

async fn known(tx: &mut PgConnection, held: &Held, rows: &[Row]) -> Outcome<Known> {
    let (mut rooms, mut tracks) = (HashMap::new(), HashMap::new());
    for place in queries::places(tx, held.event).await? {
        let of_kind = if place.is_room { &mut rooms } else { &mut tracks };
        of_kind.insert(place.name.to_lowercase(), place.id);
    }
    let addresses: HashSet<String> = rows
        .iter()
        .flat_map(|row| &row.speakers)
        .filter_map(|typed| EmailAddress::parse(typed).ok())
        .map(|address| address.as_str().to_owned())
        .collect();
    let addresses: Vec<String> = addresses.into_iter().collect();
    let members = queries::members_by_address(tx, held.event, &addresses).await?;
    let members = members
        .into_iter()
        .filter_map(|row| Some((row.email, (UserId::new(row.user_id), EventRole::from_stored(&row.role)?))));
    Ok(Known { rooms, tracks, members: members.collect() })
}

fn read(
    row: &Row,
    held: &Held,
    known: &Known,
) -> Result<(SessionValues, Vec<(UserId, EventRole)>), FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut place = |column: &str, name: &str, of: &HashMap<String, Uuid>, kind: &str| {
        let found = of.get(&name.to_lowercase()).copied();
        if found.is_none() && !name.is_empty() {
            errors.add(column, format_args!("There is no {kind} called {name}. Add it first."));
        }
        found
    };
    let room = place("room", &row.room, &known.rooms, "room");
    let track = place("track", &row.track, &known.tracks, "track");
    let mut speakers: Vec<(UserId, EventRole)> = Vec::new();
    for typed in &row.speakers {
        let address = EmailAddress::parse(typed).ok();
        match address.and_then(|address| known.members.get(address.as_str()).copied()) {
            Some(member) if speakers.iter().any(|(user, _)| *user == member.0) => {}
            Some(member) => speakers.push(member),
            None => errors.add(
                "speakers",
                format_args!(
                    "Nobody with the email address {typed} takes part. Speakers are named by their addresses."
                ),
            ),
        }
    }
    if speakers.len() > MAX_SPEAKERS {
        errors.add("speakers", format_args!("A session has at most {MAX_SPEAKERS} speakers."));
    }
    match row.fields.parse(held, None) {
        Ok(values) if errors.is_empty() => {
            Ok((SessionValues { venue_room: room, track, ..values }, speakers))
        }
        Ok(_) => Err(errors),
        Err(found) => {
            for (field, message) in found.iter() {
                errors.add(column_of(field), message);
            }
            Err(errors)
        }
    }
}

/// What a field is called in the table.
fn column_of(field: &str) -> &str {
    match field {
        "kind" => "type",
        "starts_at" => "start",
        "ends_at" => "end",
        field => field,
    }
}

async fn fits(tx: &mut PgConnection, held: &Held, more: usize) -> Outcome<()> {
    let present = usize::try_from(queries::count_sessions(tx, held.event).await?).unwrap_or(usize::MAX);
    if present.saturating_add(more) > MAX_SESSIONS {
        let max = u32::try_from(MAX_SESSIONS).unwrap_or(u32::MAX);
        return Err(Conflict::AgendaFull { of: "sessions".to_owned(), max }.into());
    }
    Ok(())
}

async fn add(
    services: &Services,
    tx: &mut PgConnection,
    held: &Held,
    person: &SignedIn,
    session: &Good,
    now: OffsetDateTime,
) -> Outcome<AgendaSessionId> {
    let id = services.rng.id(now);
    let by = person.user.get();
    let row = queries::NewSessionRow { id, event: held.event, form_key: session.form_key, by, now };
    insert(tx, held, &row, session.values.clone()).await?;
    chat::create_session_rooms(services, tx, held.event, id, session.values.title.as_str()).await?;
    let order_keys = OrderKey::spread(session.speakers.len());
    for ((user, role), order_key) in session.speakers.iter().zip(&order_keys) {
        // The row is looked at again: an earlier session of this table may have made them a speaker.
        let present = events::membership(tx, held.event, *user).await?;
        if *role == EventRole::Attendee && present.is_some_and(|(role, _)| role == EventRole::Attendee) {
            events::become_speaker(services, tx, held.event, *user, now).await?;
        }
        let role = SessionSpeakerRole::Speaker.as_str();
        let part = queries::Part { user: user.get(), role, order_key: order_key.as_str() };
        queries::insert_speaker(tx, (held.event, id), &part, now).await?;
    }
    Ok(AgendaSessionId::new(id))
}

/// The first of the new sessions as they stand in the agenda now, and how many pairs of it clash.
async fn planned(
    tx: &mut PgConnection,
    held: &Held,
    added: &[(usize, AgendaSessionId)],
) -> Outcome<(Vec<PlannedRow>, usize)> {
    let sessions = whole::sessions(tx, EventId::new(held.event), Reach::Everything).await?;
    let agenda = Agenda { sessions, ..Agenda::default() };
    let clashes = agenda.clashes();
    let rows = added.iter().take(ImportReport::MOST_ROWS).filter_map(|(line, id)| {
        let session = agenda.session(*id)?;
        let local = session.times.map(|times| LocalTimes {
            start: held.zone.local_at(times.starts_at()),
            end: held.zone.local_at(times.ends_at()),
        });
        let warnings = clashes.iter().filter_map(|clash| agenda.warning(*clash, *id));
        Some(PlannedRow {
            line: *line,
            title: session.title.clone(),
            when: local.map(dates::times),
            room: session.room.as_ref().map(|room| room.name.clone()),
            clashes: warnings.take(MOST_TOLD).map(|warning| warning.text()).collect(),
        })
    });
    Ok((rows.collect(), clashes.len()))
}
