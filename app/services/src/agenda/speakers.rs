use domain::agenda::{MAX_SPEAKERS, Saved, SessionSpeakerRole};
use domain::attendees::{EventRole, MembershipStatus};
use domain::ids::{AgendaSessionId, EventId, UserId};
use domain::search::SearchText;
use domain::{Conflict, FieldErrors, SignedIn};

use super::hold::{Held, hold};
use super::order::{At, Place, Placed, make_place};
use super::save::lock;
use super::{queries, whole};
use crate::{Outcome, ServiceError, Services, attendees, db, events};

/// Somebody who can be made a speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub user: UserId,
    pub full_name: String,
    pub role: EventRole,
}

/// Active members of an event that the caller may change, whose name holds the text, at most 20, by name: one statement.
/// What is too short or long to search for finds nobody.
pub(super) async fn candidates(services: &Services, event: EventId, text: &str) -> Outcome<Vec<Candidate>> {
    let text = SearchText::parse(Some(text)).unwrap_or_default();
    if text.as_str().is_empty() {
        return Ok(Vec::new());
    }
    let rows = queries::candidates(&services.db, event.get(), text.as_str()).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Candidate {
                user: UserId::new(row.user_id),
                full_name: domain::accounts::full_name(&row.first_name, &row.last_name),
                role: EventRole::from_stored(&row.role)
                    .ok_or_else(|| ServiceError::unknown_value("event_members.role", &row.role))?,
            })
        })
        .collect()
}

/// Gives an active member a part in a session, behind those who have one. An ATTENDEE becomes SPEAKER and gives the seat
/// back. They are told, in the app and by mail, as the agenda shows the session.
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`]; [`FieldErrors`] under `speaker` when it is no active member;
/// [`Conflict::SpeaksAlready`], [`Conflict::TooManySpeakers`].
pub async fn add_speaker(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    session: AgendaSessionId,
    speaker: UserId,
    role: SessionSpeakerRole,
) -> Outcome<Saved> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    let stored = lock(&mut tx, &held, session).await?;
    let present = events::membership(&mut tx, held.event, speaker).await?;
    let Some((present, MembershipStatus::Active)) = present else {
        return Err(FieldErrors::one("speaker", "Choose somebody who takes part in this event.").into());
    };
    let list = list(&mut tx, &held, session).await?;
    if list.iter().any(|placed| placed.id == speaker.get()) {
        return Err(Conflict::SpeaksAlready.into());
    }
    if list.len() >= MAX_SPEAKERS {
        return Err(Conflict::TooManySpeakers { max: u32::try_from(MAX_SPEAKERS).unwrap_or(u32::MAX) }.into());
    }
    if present == EventRole::Attendee {
        events::become_speaker(services, &mut tx, held.event, speaker, now).await?;
    }
    let place = make_place(&list, At::Last, None)?;
    let key = (held.event, session.get());
    queries::set_speaker_keys(&mut tx, key, &place.others).await?;
    let part =
        queries::Part { user: speaker.get(), role: role.as_str(), order_key: place.order_key.as_str() };
    queries::insert_speaker(&mut tx, key, &part, now).await?;
    let warnings = whole::warnings(&mut tx, EventId::new(held.event), session).await?;
    // They are led to its page, which there is for what has a time, and what is held stays held.
    let title = stored.released_times().map(|_| stored.released_title.as_str());
    let part = attendees::NewPart { session, title, role };
    let told = attendees::tell_speaker(services, &mut tx, person, (slug, speaker), part).await?;
    tx.commit().await?;
    services.outbox.wake();
    services.bus.recheck(speaker);
    told.announce(services);
    Ok(Saved { id: session, warnings })
}

/// Gives a speaker another role in a session. What is so already stays.
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`].
pub async fn change_role(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    session: AgendaSessionId,
    speaker: UserId,
    role: SessionSpeakerRole,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    lock(&mut tx, &held, session).await?;
    let key = (held.event, session.get());
    if !queries::set_speaker_role(&mut tx, key, speaker.get(), role.as_str()).await? {
        return Err(ServiceError::NOT_FOUND);
    }
    tx.commit().await?;
    Ok(())
}

/// Moves a speaker behind another one of the same session, or to the front.
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`]; [`Conflict::OrderChanged`] when that one is not there any more.
pub async fn move_speaker(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    session: AgendaSessionId,
    speaker: UserId,
    after: Option<UserId>,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    lock(&mut tx, &held, session).await?;
    let list = list(&mut tx, &held, session).await?;
    if !list.iter().any(|placed| placed.id == speaker.get()) {
        return Err(ServiceError::NOT_FOUND);
    }
    let at = after.map_or(At::First, |user| At::After(user.get()));
    let Place { order_key, mut others } = make_place(&list, at, Some(speaker.get()))?;
    others.push((speaker.get(), order_key.as_str().to_owned()));
    queries::set_speaker_keys(&mut tx, (held.event, session.get()), &others).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a part in a session from somebody. Their role in the event stays.
///
/// # Errors
/// As the policy; [`domain::AppError::NotFound`].
pub async fn remove_speaker(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    session: AgendaSessionId,
    speaker: UserId,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let held = hold(services, &mut tx, person, slug).await?;
    lock(&mut tx, &held, session).await?;
    if !queries::delete_speaker(&mut tx, (held.event, session.get()), speaker.get()).await? {
        return Err(ServiceError::NOT_FOUND);
    }
    tx.commit().await?;
    // The backstage closes to them.
    services.bus.recheck(speaker);
    Ok(())
}

async fn list(tx: &mut sqlx::PgConnection, held: &Held, session: AgendaSessionId) -> Outcome<Vec<Placed>> {
    let rows = queries::speaker_keys(tx, held.event, session.get()).await?;
    Ok(rows.into_iter().map(|row| Placed { id: row.user_id, order_key: row.order_key }).collect())
}
