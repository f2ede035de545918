//! The program `atria`: reads the command line and the settings, and runs one command.

use std::io::{self, Write};
use std::process::ExitCode;

use atria::cli::{Cli, Command};
use atria::config::{Config, ConfigError};
use atria::doctor;
use atria::process::{self, Failure};
use atria::serving::{self, Demo};
use atria::telemetry::{self, Format};
use clap::Parser;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = settings(&cli).and_then(|config| {
        telemetry::init(config.log_format.unwrap_or_else(Format::detect), &config.log);
        tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(run(cli.command(), config))
    });
    match outcome {
        Ok(code) => code,
        Err(failure) => {
            // Nothing is left to do when standard error is gone too.
            drop(writeln!(io::stderr(), "{failure}"));
            ExitCode::FAILURE
        }
    }
}

fn settings(cli: &Cli) -> Result<Config, Failure> {
    let source = cli.settings().map_err(|problem| ConfigError(vec![problem]))?;
    Ok(Config::from_source(&source)?)
}

async fn run(command: Command, config: Config) -> Result<ExitCode, Failure> {
    match command {
        Command::Serve(arguments) => {
            serving::serve(config, if arguments.demo { Demo::Load } else { Demo::Leave }).await?;
        }
        Command::Migrate => process::migrate(&config).await?,
        Command::Seed(_) => serving::seed_demo(config).await?,
        Command::Doctor => return Ok(doctor::run(&config, &mut io::stdout()).await?),
        Command::Cluster(arguments) => process::ephemeral_cluster(arguments, &config).await?,
    }
    Ok(ExitCode::SUCCESS)
}
