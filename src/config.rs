//! All settings, typed: read once at the start from flags, `ATRIA_*` variables and an optional TOML file.

mod network;
mod production;
mod public_url;
mod smtp;
mod source;
mod storage;
mod variables;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use domain::accounts::EmailAddress;
use secrecy::SecretString;
use services::chat::MessageRates;
use services::mail::MailFrom;
use services::push::PushServices;
use services::realtime::SocketCaps;
use services::uploads::UploadQuotas;

pub use network::Network;
pub use production::Problem;
pub use public_url::PublicUrl;
pub use smtp::{Smtp, SmtpSecurity};
pub use source::Source;
pub use storage::Storage;
pub use variables::{VARIABLES, Variable, help};

use crate::{os_user, secret_file};
use source::Reader;

/// Where Atria runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// Convenient: a generated key, mail kept as files, plain http.
    Development,
    /// Strict: [`Config::check_production`] applies.
    Production,
    /// Like development, but the secret key lives in memory only.
    Test,
}

/// Most requests within a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestRates {
    pub per_person: i32,
    pub per_address: i32,
}

/// The settings of one process.
#[derive(Debug, Clone)]
pub struct Config {
    pub environment: Environment,
    pub public_url: PublicUrl,
    pub bind: SocketAddr,
    pub data_dir: PathBuf,
    /// The role that serves requests; `None` means the private cluster.
    pub database_url: Option<SecretString>,
    /// The role that owns the tables; `None` means the same as `database_url`.
    pub migration_database_url: Option<SecretString>,
    /// Most connections of the pool, 2 to 500.
    pub db_pool: u32,
    pub pg_bin: Option<PathBuf>,
    pub pg_user: String,
    /// Empty only in production with none set, which [`Config::check_production`] refuses.
    pub secret_key: SecretString,
    pub redis_url: Option<SecretString>,
    pub storage: Storage,
    pub upload_quotas: UploadQuotas,
    pub request_rates: RequestRates,
    pub socket_caps: SocketCaps,
    pub message_rates: MessageRates,
    pub smtp: Option<Smtp>,
    pub mail_from: MailFrom,
    /// Who is told of direct messages that no moderators answer for.
    pub abuse_contact: Option<EmailAddress>,
    /// Whose push services are spoken to.
    pub push_services: PushServices,
    pub trusted_proxies: Vec<Network>,
    pub log: String,
    /// `None` means by whether the log goes to a terminal.
    pub log_format: Option<crate::telemetry::Format>,
    /// The built web files (`pkg/`, style sheets, images).
    pub site_dir: PathBuf,
}

