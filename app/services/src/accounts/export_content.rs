//! What stands in the copy of a person's data (specification 5.8): what they wrote and chose, and nobody else's. Reports
//! and what moderators did stand on their own pages.

use domain::accounts::Privacy;
use domain::ids::UserId;
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use super::export_draft::ExportDraft;
use super::export_rooms;
use super::profile::{OwnProfile, read, read_privacy};
use super::{browser_in_words, queries};
use crate::{
    Outcome, ServiceError, Services, attendees, attending, connections, conversations, events, invitations,
    notifications, organizations, push,
};

/// Writes all of it. Lists without a bound are read a batch at a time, the others have at most 10,000 rows.
pub(super) async fn write(services: &Services, user: UserId, draft: &mut ExportDraft<'_>) -> Outcome<()> {
    let id = user.get();
    let row = queries::profile(&services.db, id).await?.ok_or(ServiceError::NOT_FOUND)?;
    let account = queries::account_facts(&services.db, id).await?.ok_or(ServiceError::NOT_FOUND)?;
    let own = read(user, row)?;
    draft.field("prepared_at", &instant(services.clock.now()).into()).await?;
    draft.field("account", &account_as_json(&account)).await?;
    draft.field("profile", &profile_as_json(&own)).await?;
    let privacy = json!({
        "everywhere": privacy_as_json(&own.privacy),
        "show_presence": own.profile.show_presence,
        "send_read_receipts": own.send_read_receipts,
        "in_events": privacy_in_events(services, id).await?,
    });
    draft.field("privacy", &privacy).await?;
    draft.list("notifications", notifications_of(services, user).await?).await?;
    draft.list("pushed_to", pushed_to(services, user).await?).await?;
    draft.list("saved_views", saved_views_of(services, user).await?).await?;
    draft.list("organizations", organizations_of(services, user).await?).await?;
    draft.list("events", events_of(services, user).await?).await?;
    draft.list("sign_ups", sign_ups_of(services, user).await?).await?;
    draft.list("stars", stars_of(services, user).await?).await?;
    write_invitations(services, user, draft).await?;
    export_rooms::write(services, user, draft).await?;
    write_connections(services, user, draft).await?;
    write_direct_messages(services, user, draft).await?;
    draft.list("log", log_of(services, user).await?).await?;
    draft.list("login_sessions", login_sessions_of(services, id).await?).await?;
    draft.list("devices", devices_of(services, id).await?).await
}

fn account_as_json(account: &queries::AccountFacts) -> Value {
    json!({
        "state": account.state,
        "created_at": instant(account.created_at),
        "address_confirmed_at": account.email_verified_at.map(instant),
        "time_zone": account.time_zone,
        "address_wanted": account.wanted_address,
    })
}

fn profile_as_json(own: &OwnProfile) -> Value {
    let profile = &own.profile;
    json!({
        "id": profile.user,
        // The picture itself is on the profile page.
        "photo": profile.avatar.map(|file| file.to_string()),
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

async fn privacy_in_events(services: &Services, user: Uuid) -> Outcome<Vec<Value>> {
    let mut in_events = Vec::new();
    for row in queries::event_privacies(&services.db, user).await? {
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
    Ok(in_events)
}

async fn notifications_of(services: &Services, user: UserId) -> Outcome<Vec<Value>> {
    let preferences = notifications::preferences_of(services, user).await?;
    let json = preferences.into_iter().map(|(kind, preference)| {
        json!({
            "kind": kind.as_str(), "in_app": preference.in_app, "mail": preference.mail, "push": preference.push,
        })
    });
    Ok(json.collect())
}

/// The browsers; their addresses let others push there, so only whose service it is.
async fn pushed_to(services: &Services, user: UserId) -> Outcome<Vec<Value>> {
    let subscriptions = push::subscriptions_of(services, user).await?;
    let json = subscriptions
        .into_iter()
        .map(|subscription| json!({ "service": subscription.service, "since": instant(subscription.since) }));
    Ok(json.collect())
}

async fn saved_views_of(services: &Services, user: UserId) -> Outcome<Vec<Value>> {
    let views = attendees::views_of(services, user).await?;
    let json = views.into_iter().map(|row| {
        json!({
            "event": { "title": row.event_title, "address": row.event_slug },
            "name": row.name,
            "search": row.search,
            "role": row.role,
            "view": row.view,
            "sort": row.sort,
        })
    });
    Ok(json.collect())
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
            "title_here": membership.title_here,
            "bio_here": membership.bio_here,
        })
    });
    Ok(json.collect())
}

