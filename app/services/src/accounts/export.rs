//! A copy of what is kept about a person, as JSON: asked for on a page, prepared beside the requests, kept for a day.

use std::time::Duration;

use domain::accounts::Privacy;
use domain::ids::UserId;
use domain::time::Timestamp;
use domain::{Gone, SignedIn};
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::profile::{OwnProfile, read, read_privacy};
use super::{EXPORT_LIFETIME, browser_in_words, queries, rules};
use crate::{Outcome, ServiceError, Services, chat, events, limits, organizations};

/// How long an export stays with a worker that crashed.
const CLAIM: time::Duration = time::Duration::minutes(10);
/// How long somebody waits at most before theirs is begun.
const POLL: Duration = Duration::from_secs(2);

/// Where the newest export of a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountExport {
    Preparing { since: Timestamp },
    Ready { id: Uuid, until: Timestamp },
    Expired,
}

/// Where the newest one stands; `None` when there is none.
///
/// # Errors
/// Database errors only.
pub async fn newest_export(services: &Services, person: &SignedIn) -> Outcome<Option<AccountExport>> {
    let row = queries::newest_export(&services.db, person.user.get()).await?;
    let now = services.clock.now();
    Ok(row.map(|row| match row.expires_at {
        None => AccountExport::Preparing { since: row.requested_at.into() },
        Some(until) if until > now => AccountExport::Ready { id: row.id, until: until.into() },
        Some(_) => AccountExport::Expired,
    }))
}

/// Asks for an export; while one is being prepared, that is the one.
///
/// # Errors
/// [`domain::AppError::TooMany`] after ten an hour.
pub async fn request_export(services: &Services, person: &SignedIn) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = services.db.begin().await?;
    if queries::insert_export(&mut tx, services.rng.id(now), person.user.get(), now).await? {
        limits::take_in(&mut tx, now, &[rules::exports(&person.user.to_string())]).await?;
    }
    Ok(tx.commit().await?)
}

/// The own export as JSON.
///
/// # Errors
/// [`domain::AppError::NotFound`] for one that is missing, not ready or somebody else's; [`Gone::Link`] for an own one
/// that is over.
pub async fn open_export(services: &Services, person: &SignedIn, id: Uuid) -> Outcome<String> {
    let (user, now) = (person.user.get(), services.clock.now());
    let found = queries::export_content(&services.db, id, user).await?.ok_or(ServiceError::NOT_FOUND)?;
    if found.expires_at <= now {
        return Err(domain::AppError::Gone(Gone::Link).into());
    }
    Ok(found.content)
}

/// Prepares exports until `stop`. Several workers, also in other processes, share them; what is cut off is prepared
/// anew when its claim ends.
pub async fn run_exports(services: Services, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(POLL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        if let Some(Err(error)) = stop.run_until_cancelled(prepare_exports(&services)).await {
            tracing::warn!(%error, "an export of a person's data could not be prepared: {error}");
        }
    }
}

/// Prepares what is waiting; answers how many.
///
/// # Errors
/// Database errors; the one in hand waits until its claim ends.
pub async fn prepare_exports(services: &Services) -> Outcome<usize> {
    let mut prepared = 0;
    loop {
        let now = services.clock.now();
        let Some(claimed) = queries::claim_export(&services.db, now, now + CLAIM).await? else {
            return Ok(prepared);
        };
        let content = gather(services, UserId::new(claimed.user_id)).await?.to_string();
        let (now, until) = (services.clock.now(), services.clock.now() + EXPORT_LIFETIME);
        queries::finish_export(&services.db, claimed.id, &content, now, until).await?;
        prepared += 1;
    }
}

