//! The server is killed under a full room and started again: when everybody is back, and whether anything is missing.

use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::process::{Child, Command};
use tokio::time::sleep;

use crate::audit::audit;
use crate::cli::RestartArgs;
use crate::crowd::Venue;
use crate::faults::Faults;
use crate::listening::Audience;
use crate::problem::{self, Outcome, said};
use crate::process;
use crate::report;
use crate::sender::{Persistence, Posted, Senders};

/// What has not come this long after anything came is lost.
const PATIENCE: Duration = Duration::from_secs(5);
/// Everybody is back by then, or never.
const AT_MOST: Duration = Duration::from_secs(120);
const LOOKS_EVERY: Duration = Duration::from_millis(20);

/// When things happened after the kill.
#[derive(Debug)]
pub struct Return {
    pub sockets: u64,
    /// The server took connections again.
    pub serves_again: Duration,
    pub all_back: Duration,
}

/// Runs it and prints it; answers what was wrong.
///
/// # Errors
/// Something could not be measured: no server, no crowd, nobody got in, nobody came back.
pub async fn restart(args: &RestartArgs) -> Outcome<Faults> {
    let venue = Arc::new(Venue::find(&args.target).await?);
    let doors = venue.revolving_doors(venue.crowd.people.len());
    let mut audience = Audience::enter(&doors, args.target.threads, args.target.joins_per_second)?;
    let arrival = audience.arrived().await?;
    report::refusals("sockets", &arrival.refusals);
    if arrival.readers == 0 {
        return Err(said("nobody got in"));
    }
    let text_bytes = args.target.text_bytes;
    let senders =
        Senders::of(Arc::clone(&venue), args.target.senders, text_bytes, Persistence::UntilAcknowledged);
    let mut posted = Posted::default();
    let writing = senders.post(args.target.rate, args.target.rate * args.seconds, 0, &mut posted);
    let killing = kill_and_start(args, &venue, &audience, arrival.readers as u64);
    let ((), returned) = tokio::join!(writing, killing);
    let (_server, returned) = returned?;

    // Until it is quiet: what comes twice after a resumption makes a count say nothing.
    audience.has_heard(u64::MAX, PATIENCE).await;
    let last = posted.acknowledged.iter().map(|seen| seen.rev).max().unwrap_or(arrival.position);
    let verdict = audit(&audience.leave()?, last, Some(&posted.acknowledged));
    let mut faults = verdict.faults;
    faults.posts += posted.refusals.len() as u64;
    report::restarted(&returned, &posted, &verdict, faults);
    Ok(faults)
}

async fn kill_and_start(
    args: &RestartArgs,
    venue: &Venue,
    audience: &Audience,
    readers: u64,
) -> Outcome<(Child, Return)> {
    sleep(Duration::from_secs(u64::from(args.seconds)) / 3).await;
    let killed = Instant::now();
    process::kill(args.server_pid)?;
    while audience.inside() > 0 {
        give_up_after(killed, "sockets stayed open after the kill")?;
        sleep(LOOKS_EVERY).await;
    }
    let server = Command::new(&args.starts_with)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(problem::io(format!("starting {}", args.starts_with.display())))?;
    while tokio::net::TcpStream::connect(venue.address).await.is_err() {
        give_up_after(killed, "the server did not come back")?;
        sleep(LOOKS_EVERY).await;
    }
    let serves_again = killed.elapsed();
    while audience.inside() < readers {
        give_up_after(killed, "not everybody came back")?;
        sleep(LOOKS_EVERY).await;
    }
    Ok((server, Return { sockets: readers, serves_again, all_back: killed.elapsed() }))
}

fn give_up_after(killed: Instant, why: &str) -> Outcome<()> {
    if killed.elapsed() > AT_MOST { Err(said(why)) } else { Ok(()) }
}
