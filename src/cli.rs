//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::config::{self, Source};

/// Atria, the open event platform. Without a command it serves.
#[derive(Debug, Parser)]
#[command(name = "atria", version, about, after_help = "`atria serve --help` lists every setting.")]
pub struct Cli {
    /// TOML file with settings; the environment wins over it.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What to do.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Serve Atria; starts its own PostgreSQL when DATABASE_URL is not set.
    #[command(after_help = config::help())]
    Serve(ServeArgs),
    /// Apply the database migrations and exit.
    Migrate,
    /// Fill the database with data to look at.
    Seed(SeedArgs),
    /// Check settings, database, storage, mail and Redis, and say how to mend what is wrong.
    Doctor,
    /// Run a throw-away PostgreSQL until standard input closes, for tests and builds.
    #[command(hide = true)]
    Cluster(ClusterArgs),
}

#[derive(Debug, Clone, Default, Args)]
pub struct ServeArgs {
    /// IP address and port to listen on [ATRIA_BIND].
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub bind: Option<SocketAddr>,
    /// Load the demo conference first, unless it is there.
    #[arg(long)]
    pub demo: bool,
}

#[derive(Debug, Clone, Args)]
pub struct SeedArgs {
    /// Two organizations, a three-day conference and its people; prints the accounts.
    #[arg(long, required = true)]
    pub demo: bool,
}

#[derive(Debug, Clone, Args)]
pub struct ClusterArgs {
    /// Nothing is flushed to disk, and everything is removed at the end.
    #[arg(long, required = true)]
    pub ephemeral: bool,
    /// Directory to make the cluster in; must not exist yet. Default: a new one for temporary files.
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
}

impl Cli {
    /// The command given, or `serve`.
    #[must_use]
    pub fn command(&self) -> Command {
        self.command.clone().unwrap_or(Command::Serve(ServeArgs::default()))
    }

    /// Flags over environment over file.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn settings(&self) -> Result<Source, config::Problem> {
        let mut source = Source::from_process(self.config.as_deref())?;
        if let Some(Command::Serve(ServeArgs { bind: Some(bind), .. })) = &self.command {
            source.set("ATRIA_BIND", bind.to_string());
        }
        if let Some(Command::Cluster(_)) = &self.command {
            // It serves nobody, so no secret key is made and kept for it.
            source.set("ATRIA_ENV", "test");
        }
        Ok(source)
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        <Cli as CommandFactory>::command().debug_assert();
    }

    #[test]
    fn no_command_means_serve() {
        let cli = Cli::try_parse_from(["atria"]).unwrap();
        assert!(matches!(cli.command(), Command::Serve(ServeArgs { bind: None, demo: false })));
    }

    #[test]
    fn the_bind_flag_wins_over_the_environment() {
        let cli = Cli::try_parse_from(["atria", "serve", "--bind", "127.0.0.1:4000"]).unwrap();
        assert_eq!(cli.settings().unwrap().get("ATRIA_BIND"), Some("127.0.0.1:4000"));
    }

    #[test]
    fn serve_help_lists_every_setting() {
        let mut command = <Cli as CommandFactory>::command();
        let help = command.find_subcommand_mut("serve").unwrap().render_long_help().to_string();
        for variable in &config::VARIABLES {
            assert!(help.contains(variable.name), "{} is missing", variable.name);
        }
    }
}
