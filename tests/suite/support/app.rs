//! The program as `main` builds it, on port 0, with a clock that tests move and a mail server that listens.

use std::time::Duration as StdDuration;

use atria::config::{Config, Source};
use atria::endpoints::Endpoint;
use atria::postgres::DatabaseUrls;
use atria::{App, build_with_clock, serve, telemetry};
use services::{Clock, Services};
use time::Duration;
use time::macros::datetime;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::client::Client;
use super::database;
use super::smtp::SmtpInbox;

/// A running Atria of one test.
pub struct TestApp {
    pub services: Services,
    /// Routes that are neither pages nor server functions.
    pub endpoints: Vec<Endpoint>,
    /// `http://127.0.0.1:port`, also the only allowed Origin.
    pub origin: String,
    pub inbox: SmtpInbox,
    pub urls: DatabaseUrls,
    stop: CancellationToken,
    workers: TaskTracker,
    _data: tempfile::TempDir,
}

impl TestApp {
    /// Monday 4 May 2026, 09:00 UTC, until somebody moves it.
    pub async fn start() -> Self {
        Self::start_with(database::fresh_urls().await, &[]).await
    }

    /// With further settings, on a given database.
    pub async fn start_with(urls: DatabaseUrls, settings: &[(&str, &str)]) -> Self {
        telemetry::init(telemetry::Format::Human, "warn");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound port");
        let inbox = SmtpInbox::start().await;
        let data = tempfile::tempdir().expect("a data directory");
        let origin = format!("http://{address}");
        let (smtp, data_path) = (inbox.url(), data.path().display().to_string());
        let base = [
            ("ATRIA_ENV", "test"),
            ("ATRIA_PUBLIC_URL", origin.as_str()),
            ("ATRIA_DATA_DIR", data_path.as_str()),
            ("ATRIA_SMTP_URL", smtp.as_str()),
            ("ATRIA_MAIL_FROM", "Atria <atria@example.org>"),
            ("ATRIA_SITE_DIR", data_path.as_str()),
            ("ATRIA_DB_POOL", "10"),
            ("ATRIA_TRUSTED_PROXIES", "127.0.0.1"),
            // The clock stands: a test's minute never ends.
            ("ATRIA_REQUESTS_PER_PERSON", "1000000"),
            ("ATRIA_REQUESTS_PER_ADDRESS", "1000000"),
            ("ATRIA_MESSAGES_IN_5_SECONDS", "1000000"),
            ("ATRIA_MESSAGES_IN_A_MINUTE", "1000000"),
        ];
        let source = Source::from_pairs(base.into_iter().chain(settings.iter().copied()));
        let config = Config::from_source(&source).expect("the test settings are good");
        let stop = CancellationToken::new();
        let clock = Clock::manual(datetime!(2026-05-04 09:00 UTC));
        let App { router, endpoints, services, workers } =
            build_with_clock(config, urls.clone(), stop.clone(), clock).await.expect("Atria builds");
        tokio::spawn(serve::serve(listener, router, stop.clone(), StdDuration::from_secs(1)));
        Self { services, endpoints, origin, inbox, urls, stop, workers, _data: data }
    }

    /// A browser that nobody has used yet.
    pub fn browser(&self) -> Client {
        Client::new(&self.origin)
    }

    /// Stops serving and gives up the claim on the database; the services go on for the test.
    pub async fn stop(&mut self) {
        self.stop.cancel();
        self.workers.close();
        self.workers.wait().await;
    }

    /// Until something waits for a lock that the test holds; it must not end before.
    pub async fn until_it_waits<T>(&self, it: &tokio::task::JoinHandle<T>) {
        self.until_waiting(1, it).await;
    }

    /// The same of several that wait, the last of them with `it`.
    pub async fn until_waiting<T>(&self, number: i64, it: &tokio::task::JoinHandle<T>) {
        let waiting = "select count(*) from pg_stat_activity
                        where datname = current_database() and wait_event_type = 'Lock'";
        loop {
            let waiting: i64 =
                sqlx::query_scalar(waiting).fetch_one(&self.services.db).await.expect("a number");
            if waiting >= number {
                return;
            }
            assert!(!it.is_finished(), "it asked for no lock");
            tokio::task::yield_now().await;
        }
    }

    /// Until no transaction is open: a refused one is rolled back after its answer, and a sweep passes by what it still
    /// holds.
    pub async fn until_at_rest(&self) {
        let open = "select count(*) from pg_stat_activity
                     where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null";
        let at_rest = async {
            while sqlx::query_scalar::<_, i64>(open).fetch_one(&self.services.db).await.expect("a number") > 0
            {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(StdDuration::from_secs(30), at_rest).await.expect("a transaction stays open");
    }

    /// Moves the clock of the program forward.
    pub fn wait(&self, by: Duration) {
        self.services.clock.advance(by);
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}
