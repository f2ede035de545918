use domain::agenda::{MuxPlaybackPolicy, StreamingPlatform};
use domain::attendees::EventRole;
use domain::attending::SessionAction;
use domain::ids::AgendaSessionId;
use domain::{Conflict, Denied, FieldErrors, SignedIn};
use sqlx::PgConnection;
use uuid::Uuid;

use super::source::{StreamFields, StreamSource};
use super::{CredentialKind, queries};
use crate::attending;
use crate::events::{self, EventHead};
use crate::{Outcome, ServiceError, Services, db};

/// The organizers' page about one session's stream.
#[derive(Debug, Clone, PartialEq)]
pub struct StreamPage {
    pub head: EventHead,
    pub role: EventRole,
    pub session: AgendaSessionId,
    pub title: String,
    pub fields: StreamFields,
    /// Whether the set is there which a signed Mux stream, or Jitsi, needs.
    pub has_mux_signing: bool,
    pub has_jaas: bool,
    pub version: i32,
}

/// The form as it is kept: four statements.
///
/// # Errors
/// As the policy for [`SessionAction::EditStream`]; [`domain::AppError::NotFound`].
pub async fn open_stream(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    session: AgendaSessionId,
) -> Outcome<StreamPage> {
    let (head, standing) = events::head_with_standing(services, Some(person.user), slug).await?;
    let role = standing.effective_role().ok_or(Denied::OrganizersOnly);
    let seen = attending::seen(services, Some(person.user), slug, session).await?;
    seen.may(SessionAction::EditStream)?;
    let row = queries::stream(&services.db, head.id.get(), session.get()).await?;
    let row = row.ok_or(ServiceError::NOT_FOUND)?;
    let sets = queries::sets(&services.db, seen.organization.get()).await?;
    let has = |kind: CredentialKind| sets.iter().any(|set| set.kind == kind.as_str());
    Ok(StreamPage {
        role: role?,
        session,
        title: seen.title,
        fields: StreamFields {
            platform: row.platform.unwrap_or_default(),
            value: row.value.unwrap_or_default(),
            passcode: row.passcode.unwrap_or_default(),
            mux_policy: row.mux_policy.unwrap_or_default(),
        },
        has_mux_signing: has(CredentialKind::MuxSigning),
        has_jaas: has(CredentialKind::Jaas),
        version: row.version,
        head,
    })
}

/// Saves where a session is streamed, if nobody saved a newer version of it meanwhile.
///
/// # Errors
/// As the policy for [`SessionAction::EditStream`]; [`FieldErrors`] per field, also under `platform` when the
/// organization lacks the credentials it needs; [`Conflict::StaleEdit`].
pub async fn save_stream(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    session: AgendaSessionId,
    fields: &StreamFields,
    version: i32,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let seen = attending::seen_in(&mut tx, Some(person.user), slug, session).await?;
    seen.may(SessionAction::EditStream)?;
    let source = fields.parse()?;
    if let Some(source) = &source {
        has_what_it_needs(&mut tx, seen.organization.get(), source).await?;
    }
    let (event, by, now) = (seen.event.get(), person.user.get(), services.clock.now());
    if !queries::save(&mut tx, event, session.get(), version, source.as_ref(), by, now).await? {
        let row = queries::stream(&mut *tx, event, session.get()).await?.ok_or(ServiceError::NOT_FOUND)?;
        let by = row.editor.unwrap_or_else(|| "Somebody".to_owned());
        return Err(Conflict::StaleEdit { by }.into());
    }
    tx.commit().await?;
    Ok(())
}

async fn has_what_it_needs(tx: &mut PgConnection, organization: Uuid, source: &StreamSource) -> Outcome<()> {
    let Some((kind, field)) = needed(source) else { return Ok(()) };
    let sets = queries::sets(&mut *tx, organization).await?;
    if sets.iter().any(|set| set.kind == kind.as_str()) {
        return Ok(());
    }
    let label = kind.label();
    let message = format!(
        "Your organization has no {label} yet. An owner or admin adds it in its settings, under Streaming."
    );
    Err(FieldErrors::one(field, message).into())
}

/// The set of credentials without which it can't be watched, and the field that asks for it.
pub(super) const fn needed(source: &StreamSource) -> Option<(CredentialKind, &'static str)> {
    match (source.platform, source.mux_policy) {
        (StreamingPlatform::Mux, Some(MuxPlaybackPolicy::Signed)) => {
            Some((CredentialKind::MuxSigning, "mux_policy"))
        }
        (StreamingPlatform::Jitsi, _) => Some((CredentialKind::Jaas, "platform")),
        (
            StreamingPlatform::Vimeo
            | StreamingPlatform::Mux
            | StreamingPlatform::Zoom
            | StreamingPlatform::Other,
            _,
        ) => None,
    }
}