/// Settings that could not be read: every one of them.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigError(pub Vec<Problem>);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Atria cannot start with these settings:")?;
        self.0.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// Reads every setting; in development the secret key is made and kept in the data directory.
    ///
    /// # Errors
    /// Every value that cannot be read. Unsafe but readable values are [`Config::check_production`]'s.
    pub fn from_source(source: &Source) -> Result<Self, ConfigError> {
        let mut reader = Reader::new(source);
        let config = Self::read(&mut reader);
        match config {
            Some(config) if reader.problems.is_empty() => Ok(config),
            _ => Err(ConfigError(reader.problems)),
        }
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let environment = reader.read("ATRIA_ENV", parse_environment);
        let bind = reader
            .read("ATRIA_BIND", |text| text.parse().map_err(|_| format!("`{text}` is not address:port")));
        let public_url = reader.read("ATRIA_PUBLIC_URL", PublicUrl::parse);
        let data_dir = reader.read("ATRIA_DATA_DIR", parse_path).unwrap_or_else(default_data_dir);
        let data_dir = std::path::absolute(&data_dir).unwrap_or(data_dir);
        let db_pool = reader.read("ATRIA_DB_POOL", parse_pool);
        let secret_key = read_secret_key(reader, environment, &data_dir);
        let storage = Storage::read(reader, &data_dir);
        Some(Self {
            database_url: reader.read("DATABASE_URL", parse_postgres_url),
            migration_database_url: reader.read("ATRIA_MIGRATION_DATABASE_URL", parse_postgres_url),
            pg_bin: reader.read("ATRIA_PG_BIN", parse_path),
            pg_user: reader.read("ATRIA_PG_USER", parse_text)?,
            redis_url: reader.read("ATRIA_REDIS_URL", parse_redis_url),
            storage,
            upload_quotas: storage::read_quotas(reader),
            request_rates: RequestRates {
                per_person: reader.read("ATRIA_REQUESTS_PER_PERSON", parse_rate)?,
                per_address: reader.read("ATRIA_REQUESTS_PER_ADDRESS", parse_rate)?,
            },
            socket_caps: SocketCaps {
                per_user: reader.read("ATRIA_SOCKETS_PER_PERSON", parse_sockets)?,
                per_address: reader.read("ATRIA_SOCKETS_PER_ADDRESS", parse_sockets)?,
            },
            message_rates: MessageRates {
                in_five_seconds: reader.read("ATRIA_MESSAGES_IN_5_SECONDS", parse_rate)?,
                in_a_minute: reader.read("ATRIA_MESSAGES_IN_A_MINUTE", parse_rate)?,
            },
            smtp: reader.read("ATRIA_SMTP_URL", Smtp::parse),
            mail_from: reader
                .read("ATRIA_MAIL_FROM", |text| MailFrom::parse(text).map_err(|error| error.to_string()))?,
            abuse_contact: reader.read("ATRIA_ABUSE_CONTACT", |text| {
                EmailAddress::parse(text).map_err(|error| error.to_string())
            }),
            push_services: reader.read("ATRIA_PUSH_SERVICES", PushServices::parse)?,
            trusted_proxies: reader.read("ATRIA_TRUSTED_PROXIES", parse_networks).unwrap_or_default(),
            log: reader.read("ATRIA_LOG", parse_text)?,
            log_format: reader.read("ATRIA_LOG_FORMAT", str::parse),
            site_dir: reader.read("ATRIA_SITE_DIR", parse_path).unwrap_or_else(default_site_dir),
            public_url: public_url.or_else(|| bind.map(PublicUrl::local))?,
            environment: environment?,
            secret_key: secret_key?,
            bind: bind?,
            db_pool: db_pool?,
            data_dir,
        })
    }
}

fn read_secret_key(
    reader: &mut Reader<'_>,
    environment: Option<Environment>,
    data_dir: &Path,
) -> Option<SecretString> {
    let given = reader.read("ATRIA_SECRET_KEY", |text| Ok(SecretString::from(text)));
    let from_file = reader.read("ATRIA_SECRET_KEY_FILE", |path| {
        let text =
            std::fs::read_to_string(path).map_err(|error| format!("{path} cannot be read: {error}"))?;
        Ok(SecretString::from(text.trim()))
    });
    if given.is_some() && from_file.is_some() {
        reader.problems.push(Problem::new(
            "ATRIA_SECRET_KEY",
            "a key and a key file are both set",
            "Set one of them.",
        ));
    }
    if let Some(key) = given.or(from_file) {
        return Some(key);
    }
    let kept: io::Result<SecretString> = match environment? {
        Environment::Production => Ok(SecretString::default()),
        Environment::Test => secret_file::random(),
        Environment::Development => secret_file::read_or_create(&data_dir.join("secret_key")),
    };
    kept.map_err(|error| {
        let wrong = format!("a secret key cannot be kept in {}: {error}", data_dir.display());
        reader.problems.push(Problem::new(
            "ATRIA_DATA_DIR",
            wrong,
            "Name a directory that Atria may write to.",
        ));
    })
    .ok()
}

fn parse_environment(text: &str) -> Result<Environment, String> {
    match text {
        "development" => Ok(Environment::Development),
        "production" => Ok(Environment::Production),
        "test" => Ok(Environment::Test),
        _ => Err(format!("`{text}` is not development, production or test")),
    }
}

fn parse_text(text: &str) -> Result<String, String> {
    Ok(text.to_owned())
}

fn parse_path(text: &str) -> Result<PathBuf, String> {
    Ok(PathBuf::from(text))
}