async fn sign_ups_of(services: &Services, user: UserId) -> Outcome<Vec<Value>> {
    let sign_ups = attending::sign_ups_of(services, user).await?;
    let json = sign_ups.into_iter().map(|sign_up| {
        json!({
            "event": sign_up.event,
            "session": sign_up.session,
            "status": sign_up.status,
            "signed_up_at": instant(sign_up.signed_up_at),
            "attended_at": sign_up.attended_at.map(instant),
        })
    });
    Ok(json.collect())
}

async fn stars_of(services: &Services, user: UserId) -> Outcome<Vec<Value>> {
    let stars = attending::stars_of(services, user).await?;
    let json = stars.into_iter().map(|star| {
        json!({ "event": star.event, "session": star.session, "starred_at": instant(star.starred_at) })
    });
    Ok(json.collect())
}

/// Those the person got, and those they sent.
async fn write_invitations(services: &Services, user: UserId, draft: &mut ExportDraft<'_>) -> Outcome<()> {
    draft.begin_list("invitations")?;
    let mut after = Uuid::nil();
    loop {
        let batch = invitations::of_person(services, user, after).await?;
        let Some(last) = batch.last() else { break };
        after = last.id;
        for one in &batch {
            let json = json!({
                "sent_by_me": one.is_sent,
                "to": one.target,
                "address": one.address,
                "name": one.name,
                "role": one.role,
                "message": one.message,
                "status": one.status,
                "created_at": instant(one.created_at),
                "expires_at": instant(one.expires_at),
                "answered_at": one.responded_at.map(instant),
            });
            draft.item(&json).await?;
        }
    }
    draft.end_list();
    Ok(())
}

/// Requests and contacts with the own notes, as the person is shown them; and whom they block.
async fn write_connections(services: &Services, user: UserId, draft: &mut ExportDraft<'_>) -> Outcome<()> {
    draft.begin_list("connections")?;
    let mut after = Uuid::nil();
    loop {
        let batch = connections::of_person(services, user, after).await?;
        let Some(last) = batch.last() else { break };
        after = last.id;
        for one in &batch {
            let json = json!({
                "with": one.with,
                "asked_by_me": one.asked_by_me,
                "state": one.state,
                "icebreaker": one.icebreaker,
                "event": one.event,
                "requested_at": instant(one.requested_at),
                "connected_at": one.connected_at.map(instant),
                "note": one.note,
            });
            draft.item(&json).await?;
        }
    }
    draft.end_list();
    let blocked = connections::blocked_by(services, user).await?;
    let blocked = blocked.into_iter().map(|(name, since)| json!({ "name": name, "since": instant(since) }));
    draft.list("blocked", blocked.collect::<Vec<_>>()).await
}

/// Their own words only; what others wrote to them is the others'.
async fn write_direct_messages(
    services: &Services,
    user: UserId,
    draft: &mut ExportDraft<'_>,
) -> Outcome<()> {
    draft.begin_list("direct_messages")?;
    let mut after = Uuid::nil();
    loop {
        let batch = conversations::written_by(services, user, after).await?;
        let Some(last) = batch.last() else { break };
        after = last.id;
        for message in &batch {
            let json = json!({
                "to": message.to,
                "event": message.event,
                "sent_at": instant(message.sent_at),
                "text": message.text,
            });
            draft.item(&json).await?;
        }
    }
    draft.end_list();
    Ok(())
}

/// What stands under the person's name in the logs of organizations.
async fn log_of(services: &Services, user: UserId) -> Outcome<Vec<Value>> {
    let entries = organizations::audit::entries_by(services, user).await?;
    let json = entries.into_iter().map(|entry| {
        json!({
            "organization": entry.organization,
            "action": entry.action,
            "subject": entry.subject,
            "before": entry.before,
            "after": entry.after,
            "at": instant(entry.at),
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
pub(super) fn instant(at: OffsetDateTime) -> String {
    at.format(&Rfc3339).expect("an instant of the database has a year that RFC 3339 can write")
}
