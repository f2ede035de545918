//! What one message costs the database, in rooms of several sizes with histories of several lengths. Counted by
//! PostgreSQL, not timed, so that a busy machine changes nothing.

use std::sync::Arc;
use std::time::Duration;

use sqlx::{Connection as _, PgConnection};
use uuid::Uuid;

use crate::audit::audit;
use crate::cli::DatabaseArgs;
use crate::crowd::Venue;
use crate::faults::Faults;
use crate::listening::Audience;
use crate::problem::{Outcome, said};
use crate::queries;
use crate::report;
use crate::sender::{Persistence, Posted, Senders};

const PATIENCE: Duration = Duration::from_secs(10);

/// Measures and prints; answers what readers and senders met.
///
/// # Errors
/// No server, no crowd, no `pg_stat_statements`.
pub async fn measure(args: &DatabaseArgs) -> Outcome<Faults> {
    let venue = Arc::new(Venue::find(&args.target).await?);
    let mut database = PgConnection::connect(&args.database_url).await?;
    let room = venue.crowd.room.get();
    let authors: Vec<Uuid> = venue.crowd.people.iter().map(|person| person.user.get()).collect();
    let senders =
        Senders::of(Arc::clone(&venue), args.target.senders, args.target.text_bytes, Persistence::Once);
    let (mut faults, mut sent) = (Faults::default(), 0);
    for history in &args.rows {
        if queries::history(&mut database, room).await? < *history {
            queries::fill(&mut database, room, *history, &authors).await?;
            queries::analyze(&mut database).await?;
        }
        for listeners in &args.listeners {
            faults += with_listeners(args, &venue, &senders, &mut database, *listeners, sent).await?;
            sent += args.messages;
        }
    }
    report::faults(faults);
    Ok(faults)
}

async fn with_listeners(
    args: &DatabaseArgs,
    venue: &Venue,
    senders: &Senders,
    database: &mut PgConnection,
    listeners: usize,
    sent: u32,
) -> Outcome<Faults> {
    let mut audience =
        Audience::enter(&venue.doors(listeners), args.target.threads, args.target.joins_per_second)?;
    let arrival = audience.arrived().await?;
    report::refusals("sockets", &arrival.refusals);
    if arrival.readers == 0 {
        return Err(said("nobody got in"));
    }
    queries::count_from_now(database).await?;
    let mut posted = Posted::default();
    senders.post(args.target.rate, args.messages, sent, &mut posted).await;
    audience.has_heard((posted.acknowledged.len() * arrival.readers) as u64, PATIENCE).await;
    report::refusals("posts", &posted.refusals);
    let messages = posted.acknowledged.len() as i64;
    // Half, because a refused post ran some of them too; what the server does now and then is rarer still.
    let statements = queries::statements(database, (messages / 2).max(1)).await?;
    let history = queries::history(database, venue.crowd.room.get()).await?;
    report::database_work(history, arrival.readers, messages, &statements);
    let last = posted.acknowledged.iter().map(|seen| seen.rev).max().unwrap_or(arrival.position);
    let mut faults = audit(&audience.leave()?, last, Some(&posted.acknowledged)).faults;
    faults.posts += posted.refusals.len() as u64;
    Ok(faults)
}
