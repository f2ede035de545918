use domain::accounts::EmailAddress;
use domain::attendees::MembershipStatus;
use domain::events::{EventStatus, RegistrationWindow, Sight, WindowState};
use domain::ids::{EventId, OrganizationId};
use domain::notifications::NotificationKind;
use domain::{Conflict, Denied, SignedIn};

use super::{queries, standing};
use crate::mail::{self, Mail};
use crate::time_zones::TimeZoneName;
use crate::{Outcome, ServiceError, Services, attendees, db, notifications};

/// What registering came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registered {
    Active,
    Waitlisted,
}

/// Takes a seat as ATTENDEE, or a place on the waitlist when none is free; again is quiet success.
///
/// # Errors
/// [`domain::AppError::NotFound`] for hidden and private events; [`Denied::BannedFromEvent`];
/// [`Conflict::RegistrationClosed`] unless the event is published, not past, and the window is
/// open.
pub async fn register(services: &Services, person: &SignedIn, slug: &str) -> Outcome<Registered> {
    let now = services.clock.now();
    let user = person.user.get();
    let mut tx = db::begin(&services.db).await?;
    let event = standing::load(services, &mut tx, Some(person.user), slug).await?;
    if event.standing.is_banned() {
        return Err(Denied::BannedFromEvent.into());
    }
    if event.sight() == Sight::Hidden {
        return Err(ServiceError::NOT_FOUND);
    }
    // Locked before the membership is read: two registrations of one person, or for the last seat, take turns.
    let facts = queries::lock_registration(&mut tx, event.id, user).await?;
    match facts.membership.as_deref().and_then(MembershipStatus::from_stored) {
        Some(MembershipStatus::Active) => return Ok(Registered::Active),
        Some(MembershipStatus::Waitlisted) => return Ok(Registered::Waitlisted),
        Some(MembershipStatus::Banned) => return Err(Denied::BannedFromEvent.into()),
        Some(MembershipStatus::Left | MembershipStatus::Removed) | None => {}
    }
    let zone = TimeZoneName::stored(&facts.time_zone)?;
    let window = RegistrationWindow::new(facts.registration_opens_at, facts.registration_closes_at)?;
    let open = EventStatus::from_stored(&facts.status) == Some(EventStatus::Published)
        && window.at(now) == WindowState::Open
        && zone.date_at(now) <= facts.end_date;
    if !open {
        return Err(Conflict::RegistrationClosed.into());
    }
    let seated = queries::take_seat(&mut tx, event.id).await?;
    let (status, outcome) = if seated {
        (MembershipStatus::Active, Registered::Active)
    } else {
        (MembershipStatus::Waitlisted, Registered::Waitlisted)
    };
    queries::join(&mut tx, event.id, user, status.as_str(), now).await?;
    if notifications::wants_mail(&mut tx, person.user, NotificationKind::Registration).await? {
        confirm_by_mail(services, &mut tx, person, &facts, outcome, slug).await?;
    }
    tx.commit().await?;
    services.outbox.wake();
    if seated {
        attendees::members_changed(services, EventId::new(event.id)).await;
    }
    Ok(outcome)
}

async fn confirm_by_mail(
    services: &Services,
    tx: &mut sqlx::PgConnection,
    person: &SignedIn,
    facts: &queries::RegistrationRow,
    outcome: Registered,
    slug: &str,
) -> Outcome<()> {
    let email = EmailAddress::parse(&facts.email)
        .map_err(|error| ServiceError::Broken(format!("users.email can't be read: {error}")))?;
    let link = format!("{}/events/{slug}", services.public_url);
    let when = format!("{}, {}", crate::dates::range(facts.start_date, facts.end_date), facts.time_zone);
    let letter = Mail::RegistrationConfirmed {
        name: &person.full_name,
        event_title: &facts.title,
        when: &when,
        link: &link,
        waitlisted: outcome == Registered::Waitlisted,
    };
    let organization = OrganizationId::new(facts.organization_id);
    mail::enqueue_for(services, tx, organization, &email, &person.full_name, &letter).await
}
