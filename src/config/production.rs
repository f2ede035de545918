//! What production refuses to start with.

use std::collections::HashSet;
use std::fmt;

use secrecy::ExposeSecret;

use super::{Config, Environment};

/// Shortest secret key that production accepts, in characters.
pub const SECRET_KEY_MIN_CHARS: usize = 32;

/// Words of keys that were copied from an example.
const SAMPLE_WORDS: [&str; 7] =
    ["changeme", "change-me", "change_me", "example", "sample", "secret", "password"];

/// One setting that is wrong, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The variable or database setting at fault.
    pub setting: &'static str,
    /// What is wrong, without quoting a secret.
    pub wrong: String,
    /// What to do about it.
    pub mend: String,
}

impl Problem {
    pub fn new(setting: &'static str, wrong: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { setting, wrong: wrong.into(), mend: mend.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}. {}", self.setting, self.wrong, self.mend)
    }
}

impl std::error::Error for Problem {}

impl Config {
    /// Whether these settings may face strangers. Outside production anything goes.
    ///
    /// The database's own settings are checked by [`crate::postgres::check_database`] once it is reachable.
    ///
    /// # Errors
    /// Every problem found, not only the first.
    pub fn check_production(&self) -> Result<(), Vec<Problem>> {
        if self.environment != Environment::Production {
            return Ok(());
        }
        let problems: Vec<Problem> = [
            self.secret_key_problem(),
            self.public_url_problem(),
            self.proxy_problem(),
            self.mail_problem(),
            self.push_problem(),
        ]
        .into_iter()
        .flatten()
        .collect();
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    fn secret_key_problem(&self) -> Option<Problem> {
        let key = self.secret_key.expose_secret();
        let distinct: HashSet<char> = key.chars().collect();
        let lower = key.to_lowercase();
        let wrong = if key.is_empty() {
            "no secret key is set".to_owned()
        } else if key.chars().count() < SECRET_KEY_MIN_CHARS {
            format!("the secret key is shorter than {SECRET_KEY_MIN_CHARS} characters")
        } else if distinct.len() < 8 || SAMPLE_WORDS.iter().any(|word| lower.contains(word)) {
            "the secret key looks like a sample that others know".to_owned()
        } else {
            return None;
        };
        Some(Problem::new(
            "ATRIA_SECRET_KEY",
            wrong,
            "Make one with `openssl rand -hex 32` and keep it in a file named by ATRIA_SECRET_KEY_FILE.",
        ))
    }

    fn public_url_problem(&self) -> Option<Problem> {
        (!self.public_url.is_https()).then(|| {
            Problem::new(
                "ATRIA_PUBLIC_URL",
                format!("{} is not https, so cookies and passwords would travel readable", self.public_url),
                "Set the https:// address that people type; docs/operations.md shows a reverse proxy for it.",
            )
        })
    }

    fn proxy_problem(&self) -> Option<Problem> {
        let everyone = self.trusted_proxies.iter().find(|network| network.is_everyone())?;
        Some(Problem::new(
            "ATRIA_TRUSTED_PROXIES",
            format!("{everyone} lets strangers forge their address and so evade rate limits"),
            "List only the addresses of your own proxies.",
        ))
    }

    fn push_problem(&self) -> Option<Problem> {
        let plain = self.push_services.plain()?;
        Some(Problem::new(
            "ATRIA_PUSH_SERVICES",
            format!("{plain} would be spoken to in the clear"),
            "Name hosts; they are spoken to by https.",
        ))
    }

    fn mail_problem(&self) -> Option<Problem> {
        match &self.smtp {
            None => Some(Problem::new(
                "ATRIA_SMTP_URL",
                "no mail server is set, so nobody could confirm an address",
                "Set smtps://user:password@host or smtp://user:password@host:587.",
            )),
            Some(smtp) if smtp.is_exposed() => Some(Problem::new(
                "ATRIA_SMTP_URL",
                "?tls=none would send mail readable by others",
                "Remove ?tls=none, or use a mail server on this machine.",
            )),
            Some(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Source;

    const SAFE: [(&str, &str); 5] = [
        ("ATRIA_ENV", "production"),
        ("ATRIA_SECRET_KEY", "8f2c51f6a0a94f0b9d3b7e6c1d20a7e5"),
        ("ATRIA_PUBLIC_URL", "https://atria.example"),
        ("ATRIA_SMTP_URL", "smtps://mail.example"),
        ("ATRIA_TRUSTED_PROXIES", "10.0.0.0/8"),
    ];

    fn refused(over: &[(&'static str, &str)]) -> Vec<&'static str> {
        let mut source = Source::from_pairs(SAFE);
        for (name, value) in over {
            source.set(name, *value);
        }
        let config = Config::from_source(&source).unwrap();
        config.check_production().err().unwrap_or_default().iter().map(|problem| problem.setting).collect()
    }

    #[test]
    fn production_starts_on_safe_settings() {
        assert_eq!(refused(&[]), Vec::<&str>::new());
    }

    #[test]
    fn production_refuses_each_unsafe_setting_by_name() {
        assert_eq!(refused(&[("ATRIA_SECRET_KEY", "short")]), ["ATRIA_SECRET_KEY"]);
        assert_eq!(refused(&[("ATRIA_SECRET_KEY", &"ab".repeat(20))]), ["ATRIA_SECRET_KEY"]);
        assert_eq!(
            refused(&[("ATRIA_SECRET_KEY", "CHANGEME-8f2c51f6a0a94f0b9d3b7e6c1d2")]),
            ["ATRIA_SECRET_KEY"]
        );
        assert_eq!(refused(&[("ATRIA_PUBLIC_URL", "http://atria.example")]), ["ATRIA_PUBLIC_URL"]);
        assert_eq!(refused(&[("ATRIA_TRUSTED_PROXIES", "::1,0.0.0.0/0")]), ["ATRIA_TRUSTED_PROXIES"]);
        assert_eq!(refused(&[("ATRIA_SMTP_URL", "smtp://mail.example?tls=none")]), ["ATRIA_SMTP_URL"]);
        assert_eq!(refused(&[("ATRIA_PUSH_SERVICES", "http://10.0.0.1:9000")]), ["ATRIA_PUSH_SERVICES"]);
    }

    #[test]
    fn production_reports_everything_that_is_missing_at_once() {
        let config = Config::from_source(&Source::from_pairs([("ATRIA_ENV", "production")])).unwrap();
        let settings: Vec<&str> =
            config.check_production().unwrap_err().iter().map(|problem| problem.setting).collect();
        assert_eq!(settings, ["ATRIA_SECRET_KEY", "ATRIA_PUBLIC_URL", "ATRIA_SMTP_URL"]);
    }

    #[test]
    fn development_starts_without_any_of_them() {
        assert_eq!(refused(&[("ATRIA_ENV", "test"), ("ATRIA_SECRET_KEY", "short")]), Vec::<&str>::new());
    }
}
