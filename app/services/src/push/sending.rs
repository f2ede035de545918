use std::time::Duration;

use domain::ids::NotificationId;
use domain::notifications::{News, NotificationView};
use domain::time::Timestamp;
use futures_util::StreamExt as _;
use reqwest::StatusCode;
use reqwest::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE};
use serde_json::json;
use tokio_util::sync::CancellationToken;
use web_push_native::p256::PublicKey;
use web_push_native::{Auth, encrypt};

use super::queries::{self, DueRow};
use crate::{Outcome, ServiceError, Services, periodic};

const LOOK_EVERY: Duration = Duration::from_secs(2);
/// Notifications claimed in one statement.
const AT_ONCE: i64 = 100;
/// Requests under way at the same time.
const REQUESTS: usize = 16;
/// So long a push service keeps it for a browser that is off: after that it is no news.
const TTL_SECONDS: &str = "14400";
/// Between the tries of one push; after the last it is given up, for it stands in the list.
const PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(5)];
/// Push services take 4 kB; a screen shows less.
const MOST_TITLE: usize = 200;
const MOST_BODY: usize = 400;

/// Looks every two seconds, until `stop`.
pub async fn run(services: Services, stop: CancellationToken) {
    while periodic::again(LOOK_EVERY, &stop).await {
        if let Some(Err(error)) = stop.run_until_cancelled(push_due(&services)).await {
            tracing::warn!(%error, "nothing was pushed: {error}");
        }
    }
}

/// Pushes what is due and still unread, each once, also by several nodes. What goes wrong with one is logged, and the
/// others go out.
///
/// # Errors
/// Database errors only, of reading what is due.
pub async fn push_due(services: &Services) -> Outcome<()> {
    loop {
        let due = queries::claim_due(&services.db, services.clock.now(), AT_ONCE).await?;
        if due.is_empty() {
            return Ok(());
        }
        futures_util::stream::iter(due)
            .for_each_concurrent(REQUESTS, |row| async move {
                if let Err(error) = push(services, &row).await {
                    tracing::warn!(%error, notification = %row.id, "a push was lost: {error}");
                }
            })
            .await;
    }
}

/// What became of one request.
enum Answer {
    Taken,
    /// The browser has no such subscription any more, or it is one for another key.
    Gone,
    Refused(StatusCode),
    /// It may be taken a little later.
    Later(String),
}

async fn push(services: &Services, row: &DueRow) -> Outcome<()> {
    let body = sealed(row)?;
    for pause in PAUSES.into_iter().map(Some).chain([None]) {
        let why = match request(services, row, body.clone()).await {
            Answer::Taken => return Ok(()),
            Answer::Gone => return Ok(queries::delete_endpoint(&services.db, &row.endpoint).await?),
            Answer::Refused(status) => {
                return Err(ServiceError::Broken(format!("the push service answered {status}")));
            }
            Answer::Later(why) => why,
        };
        let Some(pause) = pause else { return Err(ServiceError::Broken(why)) };
        tokio::time::sleep(pause).await;
    }
    Ok(())
}

async fn request(services: &Services, row: &DueRow, body: Vec<u8>) -> Answer {
    let push = &services.push.0;
    // The list may have become shorter since.
    let Some(endpoint) = push.services.parse_endpoint(&row.endpoint) else { return Answer::Gone };
    let origin = endpoint.origin().ascii_serialization();
    let sent = push
        .http
        .post(endpoint)
        .header("TTL", TTL_SECONDS)
        // One that is counted up takes the place of what waits.
        .header("Topic", row.id.simple().to_string())
        .header(CONTENT_TYPE, "application/octet-stream")
        .header(CONTENT_ENCODING, "aes128gcm")
        .header(AUTHORIZATION, push.key.authorization(&origin, &push.contact, services.clock.now()))
        .body(body)
        .send()
        .await;
    match sent.map(|answer| answer.status()) {
        Ok(status) if status.is_success() => Answer::Taken,
        Ok(StatusCode::NOT_FOUND | StatusCode::GONE | StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => {
            Answer::Gone
        }
        Ok(status) if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() => {
            Answer::Later(format!("the push service answered {status}"))
        }
        Ok(status) => Answer::Refused(status),
        // Without the address: whoever knows it can push there.
        Err(error) => Answer::Later(error.without_url().to_string()),
    }
}

/// What the service worker shows, sealed for the one browser.
fn sealed(row: &DueRow) -> Outcome<Vec<u8>> {
    let news = News::from_stored(&row.news)
        .ok_or_else(|| ServiceError::unknown_value("notifications.news", &row.news))?;
    let view = NotificationView {
        id: NotificationId::new(row.id),
        news,
        actor: row.actor.clone(),
        subject: row.subject.clone(),
        detail: row.detail.clone(),
        times: row.times,
        at: Timestamp::from(row.created_at),
        is_read: false,
    };
    let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    let message = json!({
        "id": row.id,
        "title": cut(&view.sentence(), MOST_TITLE),
        "body": cut(row.detail.as_deref().unwrap_or_default(), MOST_BODY),
        "link": row.link,
    });
    let key = PublicKey::from_sec1_bytes(&row.public_key)
        .map_err(|error| ServiceError::Broken(format!("a browser's key: {error}")))?;
    let auth = Auth::from_exact_iter(row.auth_secret.iter().copied())
        .ok_or_else(|| ServiceError::Broken("a browser's secret has another length".to_owned()))?;
    encrypt(message.to_string().into_bytes(), &key, &auth)
        .map_err(|error| ServiceError::Broken(format!("sealing a push: {error}")))
}
