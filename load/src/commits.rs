//! How many messages a second are committed over many rooms, beside bare inserts of one row, and what listeners take of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use domain::ids::ChatRoomId;
use domain::realtime::Topic;
use sqlx::{Connection as _, PgConnection};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::cli::CommitsArgs;
use crate::crowd::Venue;
use crate::faults::Faults;
use crate::listening::Audience;
use crate::poster::Poster;
use crate::problem::{Outcome, said};
use crate::queries;
use crate::reader::Door;
use crate::report::{self, say};
use crate::sender::random_id;

/// What a block counts commits of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One row, inserted on a connection of its own: the limit.
    Inserts,
    /// Messages that nobody listens to.
    Unheard,
    /// Messages with listeners in each room.
    Heard,
}

/// In the middle what is compared most closely, so that a drift of the machine meets both alike.
const ROUND: [Kind; 6] =
    [Kind::Inserts, Kind::Unheard, Kind::Heard, Kind::Heard, Kind::Unheard, Kind::Inserts];
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two blocks, for what the one before left to do: a checkpoint or closing sockets would count for the next.
const PAUSE: Duration = Duration::from_secs(1);

/// Commits a second in each block, in the order they were run.
pub type Rates = Vec<(Kind, f64)>;

/// Measures and prints; answers what was refused or did not arrive.
///
/// # Errors
/// No server, no crowd, no database.
pub async fn measure(args: &CommitsArgs) -> Outcome<Faults> {
    let venue = Arc::new(Venue::find(&args.target).await?);
    let mut database = PgConnection::connect(&args.database_url).await?;
    let rooms = queries::insert_rooms(&mut database, venue.crowd.room.get(), args.rooms).await?;
    queries::make_scratch(&mut database).await?;
    let posters = Poster::many(&venue, &rooms, args.at_once, args.target.text_bytes)?;
    let (mut rates, mut faults) = (Rates::new(), Faults::default());
    let mut posters = Some(posters);
    for _ in 0..args.rounds {
        for kind in ROUND {
            let seconds = Duration::from_secs(args.block_seconds.into());
            let commits = match kind {
                Kind::Inserts => inserts(args, seconds).await?,
                Kind::Unheard => posts(&mut posters, seconds, &mut faults).await?,
                Kind::Heard => heard(args, &venue, &rooms, &mut posters, seconds, &mut faults).await?,
            };
            let rate = commits as f64 / seconds.as_secs_f64();
            report::commits_of_block(kind, rate);
            rates.push((kind, rate));
            tokio::time::sleep(PAUSE).await;
        }
    }
    report::commits(&rates, args, faults);
    Ok(faults)
}

/// The same number of connections, each with one insert after the other.
async fn inserts(args: &CommitsArgs, seconds: Duration) -> Outcome<u64> {
    let (done, until) = (Arc::new(AtomicU64::new(0)), Instant::now() + seconds);
    let mut under_way = JoinSet::new();
    for _ in 0..args.at_once {
        let mut connection = PgConnection::connect(&args.database_url).await?;
        let (done, text) = (Arc::clone(&done), "x".repeat(args.target.text_bytes));
        under_way.spawn(async move {
            while Instant::now() < until {
                queries::insert_scratch(&mut connection, random_id(), &text).await?;
                done.fetch_add(1, Ordering::Relaxed);
            }
            connection.close().await
        });
    }
    while let Some(ended) = under_way.join_next().await {
        ended.map_err(|broken| said(broken.to_string()))??;
    }
    Ok(done.load(Ordering::Relaxed))
}

/// Everybody posts, one message after the other; answers how many were acknowledged.
async fn posts(posters: &mut Option<Vec<Poster>>, seconds: Duration, faults: &mut Faults) -> Outcome<u64> {
    let until = Instant::now() + seconds;
    let mut under_way = JoinSet::new();
    for mut poster in posters.take().unwrap_or_default() {
        under_way.spawn(async move {
            let answered = poster.post_until(until).await;
            (poster, answered)
        });
    }
    let (mut acknowledged, mut back, mut refused) = (0, Vec::new(), Vec::new());
    while let Some(ended) = under_way.join_next().await {
        let (poster, answered) = ended.map_err(|broken| said(broken.to_string()))?;
        acknowledged += answered.acknowledged;
        refused.extend(answered.refusals);
        back.push(poster);
    }
    faults.posts += refused.len() as u64;
    report::refusals("posts", &refused);
    *posters = Some(back);
    Ok(acknowledged)
}

async fn heard(
    args: &CommitsArgs,
    venue: &Venue,
    rooms: &[Uuid],
    posters: &mut Option<Vec<Poster>>,
    seconds: Duration,
    faults: &mut Faults,
) -> Outcome<u64> {
    let doors = doors(venue, rooms, args.listeners);
    let mut audience = Audience::enter(&doors, args.target.threads, args.target.joins_per_second)?;
    let arrival = audience.arrived().await?;
    report::refusals("sockets", &arrival.refusals);
    faults.sockets += arrival.refusals.len() as u64;
    let acknowledged = posts(posters, seconds, faults).await?;
    let expected = acknowledged * args.listeners as u64;
    audience.has_heard(expected, PATIENCE).await;
    let deliveries = audience.deliveries();
    let mut found = Faults::default();
    for heard in audience.leave()? {
        found += heard.tally.faults;
        // Each reader by their own room's positions; what never came is in the sum.
        heard.sequences.iter().for_each(|sequence| found += Faults { lost: 0, ..sequence.finish(0) });
    }
    found.lost += expected.saturating_sub(deliveries.saturating_sub(found.doubled));
    *faults += found;
    Ok(acknowledged)
}

/// So many listeners in each room, each somebody else.
fn doors(venue: &Venue, rooms: &[Uuid], listeners: usize) -> Vec<Door> {
    let all = venue.doors(rooms.len() * listeners);
    let place = |(place, door): (usize, Door)| {
        let room = ChatRoomId::new(rooms[place % rooms.len()]);
        Door { topic: Some(Topic::Room(room)), ..door }
    };
    let doors: Vec<Door> = all.into_iter().enumerate().map(place).collect();
    say(&format!("  {} listeners in {} rooms", doors.len(), rooms.len()));
    doors
}
