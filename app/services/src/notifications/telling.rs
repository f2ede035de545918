use domain::SignedIn;
use domain::ids::{NotificationId, UserId};
use domain::notifications::{News, NotificationView};
use domain::realtime::{ServerFrame, Topic};
use domain::time::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

use super::queries;
use crate::push::PUSH_AFTER;
use crate::{Outcome, Services};

/// Characters of a detail (`notifications_detail_length`).
const MOST_DETAIL: usize = 1000;

/// What is told, and where it leads.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Telling<'a> {
    pub(crate) news: News,
    /// Who did it; nobody is told of what they did, nor of whom they blocked.
    pub(crate) by: Option<&'a SignedIn>,
    /// Whether the name of who did it is told.
    pub(crate) names_actor: bool,
    pub(crate) subject: Option<&'a str>,
    /// Cut at [`MOST_DETAIL`].
    pub(crate) detail: Option<&'a str>,
    /// A path of this instance.
    pub(crate) link: &'a str,
    /// What it is about: unread news of one thing is one line that counts up.
    pub(crate) thing: &'a str,
}

/// What COMMIT makes public: who was told what.
#[must_use = "open pages learn of it by `announce`, after COMMIT"]
#[derive(Debug, Default)]
pub(crate) struct Told(Vec<(UserId, NotificationView)>);

/// Tells some people in the caller's transaction, each if they want news of this kind: one statement.
///
/// # Errors
/// Database errors only.
pub(crate) async fn tell(
    services: &Services,
    tx: &mut PgConnection,
    users: &[UserId],
    telling: &Telling<'_>,
) -> Outcome<Told> {
    if users.is_empty() {
        return Ok(Told::default());
    }
    let now = services.clock.now();
    let ids: Vec<Uuid> = users.iter().map(|_| services.rng.id(now)).collect();
    let users: Vec<Uuid> = users.iter().map(|user| user.get()).collect();
    let actor = telling.by.filter(|_| telling.names_actor).map(|person| person.full_name.as_str());
    let detail = telling.detail.map(|detail| detail.chars().take(MOST_DETAIL).collect::<String>());
    let new = queries::NewRow {
        ids: &ids,
        users: &users,
        news: telling.news.as_str(),
        kind: telling.news.kind().as_str(),
        actor_id: telling.by.map(|person| person.user.get()),
        blocked_with: telling.by.filter(|_| telling.names_actor).map(|person| person.user.get()),
        actor,
        subject: telling.subject,
        detail: detail.as_deref(),
        link: telling.link,
        thing: telling.thing,
        now,
        push_at: now + PUSH_AFTER,
    };
    let rows = queries::insert(tx, &new).await?;
    let view = |row: queries::TellingRow| {
        let view = NotificationView {
            id: NotificationId::new(row.id),
            news: telling.news,
            actor: actor.map(str::to_owned),
            subject: telling.subject.map(str::to_owned),
            detail: detail.clone(),
            times: row.times,
            at: Timestamp::from(now),
            is_read: false,
        };
        (UserId::new(row.user_id), view)
    };
    Ok(Told(rows.into_iter().map(view).collect()))
}

/// News of one thing is read once the thing itself was: one statement.
///
/// # Errors
/// Database errors only.
pub(crate) async fn caught_up(
    services: &Services,
    db: &mut PgConnection,
    user: UserId,
    news: News,
    thing: &str,
) -> Outcome<()> {
    all_caught_up(services, db, &[user.get()], news, thing).await
}

/// As [`caught_up`], for several people.
///
/// # Errors
/// Database errors only.
pub(crate) async fn all_caught_up(
    services: &Services,
    db: &mut PgConnection,
    users: &[Uuid],
    news: News,
    thing: &str,
) -> Outcome<()> {
    let now = services.clock.now();
    Ok(queries::mark_thing_read(db, users, news.as_str(), thing, now).await?)
}

/// Who of some people has not read what they were told of one thing. Until the transaction ends they are told no more of
/// it, and what others commit meanwhile is known to the next statement.
///
/// # Errors
/// Database errors only.
pub(crate) async fn hold_unread(
    tx: &mut PgConnection,
    users: &[Uuid],
    news: News,
    thing: &str,
) -> Outcome<Vec<Uuid>> {
    Ok(queries::lock_unread_of_thing(tx, users, news.as_str(), thing).await?)
}

/// What is unread of two people who part by a block: the blocker has read it, and neither is pushed to any more. The
/// other's list stays as it is, for it must not tell of the block.
///
/// # Errors
/// Database errors only.
pub(crate) async fn part(
    services: &Services,
    tx: &mut PgConnection,
    blocker: UserId,
    blocked: UserId,
) -> Outcome<()> {
    Ok(queries::part(tx, blocker.get(), blocked.get(), services.clock.now()).await?)
}

impl Told {
    /// Both, as one.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// For news whose reader's pages are loaded anew by what happened, or closed; and for seats that get free beside the
    /// work of somebody else, whose winners have a mail.
    pub(crate) fn stands_on_the_next_page(self) {
        drop(self);
    }

    /// Sends each of them the line, on all their open pages.
    pub(crate) fn announce(self, services: &Services) {
        for (user, item) in self.0 {
            let topic = Topic::User(user);
            let said = item.news.is_urgent().then(|| item.sentence());
            services.bus.publish(topic, &ServerFrame::Notification { topic, item, said });
        }
    }
}
