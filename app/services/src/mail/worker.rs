use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream;
use time::OffsetDateTime;
use tokio_util::sync::CancellationToken;

use super::Transport;
use super::attempt::{Verdict, attempt};
use super::queries::{self, ClaimedMail, Content};
use crate::{Outcome, Services};

/// Mails taken up at once.
const ROUND: i64 = 10;
/// Connections to the mail server at once. A round of timeouts, two after another, ends well before the claim, also when
/// noting the first of them has to wait for the database.
const AT_ONCE: usize = 5;
/// How long a mail stays with a worker that crashed.
const CLAIM: time::Duration = time::Duration::minutes(2);
/// How late a retry, a mail of another process or a forgotten wake may be.
const POLL: Duration = Duration::from_secs(5);
/// Between the tries to note how a mail ended, well within the claim.
const NOTE_PAUSES: [Duration; 3] =
    [Duration::from_millis(100), Duration::from_millis(500), Duration::from_secs(2)];
/// What a stopping process grants the mails that are on their way.
const STOP_GRACE: Duration = Duration::from_secs(10);

/// Sends mails until `stop`; then finishes those on their way, at most 10 s.
///
/// Several workers, also in other processes, share the outbox. What is cut off goes out again when its claim
/// ends, so a receiver may see that one mail twice.
pub async fn run(services: Services, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let mut round = Box::pin(deliver_due(&services));
        let taken = tokio::select! {
            taken = &mut round => taken,
            () = stop.cancelled() => {
                if tokio::time::timeout(STOP_GRACE, round).await.is_err() {
                    tracing::warn!("stopped while mails were on their way; they are sent again");
                }
                return;
            }
        };
        match taken {
            Ok(1..) => continue,
            Ok(0) => {}
            Err(error) => tracing::warn!(%error, "the outbox can't be read: {error}"),
        }
        tokio::select! {
            () = services.outbox.written(POLL) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// One round: takes up to 10 due mails, sends them, and notes how each ended. Answers how many it took.
///
/// # Errors
/// The database failed. Mails whose end could not be noted are sent again when their claim runs out.
pub async fn deliver_due(services: &Services) -> Outcome<usize> {
    let now = services.clock.now();
    let due = queries::claim_due(&mut *services.db.acquire().await?, now, now + CLAIM, ROUND).await?;
    let taken = due.len();
    let ends: Vec<Outcome<()>> =
        stream::iter(due).map(|mail| deliver(services, mail)).buffer_unordered(AT_ONCE).collect().await;
    if taken > 0 {
        services.outbox.transport().close_idle().await;
    }
    ends.into_iter().collect::<Outcome<()>>()?;
    Ok(taken)
}

async fn deliver(services: &Services, mail: ClaimedMail) -> Outcome<()> {
    let verdict = attempt(services, &mail).await;
    log(&mail, &verdict);
    let now = services.clock.now();
    let content = match (services.outbox.transport(), &verdict) {
        (Transport::Files(_), _) => Content::Keep,
        // Nothing else is kept of such a report: who runs the instance can still read it.
        (Transport::Smtp(_), Verdict::Failed { .. }) if mail.kind == "abuse_report" => Content::Keep,
        (Transport::Smtp(_), _) => Content::Forget,
    };
    // What is not noted goes out a second time. Contention and failovers pass in moments, and nothing tells when: so it waits
    // between the tries; once the pool is closed there is nothing to wait for.
    for pause in NOTE_PAUSES {
        match note(services, &mail, &verdict, now, content).await {
            Err(error) if error.is_busy() && !services.db.is_closed() => tokio::time::sleep(pause).await,
            noted => return noted,
        }
    }
    note(services, &mail, &verdict, now, content).await
}

/// Notes how it ended; again is as once.
async fn note(
    services: &Services,
    mail: &ClaimedMail,
    verdict: &Verdict,
    now: OffsetDateTime,
    content: Content,
) -> Outcome<()> {
    let mut connection = services.db.acquire().await?;
    match verdict {
        Verdict::Sent { answer } => {
            queries::mark_sent(&mut connection, mail.id, now, answer, content).await?;
        }
        Verdict::Failed { answer } => {
            queries::mark_failed(&mut connection, mail, now, answer, content).await?;
        }
        Verdict::Later { at, answer } => queries::postpone(&mut connection, mail, *at, answer).await?,
    }
    Ok(())
}

/// Without the answer: servers like to repeat the address in it. It's in the operator's list.
fn log(mail: &ClaimedMail, verdict: &Verdict) {
    let ClaimedMail { id, kind, attempts, .. } = mail;
    match verdict {
        Verdict::Sent { .. } => tracing::debug!(%id, kind, attempts, "mail {id} ({kind}) is sent"),
        Verdict::Failed { .. } => tracing::warn!(%id, kind, attempts, "mail {id} ({kind}) failed for good"),
        Verdict::Later { at, .. } => {
            tracing::info!(%id, kind, attempts, %at, "mail {id} ({kind}) did not leave; next attempt at {at}");
        }
    }
}
