//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Drives a running Atria and checks every delivery. docs/load.md says how to set a run up.
#[derive(Debug, Parser)]
#[command(name = "load", version, about)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make an event, its room and people who are signed in, in the server's database. For throw-away databases only.
    Prepare(PrepareArgs),
    /// Open sockets in the room, post, check every delivery, and print latency, processor time and memory.
    Run(RunArgs),
    /// Kill the server while people write, start it again, and check that everybody comes back and nothing is lost.
    Restart(RestartArgs),
    /// Count committed messages a second over many rooms, with listeners and without, beside bare inserts.
    Commits(CommitsArgs),
    /// Measure what the database does for one message in rooms and tables of several sizes.
    Database(DatabaseArgs),
    /// The limit program: holds sockets and writes frames to them in a loop. `run` starts it.
    #[command(hide = true)]
    Bare,
}

#[derive(Debug, Args)]
pub struct PrepareArgs {
    /// postgres://… of the server's database, as the owner of its tables.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: String,
    /// People who are signed in and take part; each opens one socket.
    #[arg(long, default_value_t = 5000)]
    pub people: u32,
    /// Where to write who they are and their cookies; the other commands read it.
    #[arg(long, value_name = "FILE", default_value = "crowd.json")]
    pub crowd: PathBuf,
}

/// Which server, and how it is spoken to.
#[derive(Debug, Clone, Args)]
pub struct Target {
    /// The server's ATRIA_PUBLIC_URL; http only, without a proxy between.
    #[arg(long, default_value = "http://127.0.0.1:3000")]
    pub url: String,
    /// The file `prepare` wrote.
    #[arg(long, value_name = "FILE", default_value = "crowd.json")]
    pub crowd: PathBuf,
    /// Threads that read sockets.
    #[arg(long, default_value_t = 1)]
    pub threads: usize,
    /// Sockets opened per second.
    #[arg(long, default_value_t = 500)]
    pub joins_per_second: u32,
    /// People who post, in turn: few enough would meet the limit of messages per person.
    #[arg(long, default_value_t = 200)]
    pub senders: usize,
    /// Messages per second, of all senders together.
    #[arg(long, default_value_t = 20)]
    pub rate: u32,
    /// Length of a message's text.
    #[arg(long, default_value_t = 200)]
    pub text_bytes: usize,
}

#[derive(Debug, Args)]
pub struct RunArgs {
    #[command(flatten)]
    pub target: Target,
    /// The server's process, whose time and memory are read from /proc.
    #[arg(long)]
    pub server_pid: u32,
    /// PostgreSQL's first process; its time and that of its children is told too.
    #[arg(long)]
    pub postgres_pid: Option<u32>,
    /// Sockets; by default one for each person of the crowd.
    #[arg(long)]
    pub sockets: Option<usize>,
    /// Further people who come in and then read nothing any more.
    #[arg(long, default_value_t = 0)]
    pub stalled: usize,
    /// How long one block of messages lasts.
    #[arg(long, default_value_t = 10)]
    pub block_seconds: u32,
    /// Times the four blocks Atria, bare, bare, Atria are run.
    #[arg(long, default_value_t = 2)]
    pub rounds: u32,
}

#[derive(Debug, Args)]
pub struct RestartArgs {
    #[command(flatten)]
    pub target: Target,
    /// The server's process; it is killed.
    #[arg(long)]
    pub server_pid: u32,
    /// A program without arguments that starts the server again.
    #[arg(long, value_name = "FILE")]
    pub starts_with: PathBuf,
    /// Seconds of messages; the server is killed after a third of them.
    #[arg(long, default_value_t = 45)]
    pub seconds: u32,
}

#[derive(Debug, Args)]
pub struct CommitsArgs {
    #[command(flatten)]
    pub target: Target,
    /// postgres://… of the server's database, as the owner of its tables.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: String,
    /// Rooms that messages go to.
    #[arg(long, default_value_t = 32)]
    pub rooms: u32,
    /// Posts, and bare inserts, under way at the same time.
    #[arg(long, default_value_t = 32)]
    pub at_once: usize,
    /// Sockets in each room, in the blocks that have some.
    #[arg(long, default_value_t = 10)]
    pub listeners: usize,
    /// How long one block lasts.
    #[arg(long, default_value_t = 5)]
    pub block_seconds: u32,
    /// Times the six blocks are run.
    #[arg(long, default_value_t = 2)]
    pub rounds: u32,
}

#[derive(Debug, Args)]
pub struct DatabaseArgs {
    #[command(flatten)]
    pub target: Target,
    /// postgres://… of the server's database, as a role that may reset and read pg_stat_statements.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: String,
    /// Sizes of the room's history, ascending; the room is filled up to each.
    #[arg(long, value_delimiter = ',', default_values_t = [1_000, 1_000_000])]
    pub rows: Vec<i64>,
    /// Sockets in the room.
    #[arg(long, value_delimiter = ',', default_values_t = [10, 1_000])]
    pub listeners: Vec<usize>,
    /// Messages per measurement.
    #[arg(long, default_value_t = 200)]
    pub messages: u32,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
