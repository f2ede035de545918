//! Logs, and the count of SQL statements a piece of work runs.

use std::cell::Cell;
use std::io::{self, IsTerminal};
use std::str::FromStr;

use tracing::field::{Field, Visit};
use tracing::subscriber::Interest;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::filter::{EnvFilter, LevelFilter, dynamic_filter_fn};
use tracing_subscriber::layer::{Context, Filter, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// The target under which sqlx tells of each statement, at DEBUG (slow ones at WARN).
const STATEMENT_TARGET: &str = "sqlx::query";

tokio::task_local! {
    static STATEMENTS: Cell<u32>;
}

/// Said before what `ATRIA_LOG` says, which wins for the same target: statements and notices of the database ("already
/// exists, skipping") would drown everything else.
const QUIET: &str = "sqlx::query=warn,sqlx::postgres::notice=warn";

/// How a log line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Coloured lines for a person at a terminal.
    Human,
    /// One JSON object per line for a collector.
    Json,
}

impl Format {
    /// [`Format::Human`] when standard error is a terminal.
    #[must_use]
    pub fn detect() -> Self {
        if io::stderr().is_terminal() { Self::Human } else { Self::Json }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "human" => Ok(Self::Human),
            "json" => Ok(Self::Json),
            _ => Err(format!("`{text}` is not human or json")),
        }
    }
}

/// Starts logging to standard error with `filter` (see `ATRIA_LOG`; parts that cannot be read are left out).
///
/// Only the first call in a process counts, so every test may call it. Statements are not logged, slow ones excepted,
/// unless the filter names `sqlx::query`.
pub fn init(format: Format, filter: &str) {
    let filter = EnvFilter::builder().parse_lossy(format!("{QUIET},{filter}"));
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    let lines = match format {
        Format::Human => lines.with_ansi(io::stderr().is_terminal()).boxed(),
        Format::Json => lines.json().flatten_event(true).boxed(),
    };
    let started = tracing_subscriber::registry()
        .with(lines.with_filter(filter))
        .with(StatementCounter.with_filter(statements_being_counted()))
        .try_init();
    if started.is_err() {
        tracing::trace!("logging had been started before");
    }
}

/// Runs `work` and counts the SQL statements that its own task sends meanwhile; BEGIN, COMMIT, ROLLBACK and
/// savepoints are not counted. Needs [`init`]. Tasks that `work` spawns count for nobody.
pub async fn counting<F: Future>(work: F) -> (F::Output, u32) {
    STATEMENTS
        .scope(Cell::new(0), async {
            let output = work.await;
            (output, STATEMENTS.with(Cell::get))
        })
        .await
}

/// Lets statements through only inside [`counting`], so that otherwise sqlx does not even compose the event.
fn statements_being_counted<S: Subscriber>() -> impl Filter<S> {
    dynamic_filter_fn(|metadata, _: &Context<'_, S>| {
        metadata.target() == STATEMENT_TARGET && STATEMENTS.try_with(|_| ()).is_ok()
    })
    .with_callsite_filter(|metadata| {
        if metadata.target() == STATEMENT_TARGET { Interest::sometimes() } else { Interest::never() }
    })
    .with_max_level_hint(LevelFilter::from_level(Level::DEBUG))
}

struct StatementCounter;

impl<S: Subscriber> Layer<S> for StatementCounter {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut summary = Summary::default();
        event.record(&mut summary);
        if !summary.is_transaction_control {
            // An event outside `counting` was let through for another layer: there is nobody to count for.
            STATEMENTS.try_with(|count| count.set(count.get() + 1)).unwrap_or_default();
        }
    }
}

/// Looks at the field `summary`, the first four words of the statement.
#[derive(Default)]
struct Summary {
    is_transaction_control: bool,
}

impl Visit for Summary {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" {
            let first = value.split_whitespace().next().unwrap_or_default().trim_end_matches(';');
            let control = ["begin", "commit", "rollback", "savepoint", "release"];
            self.is_transaction_control = control.iter().any(|word| first.eq_ignore_ascii_case(word));
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(summary: &str) {
        // As sqlx does: it asks first whether anybody listens.
        if tracing::enabled!(target: "sqlx::query", Level::DEBUG) {
            tracing::event!(target: "sqlx::query", Level::DEBUG, summary, db.statement = "", rows_affected = 0);
        }
    }

    #[tokio::test]
    async fn statements_are_counted_per_task_without_transaction_control() {
        init(Format::Human, "info");
        init(Format::Json, "info");
        statement("select outside any count");
        let ((), count) = counting(async {
            statement("BEGIN");
            statement("select a from b …");
            tokio::task::yield_now().await;
            statement("insert into b values …");
            statement("COMMIT");
            tokio::spawn(async { statement("select of another task") }).await.unwrap();
        })
        .await;
        assert_eq!(count, 2);
    }

    #[tokio::test]
    async fn two_counts_at_once_do_not_mix() {
        init(Format::Human, "info");
        let one = counting(async {
            statement("select 1");
            tokio::task::yield_now().await;
        });
        let three = counting(async {
            for _ in 0..3 {
                statement("select 1");
                tokio::task::yield_now().await;
            }
        });
        let (one, three) = tokio::join!(one, three);
        assert_eq!((one.1, three.1), (1, 3));
    }
}
