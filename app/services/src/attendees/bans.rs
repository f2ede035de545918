use domain::attendees::{EventRole, MembershipStatus};
use domain::events::EventAction;
use domain::ids::{EventId, ReportId, UserId};
use domain::moderation::{AlsoDelete, HandlingNote, ModerationAction, RestrictionReason};
use domain::organizations::AuditAction;
use domain::{Conflict, Denied, FieldErrors, SignedIn};
use sqlx::PgConnection;

use super::held::{Held, hold, stored_status};
use super::placing::{WhenFull, place};
use super::tell::tell;
use super::{free_seats, members_changed, queries};
use crate::chat::{self, DeletedMessages, Written};
use crate::events;
use crate::mail::PlaceChange;
use crate::moderation::log::{self, Entry};
use crate::notifications::Told;
use crate::{Outcome, Services, attending, db, notifications};

/// Whoever may ban nobody learns of nobody.
const GATE: EventAction = EventAction::Restrict { role: EventRole::Attendee };

/// A ban as the form posts it.
#[derive(Debug, Clone, Default)]
pub struct BanFields {
    /// They read it.
    pub reason: String,
    /// For the other moderators; may be empty.
    pub note: String,
    /// Which of their messages go; nothing goes when it is empty.
    pub delete: String,
}

/// The same, parsed.
#[derive(Debug, Clone, Copy)]
pub(super) struct BanWords<'a> {
    pub(super) reason: &'a RestrictionReason,
    pub(super) note: Option<&'a str>,
}

/// Closes the event to somebody: sign-ups end, the seat goes to whoever waits longest, sockets close within a second.
/// They get a mail with the reason. Talks stay written down, hidden, for the ban may be lifted. Answers how many of their
/// messages went, in the rooms that the acting person moderates: the newest [`AlsoDelete::MOST`] at most.
///
/// # Errors
/// As the policy for the role they have; [`Denied::Oneself`], [`Denied::OwnerOfOrganization`];
/// [`domain::AppError::NotFound`]; [`FieldErrors`] on `reason`, `note` and `delete`; [`Conflict::BannedAlready`],
/// [`Conflict::LastEventAdmin`].
pub async fn ban(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    user: Option<UserId>,
    typed: &BanFields,
) -> Outcome<usize> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold_in_reach(services, &mut tx, person, slug, user).await?;
    let mut errors = FieldErrors::default();
    let reason = errors.take("reason", RestrictionReason::parse(&typed.reason));
    let note = errors.take("note", HandlingNote::parse(&typed.note));
    let delete = errors.take("delete", AlsoDelete::parse(&typed.delete).ok_or("Choose one of these."));
    let (Some(reason), Some(note), Some(delete)) = (reason, note, delete) else { return Err(errors.into()) };
    let words = BanWords { reason: &reason, note: note.as_option() };
    let moved_up = ban_held(services, &mut tx, person, &held, words, None).await?;
    // Last, for it holds rooms in which others write.
    let deleted = delete_messages(services, &mut tx, person, &held, (delete, &reason)).await?;
    tx.commit().await?;
    let count = deleted.count;
    deleted.announce();
    moved_up.announce(services);
    ban_changed(services, EventId::new(held.event.id), held.user).await;
    Ok(count)
}

/// What goes with a ban; it holds rooms in which others write until the transaction ends.
pub(super) async fn delete_messages(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    held: &Held,
    (delete, reason): (AlsoDelete, &RestrictionReason),
) -> Outcome<DeletedMessages> {
    let Some(since) = delete.since(services.clock.now()) else { return Ok(DeletedMessages::default()) };
    let written = Written { event: held.event.id, author: held.user, author_name: &held.full_name, since };
    let by = (person, &held.event.standing);
    chat::delete_written(services, tx, by, &written, reason.as_str()).await
}

/// The mail goes, open sockets and pages learn that somebody is banned, or not any more. Call it after COMMIT.
pub(crate) async fn ban_changed(services: &Services, event: EventId, user: UserId) {
    services.outbox.wake();
    services.bus.recheck(user);
    notifications::waiting_changed(services, user);
    members_changed(services, event).await;
}

/// As [`ban`], of somebody in reach, in the caller's transaction; `report` is what it answers. Whoever gets the seat is
/// announced after COMMIT.
pub(super) async fn ban_held(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    held: &Held,
    words: BanWords<'_>,
    report: Option<ReportId>,
) -> Outcome<Told> {
    if held.status == MembershipStatus::Banned {
        return Err(Conflict::BannedAlready.into());
    }
    held.keeps_an_admin(tx).await?;
    let (event, reason) = (held.event.id, words.reason.as_str());
    let ban = queries::NewBan {
        event,
        user: held.user.get(),
        by: person.user.get(),
        reason,
        note: words.note,
        now: services.clock.now(),
    };
    queries::ban(tx, &ban).await?;
    if held.has_seat() {
        events::give_seat_back(tx, event).await?;
    }
    attending::cancel_all_of(tx, &[event], held.user).await?;
    let moved_up = free_seats(services, tx, &[event]).await?;
    let values = (None, Some(reason));
    held.record(services, tx, person, AuditAction::EventMemberBanned, values).await?;
    let entry = held.entry(person, ModerationAction::Ban);
    let entry = Entry { report, reason: Some(reason), note: words.note, ..entry };
    log::record(services, tx, &entry).await?;
    tell(services, tx, person, held, PlaceChange::Banned { reason }).await?;
    Ok(moved_up)
}

/// Lifts a ban: role and status are as before, an attendee of a full event waits.
///
/// # Errors
/// As [`ban`]; [`Conflict::NotBanned`].
pub async fn unban(services: &Services, person: &SignedIn, slug: &str, user: Option<UserId>) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold_in_reach(services, &mut tx, person, slug, user).await?;
    if held.status != MembershipStatus::Banned {
        return Err(Conflict::NotBanned.into());
    }
    let before = held.row.status_before_ban.as_deref().map(stored_status).transpose()?;
    let before = before.unwrap_or(MembershipStatus::Active);
    let (event, now) = (held.event.id, services.clock.now());
    let status = match before {
        MembershipStatus::Active => place(&mut tx, event, false, held.role, WhenFull::Wait).await?,
        MembershipStatus::Waitlisted
        | MembershipStatus::Left
        | MembershipStatus::Removed
        | MembershipStatus::Banned => before,
    };
    queries::unban(&mut tx, event, held.user.get(), status.as_str(), now).await?;
    let moved_up = free_seats(services, &mut tx, &[event]).await?;
    held.record(services, &mut tx, person, AuditAction::EventMemberUnbanned, (None, None)).await?;
    log::record(services, &mut tx, &held.entry(person, ModerationAction::Unban)).await?;
    tell(services, &mut tx, person, &held, PlaceChange::Unbanned).await?;
    tx.commit().await?;
    moved_up.announce(services);
    ban_changed(services, EventId::new(held.event.id), held.user).await;
    Ok(())
}

/// Somebody whom the acting person may ban and mute: another, of a role in reach, no owner of the organization.
pub(super) async fn hold_in_reach(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    slug: &str,
    user: Option<UserId>,
) -> Outcome<Held> {
    let held = hold(services, tx, person, slug, user, GATE).await?;
    held.is_another(person, Denied::Oneself)?;
    held.event.may(EventAction::Restrict { role: held.role })?;
    if held.row.is_owner {
        return Err(Denied::OwnerOfOrganization.into());
    }
    Ok(held)
}
