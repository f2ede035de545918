//! The program as a process of its own, on the database of a [`TestApp`].

use std::process::Stdio;
use std::time::Duration;

use secrecy::ExposeSecret as _;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use super::{Client, TestApp, ports};

/// A start takes as long as the machine needs; beyond this it hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running `atria serve`; it ends with this value.
pub struct Server {
    /// `http://127.0.0.1:port`, also the only allowed Origin.
    pub origin: String,
    settings: Vec<(String, String)>,
    process: Child,
    _data: tempfile::TempDir,
}

impl Server {
    /// Starts with further settings; answers when it is ready.
    pub async fn start(app: &TestApp, settings: &[(&str, &str)]) -> Self {
        let address = format!("127.0.0.1:{}", ports::free());
        let origin = format!("http://{address}");
        let data = tempfile::tempdir().expect("a data directory");
        let (smtp, data_path) = (app.inbox.url(), data.path().display().to_string());
        let base = [
            ("ATRIA_ENV", "test"),
            ("ATRIA_BIND", &address),
            ("ATRIA_PUBLIC_URL", &origin),
            ("ATRIA_DATA_DIR", &data_path),
            ("ATRIA_SMTP_URL", &smtp),
            ("ATRIA_LOG", "error"),
            ("ATRIA_TRUSTED_PROXIES", "127.0.0.1"),
            ("ATRIA_REQUESTS_PER_PERSON", "1000000"),
            ("ATRIA_REQUESTS_PER_ADDRESS", "1000000"),
            ("ATRIA_MESSAGES_IN_5_SECONDS", "1000000"),
            ("ATRIA_MESSAGES_IN_A_MINUTE", "1000000"),
            ("DATABASE_URL", app.urls.runtime.expose_secret()),
            ("ATRIA_MIGRATION_DATABASE_URL", app.urls.owner.expose_secret()),
        ];
        let settings: Vec<(String, String)> = base
            .into_iter()
            .chain(settings.iter().copied())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let process = run(&settings).await;
        Self { origin, settings, process, _data: data }
    }

    /// A browser that nobody has used yet.
    pub fn browser(&self) -> Client {
        Client::new(&self.origin)
    }

    /// SIGKILL: no goodbye.
    pub async fn crash(&mut self) {
        self.process.kill().await.expect("the process can be killed");
    }

    /// Starts it again where it was, with the data it left.
    pub async fn restart(&mut self) {
        self.process = run(&self.settings).await;
    }
}

async fn run(settings: &[(String, String)]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_atria"));
    // A developer's own settings must not reach the process under test; where PostgreSQL is may.
    for (name, _) in std::env::vars() {
        if name.starts_with("ATRIA_") && !name.starts_with("ATRIA_PG_") {
            command.env_remove(name);
        }
    }
    command.arg("serve").envs(settings.iter().map(|(name, value)| (name, value)));
    let mut process = command.stdout(Stdio::piped()).kill_on_drop(true).spawn().expect("the program starts");
    says(&mut process, "Atria is ready").await;
    process
}

/// Waits until a process prints a line with this text; what it prints later is read and dropped, so that it never
/// blocks.
pub async fn says(process: &mut Child, text: &str) {
    let mut lines = BufReader::new(process.stdout.take().expect("its output is ours")).lines();
    let mut said = Vec::new();
    let listened = tokio::time::timeout(PATIENCE, async {
        while let Some(line) = lines.next_line().await.expect("its output can be read") {
            said.push(line);
            if said.last().is_some_and(|line| line.contains(text)) {
                return true;
            }
        }
        false
    });
    let heard = listened.await;
    assert_eq!(heard, Ok(true), "it never said {text:?}, only: {}", said.join("\n"));
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
}
