use domain::ids::{ReportId, UserId};
use domain::moderation::{AlsoDelete, ModerationAction, MuteDuration, RestrictionReason};
use domain::notifications::News;
use domain::realtime::{ServerFrame, Topic};
use domain::{Conflict, FieldErrors, SignedIn};
use sqlx::PgConnection;

use super::bans::{BanWords, ban_held, delete_messages, hold_in_reach};
use super::held::Held;
use super::queries;
use super::tell::in_app;
use crate::chat::DeletedMessages;
use crate::moderation::log::{self, Entry};
use crate::notifications::Told;
use crate::{Outcome, Services, db};

/// What a moderator takes from somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Restriction {
    Mute {
        reason: RestrictionReason,
        duration: MuteDuration,
    },
    /// With a note for the other moderators, and what else of theirs goes.
    Ban {
        reason: RestrictionReason,
        note: Option<String>,
        delete: AlsoDelete,
    },
}

/// What came of [`restrict_in`].
pub(crate) struct Restricted {
    pub user: UserId,
    pub told: Told,
    pub deleted: DeletedMessages,
}

/// Silences somebody in the rooms of an event: posts, edits, reactions and typing are refused to them until the clock
/// ends it, also on open sockets. One who is muted already is muted anew, for longer or shorter.
///
/// # Errors
/// As the policy for the role they have; [`domain::Denied::Oneself`], [`domain::Denied::OwnerOfOrganization`];
/// [`domain::AppError::NotFound`]; [`FieldErrors`] on `duration` and `reason`.
pub async fn mute(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    user: Option<UserId>,
    (duration, reason): (&str, &str),
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold_in_reach(services, &mut tx, person, slug, user).await?;
    let mut errors = FieldErrors::default();
    let duration = MuteDuration::from_stored(duration).ok_or("Choose how long.");
    let duration = errors.take("duration", duration);
    let reason = errors.take("reason", RestrictionReason::parse(reason));
    let (Some(duration), Some(reason)) = (duration, reason) else { return Err(errors.into()) };
    let told = mute_held(services, &mut tx, person, &held, (&reason, duration), None).await?;
    tx.commit().await?;
    told.announce(services);
    word_changed(services, held.user);
    Ok(())
}

/// Gives the word back before the clock does.
///
/// # Errors
/// As [`mute`]; [`Conflict::NotMuted`].
pub async fn unmute(services: &Services, person: &SignedIn, slug: &str, user: Option<UserId>) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold_in_reach(services, &mut tx, person, slug, user).await?;
    let now = services.clock.now();
    if !queries::unmute(&mut tx, held.event.id, held.user.get(), now).await? {
        return Err(Conflict::NotMuted.into());
    }
    log::record(services, &mut tx, &held.entry(person, ModerationAction::Unmute)).await?;
    let told = in_app(services, &mut tx, person, &held, (News::Unmuted, None)).await?;
    tx.commit().await?;
    told.announce(services);
    word_changed(services, held.user);
    Ok(())
}

/// Whoever was muted, or got the word back: their sockets are checked, and their open rooms made anew, which say why.
/// Call it after COMMIT.
pub(crate) fn word_changed(services: &Services, user: UserId) {
    services.bus.recheck(user);
    let topic = Topic::User(user);
    services.bus.publish(topic, &ServerFrame::Resync { topic });
}

async fn mute_held(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    held: &Held,
    (reason, duration): (&RestrictionReason, MuteDuration),
    report: Option<ReportId>,
) -> Outcome<Told> {
    let now = services.clock.now();
    let mute = queries::NewMute {
        event: held.event.id,
        user: held.user.get(),
        by: person.user.get(),
        reason: reason.as_str(),
        until: duration.until(now),
        now,
    };
    queries::mute(tx, &mute).await?;
    let entry = Entry {
        report,
        reason: Some(reason.as_str()),
        duration: Some(duration),
        ..held.entry(person, ModerationAction::Mute)
    };
    log::record(services, tx, &entry).await?;
    in_app(services, tx, person, held, (News::Muted, Some(reason.as_str()))).await
}

/// Mutes or bans somebody in the caller's transaction, as the answer to a report; without a restriction only asks
/// whether they are in reach. After COMMIT the caller announces what they are told and what was deleted, and calls [`word_changed`] for a mute,
/// [`super::ban_changed`] for a ban.
///
/// # Errors
/// As [`mute`] and [`super::ban`].
pub(crate) async fn restrict_in(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    (slug, user): (&str, UserId),
    report: Option<ReportId>,
    restriction: Option<&Restriction>,
) -> Outcome<Restricted> {
    let held = hold_in_reach(services, tx, person, slug, Some(user)).await?;
    let mut deleted = DeletedMessages::default();
    let told = match restriction {
        Some(Restriction::Mute { reason, duration }) => {
            mute_held(services, tx, person, &held, (reason, *duration), report).await?
        }
        Some(Restriction::Ban { reason, note, delete }) => {
            let words = BanWords { reason, note: note.as_deref() };
            let moved_up = ban_held(services, tx, person, &held, words, report).await?;
            deleted = delete_messages(services, tx, person, &held, (*delete, reason)).await?;
            moved_up
        }
        None => Told::default(),
    };
    Ok(Restricted { user: held.user, told, deleted })
}

/// Tells somebody in the caller's transaction that the moderators warn them.
///
/// # Errors
/// As [`mute`].
pub(crate) async fn tell_of_warning(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    (slug, user): (&str, UserId),
    reason: &RestrictionReason,
) -> Outcome<Told> {
    let held = hold_in_reach(services, tx, person, slug, Some(user)).await?;
    in_app(services, tx, person, &held, (News::Warned, Some(reason.as_str()))).await
}
