use domain::SignedIn;
use domain::ids::{NotificationId, UserId};
use domain::notifications::{News, NotificationView};
use domain::paging::{Keyset, PageSize};
use domain::realtime::{ServerFrame, Topic};
use domain::time::Timestamp;
use time::Duration;

use super::queries::{self, NotificationRow};
use crate::cursor::Cursor;
use crate::{Outcome, ServiceError, Services};

/// How long news is kept (specification 18.1).
const KEPT_FOR: Duration = Duration::days(90);
const LIST: &str = "notifications";

/// A part of what a person was told, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Centre {
    pub items: Keyset<NotificationView>,
    /// Capped at 100.
    pub unread: i64,
    /// The position of the newest one shown, for "mark all read".
    pub newest: i64,
}

/// What a person was told, from `cursor` on, or the newest part: two statements.
///
/// # Errors
/// [`domain::FieldErrors`] on `cursor` when it is malformed or made for another list or viewer.
pub async fn centre(
    services: &Services,
    person: &SignedIn,
    cursor: Option<&str>,
    limit: PageSize,
) -> Outcome<Centre> {
    let cursor = cursor.map(|sealed| Cursor::open(services, LIST, person.user, sealed)).transpose()?;
    let (db, user, wanted) = (&services.db, person.user.get(), limit.get() + 1);
    let mut rows = match cursor {
        None => queries::older_than(db, user, None, wanted).await?,
        Some(Cursor::Before(below)) => queries::older_than(db, user, Some(below), wanted).await?,
        Some(Cursor::After(above)) => queries::newer_than(db, user, above, wanted).await?,
    };
    let shown = usize::try_from(limit.get()).unwrap_or(usize::MAX);
    let has_more = rows.len() > shown;
    rows.truncate(shown);
    let (has_newer, has_older) = match cursor {
        None => (false, has_more),
        Some(Cursor::Before(_)) => (true, has_more),
        Some(Cursor::After(_)) => {
            rows.reverse();
            (has_more, true)
        }
    };
    let seal = |cursor: Cursor| cursor.seal(services, LIST, person.user);
    let newest = rows.first().map_or(0, |row| row.position);
    let newer = rows.first().filter(|_| has_newer).map(|row| seal(Cursor::After(row.position)));
    let older = rows.last().filter(|_| has_older).map(|row| seal(Cursor::Before(row.position)));
    let items = rows.into_iter().map(view).collect::<Outcome<Vec<_>>>()?;
    let unread = queries::unread_of(db, user).await?;
    Ok(Centre { items: Keyset { items, newer, older }, unread, newest })
}

fn view(row: NotificationRow) -> Outcome<NotificationView> {
    Ok(NotificationView {
        id: NotificationId::new(row.id),
        news: News::from_stored(&row.news)
            .ok_or_else(|| ServiceError::unknown_value("notifications.news", &row.news))?,
        actor: row.actor,
        subject: row.subject,
        detail: row.detail,
        times: row.times,
        at: Timestamp::from(row.created_at),
        is_read: row.read_at.is_some(),
    })
}

/// Marks one of the own as read and answers the path it leads to.
///
/// # Errors
/// [`domain::AppError::NotFound`] for anybody else's.
pub async fn open(services: &Services, person: &SignedIn, id: Option<NotificationId>) -> Outcome<String> {
    let id = id.ok_or(ServiceError::NOT_FOUND)?.get();
    let link = queries::mark_read(&services.db, person.user.get(), id, services.clock.now()).await?;
    let link = link.ok_or(ServiceError::NOT_FOUND)?;
    waiting_changed(services, person.user);
    Ok(link)
}

/// Marks as read what is on the list up to a position, as the list named it.
///
/// # Errors
/// Database errors only.
pub async fn mark_all_read(services: &Services, person: &SignedIn, up_to: i64) -> Outcome<()> {
    queries::mark_all_read(&services.db, person.user.get(), up_to, services.clock.now()).await?;
    waiting_changed(services, person.user);
    Ok(())
}

/// Their other pages count anew, after COMMIT.
pub(crate) fn waiting_changed(services: &Services, user: UserId) {
    let topic = Topic::User(user);
    services.bus.publish(topic, &ServerFrame::WaitingChanged { topic });
}

/// Rows one statement removes, so that none takes long after a big event.
const SWEEP_BATCH: i64 = 1000;

/// Forgets what was told more than 90 days ago.
///
/// # Errors
/// Database errors only; what was removed until then stays removed.
pub async fn sweep(services: &Services) -> Outcome<()> {
    let before = services.clock.now() - KEPT_FOR;
    while queries::sweep(&services.db, before, SWEEP_BATCH).await? == SWEEP_BATCH.unsigned_abs() {}
    Ok(())
}