fn parse_pool(text: &str) -> Result<u32, String> {
    let size = text.parse().ok().filter(|size| (2..=500).contains(size));
    size.ok_or_else(|| format!("`{text}` is not a number from 2 to 500"))
}

fn parse_rate(text: &str) -> Result<i32, String> {
    let rate = text.parse().ok().filter(|rate| (1..=1_000_000).contains(rate));
    rate.ok_or_else(|| format!("`{text}` is not a number from 1 to 1000000"))
}

fn parse_sockets(text: &str) -> Result<usize, String> {
    usize::try_from(parse_rate(text)?).map_err(|error| error.to_string())
}

fn parse_postgres_url(text: &str) -> Result<SecretString, String> {
    let known = text.starts_with("postgres://") || text.starts_with("postgresql://");
    if known { Ok(text.into()) } else { Err("does not start with postgres://".to_owned()) }
}

fn parse_redis_url(text: &str) -> Result<SecretString, String> {
    let known = text.starts_with("redis://") || text.starts_with("rediss://");
    if known { Ok(text.into()) } else { Err("does not start with redis:// or rediss://".to_owned()) }
}

fn parse_networks(text: &str) -> Result<Vec<Network>, String> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(Network::parse).collect()
}

/// As root the database runs as another user, who must reach the directory: a home or checkout is often closed to it.
fn default_data_dir() -> PathBuf {
    if os_user::is_root() { PathBuf::from("/var/lib/atria") } else { PathBuf::from(".atria") }
}

/// `target/site` for `target/release/atria`.
fn default_site_dir() -> PathBuf {
    let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.parent()?.join("site")));
    beside.filter(|path| path.is_dir()).unwrap_or_else(|| PathBuf::from("target/site"))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn config(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::from_source(&Source::from_pairs([("ATRIA_ENV", "test")].iter().chain(pairs).copied()))
    }

    #[test]
    fn the_public_url_follows_the_port_unless_it_is_set() {
        assert_eq!(
            config(&[("ATRIA_BIND", "0.0.0.0:8080")]).unwrap().public_url.as_str(),
            "http://localhost:8080"
        );
        let set = config(&[("ATRIA_PUBLIC_URL", "https://atria.example")]).unwrap();
        assert_eq!(set.public_url.as_str(), "https://atria.example");
    }

    #[test]
    fn every_wrong_value_is_reported_at_once_and_by_name() {
        let error =
            config(&[("ATRIA_BIND", "3000"), ("ATRIA_DB_POOL", "1"), ("DATABASE_URL", "mysql://root:pw@h")]);
        let problems = error.unwrap_err().0;
        let settings: Vec<&str> = problems.iter().map(|problem| problem.setting).collect();
        assert_eq!(settings, ["ATRIA_BIND", "ATRIA_DB_POOL", "DATABASE_URL"]);
        assert!(!problems[2].to_string().contains("root:pw"), "a login must not be printed");
    }

    #[test]
    fn a_config_prints_no_secret() {
        let canary = "canary-7f3a";
        let config = config(&[
            ("ATRIA_SECRET_KEY", canary),
            ("DATABASE_URL", "postgres://u:canary-7f3a@h/d"),
            ("ATRIA_REDIS_URL", "redis://:canary-7f3a@h"),
            ("ATRIA_SMTP_URL", "smtp://u:canary-7f3a@h"),
            ("ATRIA_STORAGE_URL", "s3://b"),
            ("ATRIA_S3_ACCESS_KEY", "key"),
            ("ATRIA_S3_SECRET_KEY", "canary-7f3a"),
        ])
        .unwrap();
        assert_eq!(config.secret_key.expose_secret(), canary);
        assert!(!format!("{config:?}").contains(canary));
    }

    #[test]
    fn development_keeps_the_key_it_made() {
        let directory = tempfile::tempdir().unwrap();
        let pairs = [("ATRIA_ENV", "development"), ("ATRIA_DATA_DIR", directory.path().to_str().unwrap())];
        let key =
            || Config::from_source(&Source::from_pairs(pairs)).unwrap().secret_key.expose_secret().to_owned();
        assert_eq!(key(), key());
        assert_eq!(key().len(), 64);
    }
}