async fn gather(services: &Services, user: UserId) -> Outcome<Value> {
    let id = user.get();
    let row = queries::profile(&services.db, id).await?.ok_or(ServiceError::NOT_FOUND)?;
    let own = read(user, row)?;
    let mut in_events = Vec::new();
    for row in queries::event_privacies(&services.db, id).await? {
        let event = json!({ "title": row.title, "address": row.slug });
        let privacy = read_privacy(queries::PrivacyRow {
            email_visibility: row.email_visibility,
            show_public_email: row.show_public_email,
            public_email: row.public_email,
            allow_connection_requests: row.allow_connection_requests,
            social_links_visibility: row.social_links_visibility,
            show_company: row.show_company,
            show_bio: row.show_bio,
        })?;
        in_events.push(json!({ "event": event, "privacy": privacy_as_json(&privacy) }));
    }
    Ok(json!({
        "prepared_at": instant(services.clock.now()),
        "profile": profile_as_json(&own),
        "privacy": {
            "everywhere": privacy_as_json(&own.privacy),
            "show_presence": own.profile.show_presence,
            "send_read_receipts": own.send_read_receipts,
            "in_events": in_events,
        },
        "organizations": organizations_of(services, user).await?,
        "events": events_of(services, user).await?,
        "messages": messages_of(services, user).await?,
        "login_sessions": login_sessions_of(services, id).await?,
        "devices": devices_of(services, id).await?,
    }))
}

fn profile_as_json(own: &OwnProfile) -> Value {
    let profile = &own.profile;
    json!({
        // The picture itself is on the profile page.
        "photo": own.profile.avatar.map(|file| file.to_string()),
        "id": profile.user,
        "email": profile.email,
        "first_name": own.first_name,
        "last_name": own.last_name,
        "company": profile.company,
        "title": profile.title,
        "pronouns": profile.pronouns,
        "bio": profile.bio,
        "links": {
            "linkedin": profile.links.linkedin,
            "x": profile.links.x,
            "mastodon": profile.links.mastodon,
            "github": profile.links.github,
            "website": profile.links.website,
        },
    })
}

fn privacy_as_json(privacy: &Privacy) -> Value {
    json!({
        "email_visibility": privacy.email_visibility,
        "show_public_email": privacy.show_public_email,
        "public_email": privacy.public_email.as_ref().map(ToString::to_string),
        "allow_connection_requests": privacy.connection_requests,
        "social_links_visibility": privacy.social_links,
        "show_company": privacy.show_company,
        "show_bio": privacy.show_bio,
    })
}

async fn organizations_of(services: &Services, user: UserId) -> Outcome<Vec<Value>> {
    let memberships = organizations::memberships(services, user).await?;
    let json = memberships.into_iter().map(|membership| {
        json!({
            "name": membership.name,
            "address": membership.slug,
            "role": membership.role,
            "joined_at": instant(membership.joined_at),
        })
    });
    Ok(json.collect())
}

async fn events_of(services: &Services, user: UserId) -> Outcome<Vec<Value>> {
    let memberships = events::memberships(services, user).await?;
    let json = memberships.into_iter().map(|membership| {
        json!({
            "title": membership.title,
            "address": membership.slug,
            "role": membership.role,
            "status": membership.status,
            "joined_at": instant(membership.joined_at),
        })
    });
    Ok(json.collect())
}

async fn messages_of(services: &Services, user: UserId) -> Outcome<Vec<Value>> {
    let messages = chat::written_by(services, user).await?;
    let json = messages.into_iter().map(|message| {
        json!({
            "event": message.event,
            "room": message.room,
            "sent_at": instant(message.sent_at),
            "text": message.text,
        })
    });
    Ok(json.collect())
}

async fn login_sessions_of(services: &Services, user: Uuid) -> Outcome<Vec<Value>> {
    let rows = queries::all_login_sessions(&services.db, user).await?;
    let json = rows.into_iter().map(|row| {
        json!({
            "browser": browser_in_words(row.user_agent.as_deref()),
            "user_agent": row.user_agent,
            "source_address": row.source_address,
            "signed_in_at": instant(row.created_at),
            "last_seen_at": instant(row.last_seen_at),
            "ended_at": row.revoked_at.map(instant),
        })
    });
    Ok(json.collect())
}

async fn devices_of(services: &Services, user: Uuid) -> Outcome<Vec<Value>> {
    let rows = queries::all_devices(&services.db, user).await?;
    let json = rows.into_iter().map(
        |row| json!({ "first_seen_at": instant(row.created_at), "last_seen_at": instant(row.last_seen_at) }),
    );
    Ok(json.collect())
}

/// As RFC 3339 writes it.
fn instant(at: OffsetDateTime) -> String {
    at.format(&Rfc3339).expect("an instant of the database has a year that RFC 3339 can write")
}
