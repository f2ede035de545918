use domain::SignedIn;
use domain::agenda::SessionSpeakerRole;
use domain::attendees::MembershipStatus;
use domain::events::EventAction;
use domain::ids::{AgendaSessionId, OrganizationId, UserId};
use domain::notifications::{News, NotificationKind};
use sqlx::PgConnection;

use super::held::{Held, hold};
use crate::mail::{self, EventPlace, Mail, PlaceChange};
use crate::notifications::{Telling, Told};
use crate::{Outcome, Services, accounts, notifications};

/// Mails somebody what became of their place in the event, if they want such mails; a ban always.
pub(super) async fn tell(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    held: &Held,
    what: PlaceChange<'_>,
) -> Outcome<()> {
    let link = format!("{}/events/{}", services.public_url, held.row.event_slug);
    by_mail(services, tx, person, held, (what, &link)).await?;
    in_app(services, tx, person, held, news_of(what)).await?.stands_on_the_next_page();
    Ok(())
}

async fn by_mail(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    held: &Held,
    (what, link): (PlaceChange<'_>, &str),
) -> Outcome<()> {
    let letter = Mail::EventPlace(EventPlace {
        name: &held.full_name,
        event_title: &held.row.event_title,
        by: &person.full_name,
        what,
        link,
    });
    let to = (held.user, held.row.email.as_str(), held.full_name.as_str());
    write(services, tx, held.organization(), to, &letter).await
}

/// The line in the app that says the same, and its detail.
const fn news_of(what: PlaceChange<'_>) -> (News, Option<&str>) {
    match what {
        PlaceChange::Role(role) => (News::RoleChanged, Some(role)),
        PlaceChange::Speaks { role, .. } => (News::MadeSpeaker, Some(role)),
        PlaceChange::Added { role, .. } => (News::Added, Some(role)),
        PlaceChange::Removed => (News::Removed, None),
        PlaceChange::BroughtBack { role, .. } => (News::BroughtBack, Some(role)),
        PlaceChange::Banned { reason } => (News::Banned, Some(reason)),
        PlaceChange::Unbanned => (News::Unbanned, None),
    }
}

/// A part that somebody got in a session. `title` as everybody sees it, `None` while only organizers see the session.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewPart<'a> {
    pub(crate) session: AgendaSessionId,
    pub(crate) title: Option<&'a str>,
    pub(crate) role: SessionSpeakerRole,
}

/// Tells a member of the part they got, in the app and, if they want such mails, by mail; oneself is told nothing.
///
/// # Errors
/// As the policy for agendas; [`domain::AppError::NotFound`] for who is no member.
pub(crate) async fn tell_speaker(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    (slug, user): (&str, UserId),
    part: NewPart<'_>,
) -> Outcome<Told> {
    if user == person.user {
        return Ok(Told::default());
    }
    let held = hold(services, tx, person, slug, Some(user), EventAction::EditAgenda).await?;
    let event = format!("/events/{}", held.row.event_slug);
    let path = part.title.map_or_else(|| event.clone(), |_| format!("{event}/sessions/{}", part.session));
    let link = format!("{}{path}", services.public_url);
    let what = PlaceChange::Speaks { session: part.title, role: part.role.label() };
    by_mail(services, tx, person, &held, (what, &link)).await?;
    let (news, detail) = news_of(what);
    let telling = Telling {
        news,
        by: Some(person),
        names_actor: true,
        subject: part.title.or(Some(&held.row.event_title)),
        detail,
        link: &path,
        thing: &part.session.to_string(),
    };
    notifications::tell(services, tx, &[held.user], &telling).await
}

/// One line in the app about somebody's place in the event. Moderators are not named in what they did to somebody.
pub(super) async fn in_app(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    held: &Held,
    (news, detail): (News, Option<&str>),
) -> Outcome<Told> {
    // A warning is confirmed there, by whoever may open it.
    let is_confirmed_there = news == News::Warned && held.status == MembershipStatus::Active;
    let page = if is_confirmed_there { "/now" } else { "" };
    let telling = Telling {
        news,
        by: Some(person),
        names_actor: news.kind() == NotificationKind::RoleChanged,
        subject: Some(&held.row.event_title),
        detail,
        link: &format!("/events/{}{page}", held.row.event_slug),
        thing: &held.event.id.to_string(),
    };
    notifications::tell(services, tx, &[held.user], &telling).await
}

/// A letter of this slice to one person, if they want such mails.
pub(super) async fn write(
    services: &Services,
    tx: &mut PgConnection,
    organization: OrganizationId,
    (user, email, name): (UserId, &str, &str),
    letter: &Mail<'_>,
) -> Outcome<()> {
    let kind = letter.notification().unwrap_or(NotificationKind::RoleChanged);
    if !notifications::wants_mail(tx, user, kind).await? {
        return Ok(());
    }
    let email = accounts::stored_address(email)?;
    mail::enqueue_for(services, tx, organization, &email, name, letter).await
}
