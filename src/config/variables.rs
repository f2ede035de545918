//! Every setting of Atria in one table: it drives `atria serve --help`, docs/operations.md and the reader.

/// One setting: an environment variable, and a key of the optional TOML file.
#[derive(Debug)]
pub struct Variable {
    /// The environment variable.
    pub name: &'static str,
    /// One sentence for the person who runs Atria.
    pub what: &'static str,
    pub default: Default,
}

/// What holds when a variable is not set.
#[derive(Debug)]
pub enum Default {
    /// This value, read like a typed one.
    Value(&'static str),
    /// A rule, in words.
    Rule(&'static str),
}

impl Variable {
    /// The variable called `name`.
    ///
    /// # Panics
    /// When the table has no such row: names are literals in this crate.
    #[must_use]
    pub fn named(name: &str) -> &'static Self {
        VARIABLES
            .iter()
            .find(|variable| variable.name == name)
            .expect("each variable read has a row in VARIABLES")
    }

    /// Its key in the TOML file: `ATRIA_PUBLIC_URL` is `public_url`, `DATABASE_URL` is `database_url`.
    #[must_use]
    pub fn file_key(&self) -> String {
        self.name.strip_prefix("ATRIA_").unwrap_or(self.name).to_lowercase()
    }

    /// Its row in the table of docs/operations.md.
    #[must_use]
    pub fn markdown_row(&self) -> String {
        let default = match self.default {
            Default::Value(value) => format!("`{value}`"),
            Default::Rule(rule) => rule.to_owned(),
        };
        format!("| `{}` | {} | {default} |", self.name, self.what)
    }
}

/// The list at the end of `atria serve --help`.
#[must_use]
pub fn help() -> String {
    let mut text = String::from(
        "Settings (environment variables; in the TOML file without ATRIA_ and in lower case; the environment wins):\n",
    );
    for variable in &VARIABLES {
        let (Default::Value(default) | Default::Rule(default)) = variable.default;
        text.push_str(&format!("\n  {}\n      {}\n      Default: {default}\n", variable.name, variable.what));
    }
    text
}

const fn value(name: &'static str, default: &'static str, what: &'static str) -> Variable {
    Variable { name, what, default: Default::Value(default) }
}

const fn rule(name: &'static str, default: &'static str, what: &'static str) -> Variable {
    Variable { name, what, default: Default::Rule(default) }
}

/// The table, in the order in which somebody sets Atria up.
pub const VARIABLES: [Variable; 35] = [
    value(
        "ATRIA_ENV",
        "development",
        "development, production or test. Production refuses to start on unsafe settings.",
    ),
    rule(
        "ATRIA_CONFIG",
        "none",
        "Path of the TOML file; the same as --config. Unknown keys in it are an error.",
    ),
    rule(
        "ATRIA_PUBLIC_URL",
        "http://localhost with the port of ATRIA_BIND",
        "The address people type, without a path. Every link and the Origin check use it, never the Host header.",
    ),
    value("ATRIA_BIND", "127.0.0.1:3000", "IP address and port to listen on."),
    rule(
        "ATRIA_DATA_DIR",
        "/var/lib/atria as root, else .atria in the working directory",
        "Directory for the private database, uploaded files and generated secrets.",
    ),
    rule(
        "DATABASE_URL",
        "none: a private PostgreSQL in the data directory",
        "postgres://… of the role that serves requests, on PostgreSQL 15 or later.",
    ),
    rule(
        "ATRIA_MIGRATION_DATABASE_URL",
        "DATABASE_URL",
        "postgres://… of the role that owns the tables; used at start for migrations only.",
    ),
    value("ATRIA_DB_POOL", "20", "Most database connections of one process, 2 to 500."),
    rule(
        "ATRIA_PG_BIN",
        "the newest PostgreSQL found, or the one that made the database",
        "Directory with initdb, pg_ctl and postgres for the private database.",
    ),
    value("ATRIA_PG_USER", "postgres", "System user that runs the private database when root starts Atria."),
    rule(
        "ATRIA_SECRET_KEY",
        "in development a generated one, kept in the data directory",
        "At least 32 characters; make one with: openssl rand -hex 32",
    ),
    rule("ATRIA_SECRET_KEY_FILE", "none", "A file that holds the secret key, instead of ATRIA_SECRET_KEY."),
    rule(
        "ATRIA_REDIS_URL",
        "none: one process",
        "redis:// or rediss://, Redis or Valkey. Needed when several processes share a database.",
    ),
    rule(
        "ATRIA_STORAGE_URL",
        "file: in the data directory",
        "Where uploads are kept: file:/path, s3://bucket or s3://bucket/prefix.",
    ),
    rule("ATRIA_S3_ENDPOINT", "Amazon's own", "https://… of the S3-compatible service that has the bucket."),
    value("ATRIA_S3_REGION", "us-east-1", "Region of the bucket; most other services take any."),
    rule("ATRIA_S3_ACCESS_KEY", "none", "Key that may read, write, list and delete in the bucket."),
    rule("ATRIA_S3_SECRET_KEY", "none", "The secret that belongs to the key."),
    value(
        "ATRIA_REQUESTS_PER_PERSON",
        "600",
        "Most requests of one person within a minute, without files and pictures.",
    ),
    value(
        "ATRIA_REQUESTS_PER_ADDRESS",
        "1200",
        "Most requests from one network address within a minute; raise it where many people share one.",
    ),
    value(
        "ATRIA_SOCKETS_PER_PERSON",
        "10",
        "Most live connections of one person; each page in sight has one.",
    ),
    value(
        "ATRIA_SOCKETS_PER_ADDRESS",
        "50",
        "Most live connections from one network address; raise it where many people share one, as at a venue.",
    ),
    value("ATRIA_MESSAGES_IN_5_SECONDS", "5", "Most messages of one person to one room within five seconds."),
    value("ATRIA_MESSAGES_IN_A_MINUTE", "30", "Most messages of one person to one room within a minute."),
    value("ATRIA_UPLOAD_MB_PER_DAY", "50", "Most megabytes one person may upload within a day."),
    value("ATRIA_UPLOAD_MB_PER_EVENT", "1024", "Most megabytes of pictures kept for one event."),
    value(
        "ATRIA_UPLOAD_MB_PER_ORGANIZATION",
        "10240",
        "Most megabytes of pictures kept for all events of an organization.",
    ),
    rule(
        "ATRIA_SMTP_URL",
        "none: development keeps mails as files",
        "smtps://user:password@host (TLS at once) or smtp://user:password@host:587 (STARTTLS required). \
         ?tls=none turns TLS off; production allows that to a loopback address only.",
    ),
    value("ATRIA_MAIL_FROM", "Atria <atria@localhost>", "Sender of all mail."),
    rule(
        "ATRIA_ABUSE_CONTACT",
        "none: such reports can't be made, and the page offers to block",
        "Address that gets the reports that no event's moderators can answer: of direct messages between people who have \
         no event in common, and about whoever alone moderates an event.",
    ),
    value(
        "ATRIA_PUSH_SERVICES",
        "fcm.googleapis.com, *.push.services.mozilla.com, *.push.apple.com, *.notify.windows.com",
        "Hosts of browsers' push services that Atria sends to; browsers of others are not pushed to. none turns pushes off.",
    ),
    rule(
        "ATRIA_TRUSTED_PROXIES",
        "none",
        "Comma-separated addresses or networks (10.0.0.5, 10.1.0.0/16) whose X-Forwarded-For is believed.",
    ),
    value("ATRIA_LOG", "info", "Log filter, such as info or info,services=debug."),
    rule("ATRIA_SITE_DIR", "site beside the directory of the program", "Directory of the built web files."),
    rule("ATRIA_LOG_FORMAT", "human in a terminal, otherwise json", "human or json."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_operations_page_lists_every_variable_as_the_program_does() {
        let page = include_str!("../../docs/operations.md");
        let rows: Vec<String> = VARIABLES.iter().map(Variable::markdown_row).collect();
        let written: Vec<&str> = page
            .lines()
            .filter(|line| line.starts_with("| `ATRIA_") || line.starts_with("| `DATABASE_"))
            .collect();
        assert_eq!(written, rows, "copy the rows into docs/operations.md:\n{}", rows.join("\n"));
    }

    #[test]
    fn the_help_names_every_variable() {
        let help = help();
        for variable in &VARIABLES {
            assert!(help.contains(variable.name), "{} is missing", variable.name);
        }
    }
}
