use std::sync::Arc;
use std::time::Duration;

use crate::audit::{Verdict, audit};
use crate::bare::Bare;
use crate::blocks::{Block, Cast, ROUND, Side};
use crate::cli::RunArgs;
use crate::crowd::Venue;
use crate::faults::Faults;
use crate::listening::Audience;
use crate::problem::{Outcome, said};
use crate::process;
use crate::report::{self, say};
use crate::sender::{Persistence, Posted, Senders};
use crate::stalled::{GivenUp, Stalled};

/// Deliveries that have not come this long after anything came are lost.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long sockets idle before their memory is read.
const SETTLES: Duration = Duration::from_secs(5);
/// Between two blocks, for what the one before left to do.
const PAUSE: Duration = Duration::from_secs(1);

/// What idle sockets take in a server.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    pub before_kib: u64,
    pub after_kib: u64,
    pub sockets: usize,
}

impl Memory {
    #[must_use]
    pub fn kib_per_socket(&self) -> f64 {
        self.after_kib.saturating_sub(self.before_kib) as f64 / self.sockets.max(1) as f64
    }
}

/// Everything a run found.
#[derive(Debug)]
pub struct Findings {
    pub sockets: usize,
    pub messages: u64,
    pub joined_in: Duration,
    /// Counts of people told to all sockets until everybody was in.
    pub presence_while_joining: u64,
    pub atria: Verdict,
    pub bare: Verdict,
    pub posted: Posted,
    pub atria_memory: Memory,
    pub bare_memory: Memory,
    pub given_up: GivenUp,
    pub blocks: Vec<Block>,
}

/// The readers of one server, with their place and what they cost it.
#[derive(Debug)]
struct Room {
    audience: Audience,
    readers: usize,
    /// The room's position before the first message.
    position: i64,
    memory: Memory,
    joined_in: Duration,
    presence_while_joining: u64,
}

/// Runs it all and prints it; answers what was wrong.
///
/// # Errors
/// Something could not be measured: no server, no crowd, nobody got in.
pub async fn run(args: &RunArgs) -> Outcome<Faults> {
    let venue = Arc::new(Venue::find(&args.target).await?);
    let people = venue.crowd.people.len().saturating_sub(args.stalled);
    let sockets = args.sockets.unwrap_or(people).min(people);
    check_file_limit(sockets)?;
    let mut bare = Bare::start().await?;
    let bare_pid = bare.pid().ok_or_else(|| said("the bare loop ended"))?;
    let cast = Cast { server: args.server_pid, postgres: args.postgres_pid, bare: bare_pid };
    say(&format!("opening {sockets} sockets at {} and as many at a bare loop", venue.origin));
    let atria_room = Room::fill(&venue.doors(sockets), args, args.server_pid).await?;
    // Behind those who read, so that nobody is in twice.
    let stalled = Stalled::enter(&venue.doors(sockets + args.stalled)[sockets..], args.server_pid).await?;
    let bare_room = Room::fill(&bare.doors(sockets), args, bare_pid).await?;
    let senders =
        Senders::of(Arc::clone(&venue), args.target.senders, args.target.text_bytes, Persistence::Once);

    let (mut posted, mut blocks) = (Posted::default(), Vec::new());
    for _ in 0..args.rounds {
        for side in ROUND {
            let before = cast.read()?;
            let heard = match side {
                Side::Atria => atria_block(args, &senders, &mut posted, &atria_room).await,
                Side::Bare => bare_block(args, &mut bare, &bare_room).await?,
            };
            let block = Block::between(side, &before, &cast.read()?, heard);
            report::block(&block);
            blocks.push(block);
            tokio::time::sleep(PAUSE).await;
        }
    }
    let given_up = stalled.end().await;
    let findings = finish(args, posted, blocks, (atria_room, bare_room), given_up)?;
    let faults = all_faults(&findings);
    report::findings(&findings, faults);
    Ok(faults)
}

fn check_file_limit(sockets: usize) -> Outcome<()> {
    // Readers of both servers here, and two descriptors a socket in the bare loop.
    let needed = 2 * sockets as u64 + 100;
    match process::file_limit() {
        Some(limit) if limit < needed => Err(said(format!(
            "{sockets} sockets need {needed} open files and {limit} are allowed: ulimit -n"
        ))),
        Some(_) | None => Ok(()),
    }
}

impl Room {
    async fn fill(doors: &[crate::reader::Door], args: &RunArgs, pid: u32) -> Outcome<Self> {
        let before_kib = process::resident_kib(pid)?;
        let began = std::time::Instant::now();
        let mut audience = Audience::enter(doors, args.target.threads, args.target.joins_per_second)?;
        let arrival = audience.arrived().await?;
        let joined_in = began.elapsed();
        let presence_while_joining = audience.presence_told();
        report::refusals("sockets", &arrival.refusals);
        if arrival.readers == 0 {
            return Err(said("nobody got in"));
        }
        tokio::time::sleep(SETTLES).await;
        let after_kib = process::resident_kib(pid)?;
        let memory = Memory { before_kib, after_kib, sockets: arrival.readers };
        Ok(Self {
            audience,
            readers: arrival.readers,
            position: arrival.position,
            memory,
            joined_in,
            presence_while_joining,
        })
    }

    /// Waits until every reader has heard `more` messages, or none comes any more; answers how many deliveries that were.
    async fn hears(&self, heard: u64, more: usize) -> u64 {
        self.audience.has_heard(heard + (more * self.readers) as u64, PATIENCE).await;
        self.audience.deliveries() - heard
    }
}

async fn atria_block(args: &RunArgs, senders: &Senders, posted: &mut Posted, room: &Room) -> u64 {
    let (heard, known) = (room.audience.deliveries(), posted.acknowledged.len());
    let sent = u32::try_from(known).unwrap_or(u32::MAX);
    senders.post(args.target.rate, args.target.rate * args.block_seconds, sent, posted).await;
    room.hears(heard, posted.acknowledged.len() - known).await
}

async fn bare_block(args: &RunArgs, bare: &mut Bare, room: &Room) -> Outcome<u64> {
    let heard = room.audience.deliveries();
    let count = args.target.rate * args.block_seconds;
    let refused = bare.write(args.target.rate, count, args.target.text_bytes).await?;
    if refused > 0 {
        say(&format!("  {refused} frames did not fit into a socket of the bare loop"));
    }
    Ok(room.hears(heard, count as usize).await)
}

fn finish(
    args: &RunArgs,
    posted: Posted,
    blocks: Vec<Block>,
    (atria, bare): (Room, Room),
    given_up: GivenUp,
) -> Outcome<Findings> {
    let last = posted.acknowledged.iter().map(|seen| seen.rev).max().unwrap_or(atria.position);
    let bare_blocks = blocks.iter().filter(|block| block.side == Side::Bare).count() as i64;
    let bare_last = bare_blocks * i64::from(args.target.rate * args.block_seconds);
    Ok(Findings {
        sockets: atria.readers,
        messages: posted.acknowledged.len() as u64,
        joined_in: atria.joined_in,
        presence_while_joining: atria.presence_while_joining,
        atria: audit(&atria.audience.leave()?, last, Some(&posted.acknowledged)),
        bare: audit(&bare.audience.leave()?, bare_last, None),
        posted,
        atria_memory: atria.memory,
        bare_memory: bare.memory,
        given_up,
        blocks,
    })
}

/// The bare loop is no product, but a run in which it lost something measured something else.
fn all_faults(findings: &Findings) -> Faults {
    let mut faults = findings.atria.faults;
    faults += findings.bare.faults;
    faults.posts += findings.posted.refusals.len() as u64;
    faults
}
