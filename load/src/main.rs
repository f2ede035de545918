//! Atria's load generator: a crowd of real sockets in one room, messages by POST, and a check of every delivery at
//! every reader. It stands outside of the server and knows it only by its wire format, /proc and its database.

mod audit;
mod bare;
mod blocks;
mod cli;
mod clock;
mod commits;
mod crowd;
mod database;
mod faults;
mod latency;
mod listening;
mod note;
mod plain_http;
mod poster;
mod prepare;
mod problem;
mod process;
mod queries;
mod reader;
mod report;
mod restart;
mod run;
mod sender;
mod sequence;
mod stalled;
mod tally;

use std::process::ExitCode;

use clap::Parser as _;

use crate::cli::{Cli, Command};
use crate::faults::Faults;
use crate::problem::Outcome;

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Prepare(args) => ended(block_on(prepare::prepare(&args))),
        Command::Run(args) => judged(block_on(run::run(&args))),
        Command::Restart(args) => judged(block_on(restart::restart(&args))),
        Command::Commits(args) => judged(block_on(commits::measure(&args))),
        Command::Database(args) => judged(block_on(database::measure(&args))),
        Command::Bare => ended(block_on(bare::serve())),
    }
}

/// The readers have threads of their own; everything else waits most of the time and shares this one.
fn block_on<T>(work: impl Future<Output = Outcome<T>>) -> Outcome<T> {
    process::raise_file_limit()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(problem::io("starting the runtime"))?.block_on(work)
}

fn ended(outcome: Outcome<()>) -> ExitCode {
    judged(outcome.map(|()| Faults::default()))
}

/// One lost message is a failure of the run, whatever the figures say.
fn judged(outcome: Outcome<Faults>) -> ExitCode {
    match outcome {
        Ok(faults) if faults.is_none() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(problem) => {
            report::complain(&problem);
            ExitCode::from(2)
        }
    }
}
