use domain::SignedIn;
use domain::ids::{ReportId, UserId};
use domain::moderation::ReportStatus;
use domain::notifications::News;
use sqlx::PgConnection;
use uuid::Uuid;

use super::queries;
use crate::notifications::{self, Telling, Told};
use crate::{Outcome, Services};

/// Something that waits for the moderators of an event.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ForModerators<'a> {
    pub(crate) news: News,
    pub(crate) event: Uuid,
    pub(crate) slug: &'a str,
    pub(crate) title: &'a str,
    /// From a room that moderators don't read.
    pub(crate) organizers_only: bool,
    /// Who it is about and who brought it up: they don't answer it, and are not told.
    pub(crate) apart: [UserId; 2],
}

/// A report that was answered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Closed<'a> {
    pub(super) report: ReportId,
    pub(super) reporter: UserId,
    pub(super) status: ReportStatus,
    pub(super) slug: &'a str,
    pub(super) title: &'a str,
}

/// Tells whoever may answer it, in the caller's transaction: one line per event, which counts up while it is unread.
///
/// # Errors
/// Database errors only.
pub(crate) async fn tell_moderators(
    services: &Services,
    tx: &mut PgConnection,
    waits: &ForModerators<'_>,
) -> Outcome<Told> {
    let apart = waits.apart.map(UserId::get);
    let now = services.clock.now();
    let users = queries::moderators(tx, waits.event, waits.organizers_only, &apart, now).await?;
    let users: Vec<UserId> = users.into_iter().map(UserId::new).collect();
    let telling = Telling {
        news: waits.news,
        by: None,
        names_actor: false,
        subject: Some(waits.title),
        detail: None,
        link: &format!("/events/{}/manage/moderation", waits.slug),
        thing: &waits.event.to_string(),
    };
    notifications::tell(services, tx, &users, &telling).await
}

/// Marks the news of reports as read for everybody for whom none waits any more in an event. Answers whose pages count anew
/// after COMMIT.
///
/// What others see in the queue counts for nobody else: a line that changed with a report that is hidden from its reader
/// would tell of it.
///
/// # Errors
/// Database errors only.
pub(super) async fn mark_done_queue_read(
    services: &Services,
    tx: &mut PgConnection,
    event: Uuid,
) -> Outcome<Vec<UserId>> {
    let (news, thing) = (News::ReportOpened, event.to_string());
    // Asked before anything is held, because mostly others wait; and again once the lines are, so that a report that is
    // filed meanwhile is either known or told anew.
    let done = queries::readers_of_done_queue(tx, event).await?;
    if done.is_empty() {
        return Ok(Vec::new());
    }
    let mut told = notifications::hold_unread(tx, &done, news, &thing).await?;
    let done = queries::readers_of_done_queue(tx, event).await?;
    told.retain(|user| done.contains(user));
    notifications::all_caught_up(services, tx, &told, news, &thing).await?;
    Ok(told.into_iter().map(UserId::new).collect())
}

/// Whose open queues show something else once the caller's transaction is committed: of those who see the report, whom
/// [`tell_moderators`] would tell of it.
///
/// # Errors
/// Database errors only.
pub(super) async fn queue_readers(
    services: &Services,
    tx: &mut PgConnection,
    event: Uuid,
    person: UserId,
    organizers_only: bool,
) -> Outcome<Vec<UserId>> {
    let now = services.clock.now();
    let users = queries::moderators(tx, event, organizers_only, &[person.get()], now).await?;
    Ok(users.into_iter().map(UserId::new).collect())
}

/// After COMMIT: open queues and bells look again.
pub(super) fn queue_changed(services: &Services, users: impl IntoIterator<Item = UserId>) {
    users.into_iter().for_each(|user| notifications::waiting_changed(services, user));
}

/// The reporter learns whether something was done.
pub(super) async fn tell_reporter(
    services: &Services,
    tx: &mut PgConnection,
    by: &SignedIn,
    closed: &Closed<'_>,
) -> Outcome<Told> {
    let news = match closed.status {
        ReportStatus::Dismissed => News::ReportDismissed,
        ReportStatus::Open | ReportStatus::InReview | ReportStatus::Resolved => News::ReportResolved,
    };
    let telling = Telling {
        news,
        by: Some(by),
        names_actor: false,
        subject: Some(closed.title),
        detail: None,
        link: "/reports",
        thing: &format!("{} {}", closed.slug, closed.report),
    };
    notifications::tell(services, tx, &[closed.reporter], &telling).await
}
