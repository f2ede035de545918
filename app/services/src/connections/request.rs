use domain::accounts::{ConnectionRequestPermission, PersonCard, Relation, VisibleProfile};
use domain::connections::{Asking, Icebreaker, MAX_OPEN_REQUESTS, OPEN_FOR, may_request};
use domain::events::EventAction;
use domain::ids::{ConnectionId, EventId, OrganizationId, UserId};
use domain::limits::{Pause, Rule};
use domain::notifications::NotificationKind;
use domain::realtime::{ServerFrame, Topic};
use domain::{Conflict, Denied, FieldErrors, SignedIn};
use sqlx::PgConnection;
use time::Duration;

use super::stored::StoredConnection;
use super::{queries, tell};
use crate::limits::{self, Limit};
use crate::mail::{self, ConnectionAsked, Mail};
use crate::{Outcome, ServiceError, Services, accounts, db, events, notifications};

/// Specification 21.2.
const REQUESTS: Rule = Rule { max: 30, window: Duration::DAY, pause: Pause::Rest };

/// Asks somebody of the same event to connect. They are told live, in the app, and by mail if they want; what an earlier request
/// left is used again. `recipient` is `None` for what is no id at all.
///
/// # Errors
/// [`domain::AppError::NotFound`] when the event is hidden, and for whoever takes no part in it or is blocked either way;
/// [`FieldErrors`] on `icebreaker`; [`Denied::Oneself`]; as [`may_request`]; [`Conflict::TooManyOpenRequests`];
/// [`domain::AppError::TooMany`] after 30 a day.
pub async fn request(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    recipient: Option<UserId>,
    icebreaker: &str,
) -> Outcome<ConnectionId> {
    let event = events::standing(services, Some(person.user), slug).await?;
    event.may(EventAction::SeeMemberPages)?;
    let role = event.standing.effective_role().ok_or(ServiceError::NOT_FOUND)?;
    let recipient = recipient.ok_or(ServiceError::NOT_FOUND)?;
    if recipient == person.user {
        return Err(Denied::Oneself.into());
    }
    let icebreaker = Icebreaker::parse(icebreaker).map_err(|error| FieldErrors::one("icebreaker", error))?;
    let event_id = EventId::new(event.id);
    let asker = accounts::people_seen(services, &[(person.user, Some(event_id))]).await?;
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let counted = Limit::new(REQUESTS, "connection requests", &[&person.user.to_string()]);
    limits::take_in(&mut tx, now, &[counted]).await?;
    // Whoever blocks takes the same locks: no request slips past a block.
    queries::lock_people(&mut tx, [person.user.get(), recipient.get()]).await?;
    let found = queries::recipient(&mut tx, event.id, recipient.get(), person.user.get()).await?;
    let found = found.ok_or(ServiceError::NOT_FOUND)?;
    let stored = queries::of_pair(&mut tx, person.user.get(), recipient.get()).await?;
    let stored = stored.map(StoredConnection::try_from).transpose()?;
    let permission = ConnectionRequestPermission::from_stored(&found.permission)
        .ok_or_else(|| ServiceError::unknown_value("allow_connection_requests", &found.permission))?;
    let asking = Asking {
        requester: person.user,
        role,
        event: event.standing.event_status,
        permission,
        connection: stored.as_ref().map(|stored| &stored.connection),
    };
    may_request(&asking, now)?;
    let open = queries::open_requests(&mut tx, person.user.get(), now - OPEN_FOR).await?;
    if open >= i64::from(MAX_OPEN_REQUESTS) {
        return Err(Conflict::TooManyOpenRequests { max: MAX_OPEN_REQUESTS }.into());
    }
    let new = queries::NewRequest {
        id: stored.map_or_else(|| services.rng.id(now), |stored| stored.id.get()),
        requester: person.user.get(),
        recipient: recipient.get(),
        icebreaker: icebreaker.as_str(),
        event: event.id,
        now,
    };
    queries::put_request(&mut tx, &new).await?;
    let seen_as = Relation::in_event(false, found.role.as_deref().map(read_role).transpose()?, false);
    let asker = asker.get(&person.user).map(|asker| asker.shown_to(seen_as));
    ask_by_mail(services, &mut tx, person, (recipient, &found), asker.as_ref(), &icebreaker).await?;
    let connection = ConnectionId::new(new.id);
    let told = tell::asked(services, &mut tx, person, recipient, connection).await?;
    tx.commit().await?;
    services.outbox.wake();
    let topic = Topic::User(recipient);
    let card = PersonCard { id: person.user, full_name: person.full_name.clone() };
    let icebreaker = icebreaker.as_str().to_owned();
    services
        .bus
        .publish(topic, &ServerFrame::ConnectionRequested { topic, connection, person: card, icebreaker });
    told.announce(services);
    Ok(connection)
}

fn read_role(stored: &str) -> Outcome<domain::attendees::EventRole> {
    domain::attendees::EventRole::from_stored(stored)
        .ok_or_else(|| ServiceError::unknown_value("event_members.role", stored))
}

async fn ask_by_mail(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    (recipient, found): (UserId, &queries::RecipientRow),
    asker: Option<&VisibleProfile>,
    icebreaker: &Icebreaker,
) -> Outcome<()> {
    if !notifications::wants_mail(tx, recipient, NotificationKind::ConnectionRequest).await? {
        return Ok(());
    }
    let name = domain::accounts::full_name(&found.first_name, &found.last_name);
    let link = format!("{}/connections?list=received", services.public_url);
    let letter = Mail::ConnectionAsked(ConnectionAsked {
        name: &name,
        by: &person.full_name,
        title: asker.and_then(|asker| asker.title.as_deref()),
        company: asker.and_then(|asker| asker.company.as_deref()),
        address: asker.and_then(|asker| asker.public_email.as_deref().or(asker.email.as_deref())),
        event_title: &found.event_title,
        icebreaker: icebreaker.as_str(),
        link: &link,
    });
    let to = accounts::stored_address(&found.email)?;
    let organization = OrganizationId::new(found.organization_id);
    mail::enqueue_for(services, tx, organization, &to, &name, &letter).await
}
