use domain::AppError;
use domain::agenda::SessionStatus;
use domain::attendees::{EventRole, Standing};
use domain::attending::{SessionAction, SessionFacts, SignUpFacts, may, takes_sign_ups};
use domain::events::EventVisibility;
use domain::ids::{AgendaSessionId, EventId, OrganizationId, UserId};
use domain::slug::Slug;
use domain::streaming::{StageTimes, StageViewer};
use domain::{Conflict, Viewer};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::queries;
use crate::events::StandingFacts;
use crate::{Outcome, ServiceError, Services};

/// A session and where one person stands towards it: the facts every decision here starts from. Whether they may see
/// it is [`Self::may`]'s answer.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenSession {
    pub organization: OrganizationId,
    pub event: EventId,
    pub event_title: String,
    pub session: AgendaSessionId,
    pub visibility: EventVisibility,
    pub standing: Standing,
    pub title: String,
    pub time_zone: String,
    pub starts_at: Option<OffsetDateTime>,
    pub ends_at: Option<OffsetDateTime>,
    pub capacity: Option<i32>,
    pub sign_up_required: bool,
    pub sign_up_count: i32,
    pub star_count: i64,
    pub opens_before: Duration,
    pub status: SessionStatus,
    /// There is something to watch or to join at some time.
    pub is_streamed: bool,
    /// Of this person.
    pub is_speaker: bool,
    pub is_signed_up: bool,
    pub is_starred: bool,
}

/// What the page of a session shows one person of their own place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPlace {
    pub is_starred: bool,
    pub is_signed_up: bool,
    /// The session takes sign-ups at all.
    pub has_sign_up: bool,
    /// Why it takes none now; `None` when it does.
    pub closed: Option<Conflict>,
    /// `None` without a limit.
    pub seats_left: Option<i32>,
    /// The person may sign up as far as their role goes.
    pub may_sign_up: bool,
    pub may_see_sign_ups: bool,
    pub may_edit_stream: bool,
    pub is_streamed: bool,
    pub sign_up_count: i32,
    /// For organizers only.
    pub star_count: Option<i64>,
}

/// Loads one session of an event: one statement.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such session; hidden ones are left to the policy, which answers alike.
pub(crate) async fn seen(
    services: &Services,
    user: Option<UserId>,
    slug: &str,
    session: AgendaSessionId,
) -> Outcome<SeenSession> {
    let mut connection = services.db.acquire().await?;
    seen_in(&mut connection, user, slug, session).await
}

/// As [`seen`], in the caller's transaction.
///
/// # Errors
/// As [`seen`].
pub(crate) async fn seen_in(
    tx: &mut PgConnection,
    user: Option<UserId>,
    slug: &str,
    session: AgendaSessionId,
) -> Outcome<SeenSession> {
    if !Slug::is_possible(slug) {
        return Err(ServiceError::NOT_FOUND);
    }
    let row = queries::session(tx, user.map(UserId::get), slug, session.get()).await?;
    let row = row.ok_or(ServiceError::NOT_FOUND)?;
    let visibility = EventVisibility::from_stored(&row.visibility)
        .ok_or_else(|| ServiceError::unknown_value("events.visibility", &row.visibility))?;
    let facts = StandingFacts {
        event_status: &row.event_status,
        role: row.role.as_deref(),
        membership: row.membership.as_deref(),
        organization_role: row.organization_role.as_deref(),
        muted: false,
    };
    Ok(SeenSession {
        organization: OrganizationId::new(row.organization_id),
        event: EventId::new(row.event_id),
        event_title: row.event_title,
        session,
        visibility,
        standing: facts.read()?,
        title: row.title,
        time_zone: row.time_zone,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        capacity: row.capacity,
        sign_up_required: row.sign_up_required,
        sign_up_count: row.sign_up_count,
        star_count: row.star_count,
        opens_before: Duration::minutes(row.opens_before_minutes.into()),
        status: SessionStatus::from_stored(&row.status)
            .ok_or_else(|| ServiceError::unknown_value("agenda_sessions.status", &row.status))?,
        is_streamed: row.is_streamed,
        is_speaker: row.is_speaker,
        is_signed_up: row.is_signed_up,
        is_starred: row.is_starred,
    })
}

/// The person's own place in a session: one statement. `kept` are a visitor's stars, from their browser.
///
/// # Errors
/// As the policy for [`SessionAction::See`].
pub async fn own_place(
    services: &Services,
    viewer: &Viewer,
    slug: &str,
    session: AgendaSessionId,
    kept: &[AgendaSessionId],
) -> Outcome<OwnPlace> {
    let seen = seen(services, viewer.user(), slug, session).await?;
    seen.may(SessionAction::See)?;
    let is_organizer = seen.standing.effective_role().is_some_and(EventRole::is_organizer);
    Ok(OwnPlace {
        is_starred: seen.is_starred || viewer.user().is_none() && kept.contains(&session),
        is_signed_up: seen.is_signed_up,
        has_sign_up: seen.sign_up_required || seen.capacity.is_some(),
        closed: takes_sign_ups(&seen.sign_up_facts(), services.clock.now()).err(),
        seats_left: seen.capacity.map(|capacity| (capacity - seen.sign_up_count).max(0)),
        may_sign_up: seen.may(SessionAction::SignUp).is_ok(),
        may_see_sign_ups: seen.may(SessionAction::SeeSignUps).is_ok(),
        may_edit_stream: seen.may(SessionAction::EditStream).is_ok(),
        is_streamed: seen.is_streamed,
        sign_up_count: seen.sign_up_count,
        star_count: is_organizer.then_some(seen.star_count),
    })
}

impl SeenSession {
    /// # Errors
    /// As [`domain::attending::may`].
    pub fn may(&self, action: SessionAction) -> Result<(), AppError> {
        let facts = SessionFacts { is_scheduled: self.starts_at.is_some(), is_speaker: self.is_speaker };
        may(action, self.visibility, &self.standing, facts)
    }

    #[must_use]
    pub const fn sign_up_facts(&self) -> SignUpFacts {
        SignUpFacts {
            sign_up_required: self.sign_up_required,
            has_capacity: self.capacity.is_some(),
            ends_at: self.ends_at,
            is_closed: matches!(self.status, SessionStatus::Completed | SessionStatus::Cancelled),
        }
    }

    /// As the stage asks, for a member with this role.
    #[must_use]
    pub fn stage_viewer(&self, role: EventRole) -> StageViewer {
        StageViewer {
            is_organizer: role.is_organizer(),
            is_speaker: self.is_speaker,
            is_signed_up: self.is_signed_up,
        }
    }

    #[must_use]
    pub const fn stage_times(&self) -> StageTimes {
        StageTimes {
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            opens_before: self.opens_before,
            status: self.status,
            sign_up_required: self.sign_up_required,
        }
    }
}
