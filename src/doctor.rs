//! `atria doctor`: tries everything Atria needs and says how to mend what is wrong.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use services::db::{MIGRATOR, PoolSettings};
use services::mail::Transport;
use tokio::time;

use crate::config::{Config, Problem, Storage};
use crate::postgres::{self, Facts};
use crate::process::{Access, Database};

/// How long mail server and Redis may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Less free space than this is a problem: PostgreSQL stops on a full disk. 1 GiB.
const FREE_MIN_KIB: u64 = 1024 * 1024;

/// What one check found: a sentence, or what is wrong.
type Finding = Result<String, Problem>;

/// Checks settings, web files, storage, database, mail and Redis; writes one line each to `out`.
///
/// Starts the private cluster for the time of the check when no Atria runs; never makes one.
/// The code is 1 when anything is wrong.
///
/// # Errors
/// When `out` cannot be written to.
pub async fn run(config: &Config, out: &mut impl Write) -> io::Result<ExitCode> {
    let mut all_well = true;
    for (name, findings) in [
        ("settings", settings(config)),
        ("web files", vec![web_files(config)]),
        ("storage", storage(config)),
        ("database", database(config).await),
        ("mail", vec![mail(config).await]),
        ("redis", vec![redis(config).await]),
    ] {
        for finding in findings {
            all_well &= finding.is_ok();
            write_finding(out, name, &finding)?;
        }
    }
    Ok(if all_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn write_finding(out: &mut impl Write, name: &str, finding: &Finding) -> io::Result<()> {
    match finding {
        Ok(fine) => writeln!(out, "✓ {name}: {fine}"),
        Err(problem) => {
            writeln!(out, "✗ {name}: {}: {}\n    {}", problem.setting, problem.wrong, problem.mend)
        }
    }
}

fn settings(config: &Config) -> Vec<Finding> {
    match config.check_production() {
        Ok(()) => {
            vec![Ok(format!("{:?} mode, {} on {}", config.environment, config.public_url, config.bind))]
        }
        Err(problems) => problems.into_iter().map(Err).collect(),
    }
}

fn web_files(config: &Config) -> Finding {
    let packages = config.site_dir.join("pkg");
    if packages.is_dir() {
        return Ok(format!("built in {}", config.site_dir.display()));
    }
    let wrong = format!("{} is missing, so pages would come without style", packages.display());
    Err(Problem::new("ATRIA_SITE_DIR", wrong, "Run bin/serve once, which builds it, or name its directory."))
}

fn storage(config: &Config) -> Vec<Finding> {
    let mut directories = vec![("ATRIA_DATA_DIR", config.data_dir.as_path())];
    if let Storage::Directory(files) = &config.storage
        && !files.starts_with(&config.data_dir)
    {
        directories.push(("ATRIA_STORAGE_URL", files));
    }
    directories.into_iter().map(|(setting, path)| directory(setting, path)).collect()
}

fn directory(setting: &'static str, path: &Path) -> Finding {
    if !path.exists() {
        return Ok(format!("{} will be made by the first start", path.display()));
    }
    let probe = path.join(format!(".doctor-{}", std::process::id()));
    fs::write(&probe, b"probe").and_then(|()| fs::remove_file(&probe)).map_err(|error| {
        let wrong = format!("{} cannot be written to: {error}", path.display());
        Problem::new(setting, wrong, "Give it to the user who runs Atria (chown), or name another directory.")
    })?;
    match free_kib(path) {
        Some(free) if free < FREE_MIN_KIB => {
            let wrong = format!("{} has only {} MiB left", path.display(), free / 1024);
            Err(Problem::new(setting, wrong, "Free some space: the database stops on a full disk."))
        }
        Some(free) => Ok(format!("{} is writable, {} GiB free", path.display(), free / FREE_MIN_KIB)),
        None => Ok(format!("{} is writable", path.display())),
    }
}

/// From `df -Pk` (POSIX): std has no call for it and `unsafe` is forbidden.
fn free_kib(path: &Path) -> Option<u64> {
    let output = Command::new("df").arg("-Pk").arg(path).output().ok()?;
    String::from_utf8(output.stdout).ok()?.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

async fn database(config: &Config) -> Vec<Finding> {
    let is_private = config.database_url.is_none();
    if is_private && !config.data_dir.join("pg").exists() {
        let found = postgres::find(config.pg_bin.as_deref(), None, &config.data_dir);
        return vec![
            found
                .map_err(|error| Problem::new("DATABASE_URL", "there is no database", error.to_string()))
                .map(|binaries| format!("the first start will make one with PostgreSQL {}", binaries.major)),
        ];
    }
    let setting = if is_private { "ATRIA_DATA_DIR" } else { "DATABASE_URL" };
    let database = match Database::open(config, Access::Shared).await {
        Ok(database) => database,
        Err(error) => {
            return vec![Err(Problem::new(setting, "the private database is down", error.to_string()))];
        }
    };
    let findings = match ask(config, &database.urls.runtime).await {
        Ok(findings) => findings,
        Err(error) => {
            let mend = "Check host, port, role and password, and that the server runs.";
            vec![Err(Problem::new(setting, format!("the database does not answer: {error}"), mend))]
        }
    };
    let closed = database.close().await;
    let left =
        closed.err().map(|error| Err(Problem::new(setting, "it cannot be stopped", error.to_string())));
    findings.into_iter().chain(left).collect()
}

async fn ask(config: &Config, url: &SecretString) -> sqlx::Result<Vec<Finding>> {
    let url = url.expose_secret().to_owned();
    let pool = services::db::connect(&PoolSettings { url, max_connections: 2 }).await?;
    let facts = postgres::facts(&pool).await?;
    let mut findings = match postgres::check_database(&pool, config.environment).await {
        Ok(()) => vec![Ok(sentence(&facts))],
        Err(problems) => problems.into_iter().map(Err).collect(),
    };
    let newest = MIGRATOR.iter().map(|migration| migration.version).max().unwrap_or_default();
    findings.push(if postgres::is_migrated(&pool, newest).await? {
        Ok(format!("all {} migrations are applied", MIGRATOR.iter().count()))
    } else {
        Err(Problem::new("migrations", "some are not applied", "Run `atria migrate`, or start Atria."))
    });
    pool.close().await;
    Ok(findings)
}

fn sentence(facts: &Facts) -> String {
    let switch = |is_on: bool| if is_on { "on" } else { "off" };
    format!(
        "PostgreSQL {}.{} as `{}`{}, fsync {}, full_page_writes {}, synchronous_commit {}",
        facts.version / 10_000,
        facts.version % 10_000,
        facts.role,
        if facts.is_superuser { " (a superuser)" } else { "" },
        switch(facts.fsync),
        switch(facts.full_page_writes),
        switch(facts.synchronous_commit),
    )
}

async fn mail(config: &Config) -> Finding {
    let Some(smtp) = &config.smtp else {
        return Ok("no server is set; mails are kept as files".to_owned());
    };
    let at_fault = |wrong: String| {
        let mend = format!(
            "Check ATRIA_SMTP_URL, and that this machine may reach {} port {}.",
            smtp.host, smtp.port
        );
        Problem::new("ATRIA_SMTP_URL", wrong, mend)
    };
    let transport =
        Transport::from_url(smtp.url.expose_secret()).map_err(|error| at_fault(error.to_string()))?;
    match time::timeout(PATIENCE, transport.check()).await {
        Ok(Ok(())) => Ok(format!("{} port {} takes mail ({:?})", smtp.host, smtp.port, smtp.security)),
        Ok(Err(answer)) => Err(at_fault(format!("no mail can be sent: {answer}"))),
        Err(_) => Err(at_fault(format!("no answer within {PATIENCE:?}"))),
    }
}

async fn redis(config: &Config) -> Finding {
    let Some(url) = &config.redis_url else {
        return Ok("not set, so one process serves alone".to_owned());
    };
    let mend = "Check ATRIA_REDIS_URL and that the server runs, or unset it to serve with one process.";
    let ping = async {
        let client = redis::Client::open(url.expose_secret())?;
        let mut connection = client.get_multiplexed_async_connection().await?;
        redis::cmd("PING").query_async::<String>(&mut connection).await
    };
    match time::timeout(PATIENCE, ping).await {
        Ok(Ok(_)) => Ok("answers PING".to_owned()),
        Ok(Err(error)) => {
            Err(Problem::new("ATRIA_REDIS_URL", format!("Redis does not answer: {error}"), mend))
        }
        Err(_) => Err(Problem::new("ATRIA_REDIS_URL", format!("no answer within {PATIENCE:?}"), mend)),
    }
}
