use std::sync::Arc;
use std::time::Duration;

use domain::ids::NotificationId;
use domain::notifications::{News, NotificationKind, NotificationView};
use domain::time::Timestamp;
use reqwest::StatusCode;
use reqwest::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE};
use serde_json::json;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use url::Url;
use web_push_native::p256::PublicKey;
use web_push_native::{Auth, encrypt};

use super::PushServices;
use super::queries::{self, DueRow};
use crate::{Outcome, ServiceError, Services, periodic};

const LOOK_EVERY: Duration = Duration::from_secs(2);
/// Notifications claimed in one statement.
const AT_ONCE: i64 = 100;
/// Requests to one push service under way at the same time.
const REQUESTS: usize = 16;
/// Pushes under way at the same time, waiting ones too; the rest stays due.
const UNDER_WAY: usize = 2000;
/// So long a push waits for its turn.
const TURN_WITHIN: Duration = Duration::from_secs(60);
/// Seconds: after that it is no news.
const TTL: u32 = 14_400;
/// Of what begins in ten minutes.
const SOON_TTL: u32 = 600;
/// Between the tries of one push; after the last it is given up, for it stands in the list.
const PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(5)];
/// Push services take 4 kB; a screen shows less.
const MOST_TITLE: usize = 200;
const MOST_BODY: usize = 400;

/// Looks every two seconds, until `stop`; what is under way then is lost, and stands in the lists.
pub async fn run(services: Services, stop: CancellationToken) {
    let mut under_way = JoinSet::new();
    while periodic::again(LOOK_EVERY, &stop).await {
        while under_way.try_join_next().is_some() {}
        if let Some(Err(error)) = stop.run_until_cancelled(claim(&services, &mut under_way)).await {
            tracing::warn!(%error, "nothing was pushed: {error}");
        }
    }
}

/// Pushes what is due and still unread, each once, also by several nodes, and waits until it is done. What goes wrong
/// with one is logged, and the others go out.
///
/// # Errors
/// Database errors only, of reading what is due.
pub async fn push_due(services: &Services) -> Outcome<()> {
    let mut under_way = JoinSet::new();
    claim(services, &mut under_way).await?;
    under_way.join_all().await;
    Ok(())
}

/// Sends all that is due on its way. Each push service has a lane of its own, so that a slow one holds up no other;
/// when [`UNDER_WAY`] pushes are under way, be they of one service, the rest stays due until some are done or gave up.
async fn claim(services: &Services, under_way: &mut JoinSet<()>) -> Outcome<()> {
    loop {
        while under_way.len() >= UNDER_WAY {
            under_way.join_next().await;
        }
        let claimed = queries::claim_due(&services.db, services.clock.now(), AT_ONCE).await?;
        if claimed.is_empty() {
            return Ok(());
        }
        for row in claimed.into_iter().filter_map(queries::ClaimedRow::into_due) {
            // The list may have become shorter since; it may become longer again, so the browser is kept.
            let Some((endpoint, entry)) = services.push.0.services.parse_endpoint(&row.endpoint) else {
                continue;
            };
            let lane = Arc::clone(&services.push.0.lanes.0[entry]);
            let services = services.clone();
            under_way.spawn(async move {
                if let Err(error) = push(&services, &row, &endpoint, &lane).await {
                    tracing::warn!(%error, notification = %row.id, "a push was lost: {error}");
                }
            });
        }
    }
}

/// The requests to each push service of the list that may be under way at the same time.
#[derive(Debug)]
pub(super) struct Lanes(Vec<Arc<Semaphore>>);

impl Lanes {
    pub(super) fn of(services: &PushServices) -> Self {
        Self((0..services.len()).map(|_| Arc::new(Semaphore::new(REQUESTS))).collect())
    }
}

/// What became of one request.
enum Answer {
    Taken,
    /// The browser has no such subscription any more.
    Gone,
    Refused(StatusCode),
    /// It may be taken a little later.
    Later(String),
}

async fn push(services: &Services, row: &DueRow, endpoint: &Url, lane: &Semaphore) -> Outcome<()> {
    let body = sealed(row)?;
    for pause in PAUSES.into_iter().map(Some).chain([None]) {
        // Who is told was asked when it was claimed: too long ago, it may be somebody who signed out or blocked since.
        let turn = tokio::time::timeout(TURN_WITHIN, lane.acquire()).await;
        let turn = turn.map_err(|_| ServiceError::Broken("the push service is too slow".to_owned()))?;
        let turn = turn.map_err(|error| ServiceError::Broken(error.to_string()))?;
        let answer = request(services, row, endpoint.clone(), body.clone()).await;
        // Nobody waits for the pause of another.
        drop(turn);
        let why = match answer {
            Answer::Taken => return Ok(()),
            Answer::Gone => return Ok(queries::delete_endpoint(&services.db, &row.endpoint).await?),
            // 401 and 403 too: then it is our signature that the service takes for wrong, and no fault of the browser.
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

async fn request(services: &Services, row: &DueRow, endpoint: Url, body: Vec<u8>) -> Answer {
    let push = &services.push.0;
    let origin = endpoint.origin().ascii_serialization();
    let (ttl, urgency) = News::from_stored(&row.news).map_or((TTL, "normal"), |news| weight(news.kind()));
    let sent = push
        .http
        .post(endpoint)
        .header("TTL", ttl.to_string())
        .header("Urgency", urgency)
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
        Ok(StatusCode::NOT_FOUND | StatusCode::GONE) => Answer::Gone,
        Ok(status) if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() => {
            Answer::Later(format!("the push service answered {status}"))
        }
        Ok(status) => Answer::Refused(status),
        // Without the address: whoever knows it can push there.
        Err(error) => Answer::Later(error.without_url().to_string()),
    }
}

/// For how many seconds a push service keeps it for a browser that is off, and whether it wakes one that dozes
/// (RFC 8030, 5.3).
const fn weight(kind: NotificationKind) -> (u32, &'static str) {
    match kind {
        NotificationKind::SessionStarting => (SOON_TTL, "high"),
        NotificationKind::DirectMessage | NotificationKind::Mention | NotificationKind::Security => {
            (TTL, "high")
        }
        NotificationKind::ConnectionRequest
        | NotificationKind::ConnectionAccepted
        | NotificationKind::Invitation
        | NotificationKind::Registration
        | NotificationKind::Promotion
        | NotificationKind::EventChanged
        | NotificationKind::EventCancelled
        | NotificationKind::EventReminder
        | NotificationKind::SessionChanged
        | NotificationKind::RoleChanged
        | NotificationKind::MessageModerated
        | NotificationKind::Restricted
        | NotificationKind::Banned
        | NotificationKind::ReportOpened
        | NotificationKind::ReportOutcome => (TTL, "normal"),
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
