use domain::SignedIn;
use domain::agenda::{MuxPlaybackPolicy, StreamingPlatform};
use domain::attendees::EventRole;
use domain::attending::SessionAction;
use domain::events::{EventAction, may};
use domain::ids::AgendaSessionId;
use domain::streaming::{StageAccess, access};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::credentials::{JaasSet, MuxSigningSet};
use super::source::StreamSource;
use super::tokens::{self, JitsiGuest};
use super::{CredentialKind, queries, sealed};
use crate::attending::{self, SeenSession};
use crate::events::{self, EventHead};
use crate::{Outcome, ServiceError, Services, uploads};

/// The stage of one session for one member, at this moment.
#[derive(Debug, Clone, PartialEq)]
pub struct StagePage {
    pub head: EventHead,
    pub role: EventRole,
    pub session: AgendaSessionId,
    pub title: String,
    pub state: StageState,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StageState {
    /// It is not streamed.
    None,
    /// The door is closed for this person now; never [`StageAccess::Open`].
    Closed(StageAccess),
    /// The organization removed the credentials it needs.
    NotConfigured(StreamingPlatform),
    Open(Player),
}

/// What the page gets to play or to link to, by platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Player {
    Vimeo { address: String },
    Mux { address: String },
    Zoom { link: String, passcode: Option<String> },
    Jitsi { link: String },
    Other { link: String },
}

impl Player {
    #[must_use]
    pub const fn platform(&self) -> StreamingPlatform {
        match self {
            Self::Vimeo { .. } => StreamingPlatform::Vimeo,
            Self::Mux { .. } => StreamingPlatform::Mux,
            Self::Zoom { .. } => StreamingPlatform::Zoom,
            Self::Jitsi { .. } => StreamingPlatform::Jitsi,
            Self::Other { .. } => StreamingPlatform::Other,
        }
    }
}

/// Opens the stage: four statements.
///
/// # Errors
/// [`domain::Denied::BannedFromEvent`]; [`domain::AppError::NotFound`] for everybody who is no active member, and when
/// there is no such session.
pub async fn stage(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    session: AgendaSessionId,
) -> Outcome<StagePage> {
    let (head, standing) = events::head_with_standing(services, Some(person.user), slug).await?;
    may(EventAction::SeeMemberPages, head.visibility, &standing)?;
    let role = standing.effective_role().ok_or(ServiceError::NOT_FOUND)?;
    let seen = attending::seen(services, Some(person.user), slug, session).await?;
    seen.may(SessionAction::See)?;
    let state = match source(services, &seen).await? {
        None => StageState::None,
        Some(source) => {
            let now = services.clock.now();
            match access(seen.stage_viewer(role), &seen.stage_times(), source.platform, now) {
                StageAccess::Open => player(services, person, role, &seen, &source).await?,
                closed @ (StageAccess::NotYet(_)
                | StageAccess::SignUpFirst
                | StageAccess::Over
                | StageAccess::Cancelled) => StageState::Closed(closed),
            }
        }
    };
    Ok(StagePage { head, role, session, title: seen.title, state })
}

async fn source(services: &Services, seen: &SeenSession) -> Outcome<Option<StreamSource>> {
    let row = queries::stream(&services.db, seen.event.get(), seen.session.get()).await?;
    let row = row.ok_or(ServiceError::NOT_FOUND)?;
    let Some((platform, value)) = row.platform.zip(row.value) else { return Ok(None) };
    let platform = StreamingPlatform::from_stored(&platform)
        .ok_or_else(|| ServiceError::unknown_value("agenda_sessions.streaming_platform", &platform))?;
    let mux_policy = row.mux_policy.as_deref().and_then(MuxPlaybackPolicy::from_stored);
    Ok(Some(StreamSource { platform, value, passcode: row.passcode, mux_policy }))
}

async fn player(
    services: &Services,
    person: &SignedIn,
    role: EventRole,
    seen: &SeenSession,
    source: &StreamSource,
) -> Outcome<StageState> {
    let value = &source.value;
    let organization = seen.organization.get();
    let now = services.clock.now();
    let exp = tokens::expiry(seen.ends_at, now);
    let player = match source.platform {
        StreamingPlatform::Vimeo => {
            let (id, hash) = value.split_once('/').unwrap_or((value, ""));
            let hash = if hash.is_empty() { String::new() } else { format!("&h={hash}") };
            Player::Vimeo { address: format!("https://player.vimeo.com/video/{id}?dnt=1{hash}") }
        }
        StreamingPlatform::Mux if source.mux_policy == Some(MuxPlaybackPolicy::Signed) => {
            let set: Option<MuxSigningSet> = set(services, organization, CredentialKind::MuxSigning).await?;
            let Some(set) = set else { return Ok(StageState::NotConfigured(source.platform)) };
            let tokens = tokens::mux(&set, value, exp)?;
            let (video, thumbnail, storyboard) = (tokens.video, tokens.thumbnail, tokens.storyboard);
            Player::Mux {
                address: format!(
                    "https://player.mux.com/{value}?playback-token={video}&thumbnail-token={thumbnail}&storyboard-token={storyboard}"
                ),
            }
        }
        StreamingPlatform::Mux => Player::Mux { address: format!("https://player.mux.com/{value}") },
        StreamingPlatform::Zoom => Player::Zoom { link: value.clone(), passcode: source.passcode.clone() },
        StreamingPlatform::Jitsi => {
            let set: Option<JaasSet> = set(services, organization, CredentialKind::Jaas).await?;
            let Some(set) = set else { return Ok(StageState::NotConfigured(source.platform)) };
            let is_moderator = role.is_organizer() || seen.is_speaker;
            let avatar = person.avatar.map(|file| uploads::avatar_for_meeting(services, file, exp));
            let guest = JitsiGuest { name: &person.full_name, avatar: avatar.as_deref(), is_moderator };
            let token = tokens::jitsi(&set, value, &guest, now, exp)?;
            Player::Jitsi { link: format!("https://8x8.vc/{}/{value}?jwt={token}", set.application_id) }
        }
        StreamingPlatform::Other => Player::Other { link: value.clone() },
    };
    Ok(StageState::Open(player))
}

async fn set<T: DeserializeOwned>(
    services: &Services,
    organization: Uuid,
    kind: CredentialKind,
) -> Outcome<Option<T>> {
    match queries::sealed(&services.db, organization, kind.as_str()).await? {
        Some(text) => sealed::open(services, organization, kind, &text),
        None => Ok(None),
    }
}
