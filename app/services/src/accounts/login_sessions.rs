use std::collections::HashSet;

use domain::SignedIn;
use domain::accounts::{Admitted, full_name};
use domain::connections::OPEN_FOR;
use domain::ids::{FileId, LoginSessionId, UserId};
use domain::notifications::Waiting;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::browser::browser_in_words;
use super::{ABSOLUTE_LIMIT, IDLE_LIMIT, queries};
use crate::rng::hash_session_id;
use crate::{Outcome, ServiceError, Services, db};

/// How often at most a session's last use is written.
const TOUCH_EVERY: Duration = Duration::minutes(1);
/// How long a visitor's form leftovers are kept.
const VISITOR_LIFETIME: Duration = Duration::days(1);

/// A live session as the request layer needs it.
#[derive(Debug, Clone)]
pub struct LoginSessionRow {
    /// `None` for a visitor who only has form leftovers.
    pub person: Option<SignedIn>,
    pub data: serde_json::Value,
    /// When this id was made; older than [`super::ROTATE_AFTER`] it is due for rotation.
    pub rotated_at: OffsetDateTime,
    pub limits: SessionLimits,
    pub waiting: Waiting,
}

/// When a login session ends by itself; the earlier one decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// Moved by each use.
    pub idle: OffsetDateTime,
    pub absolute: OffsetDateTime,
}

/// What a new session keeps; `user` is `None` for visitors.
#[derive(Debug, Clone)]
pub struct NewLoginSession<'a> {
    pub user: Option<Admitted>,
    pub data: &'a serde_json::Value,
    pub user_agent: Option<&'a str>,
    /// An IP address in text form.
    pub source_address: Option<&'a str>,
}

/// Whose login session this was, also when it has ended: one statement. Who holds its id may be told nothing by it, only
/// have what they typed kept for that person.
///
/// # Errors
/// Database errors only; an unknown id, and one of a session that never had a person, is `None`.
pub async fn owner_of(services: &Services, session_id: &[u8; 16]) -> Outcome<Option<UserId>> {
    let owner = queries::session_owner(&services.db, &hash_session_id(session_id)).await?;
    Ok(owner.map(UserId::new))
}

/// Reads a session that is neither revoked nor past its idle or absolute limit, of an ACTIVE person.
///
/// Writes its last use at most once a minute; one statement. An id that was rotated away is recorded when it comes
/// back: somebody kept it, or a page that was under way did.
///
/// # Errors
/// Database errors only; a dead or unknown id is `None`.
pub async fn load(services: &Services, session_id: &[u8; 16]) -> Outcome<Option<LoginSessionRow>> {
    let now = services.clock.now();
    let row = queries::load_session(
        &services.db,
        &hash_session_id(session_id),
        now,
        now - TOUCH_EVERY,
        now + IDLE_LIMIT,
        now - OPEN_FOR,
    )
    .await?;
    if row.is_none() {
        record_former_id(services, session_id, now).await?;
    }
    Ok(row.map(|row| LoginSessionRow {
        person: row.user_id.map(|user| SignedIn {
            user: UserId::new(user),
            login_session: LoginSessionId::new(row.id),
            full_name: full_name(&row.first_name.unwrap_or_default(), &row.last_name.unwrap_or_default()),
            avatar: row.avatar.map(FileId::new),
        }),
        data: row.data,
        rotated_at: row.rotated_at,
        limits: SessionLimits { idle: row.idle_expires_at, absolute: row.absolute_expires_at },
        waiting: Waiting { news: row.news, messages: row.unread, requests: row.requests },
    }))
}

/// Once for each such id, so that nobody floods the log with one.
async fn record_former_id(services: &Services, session_id: &[u8; 16], now: OffsetDateTime) -> Outcome<()> {
    if let Some(former) = queries::note_former_id(&services.db, &hash_session_id(session_id), now).await? {
        let seconds = (now - former.rotated_at).whole_seconds();
        tracing::warn!(
            login_session = %former.login_session_id,
            rotated_before_seconds = seconds,
            "security: a session id came back that was rotated away"
        );
    }
    Ok(())
}

/// Whether a login session still opens doors: one statement.
///
/// # Errors
/// Database errors only.
pub async fn is_alive(services: &Services, login_session: LoginSessionId) -> Outcome<bool> {
    Ok(queries::is_alive(&services.db, login_session.get(), services.clock.now()).await?)
}

/// Those of these login sessions that still open doors: one statement, none when there is nobody to ask about.
///
/// # Errors
/// Database errors only.
pub async fn alive(services: &Services, asked: &[LoginSessionId]) -> Outcome<HashSet<LoginSessionId>> {
    if asked.is_empty() {
        return Ok(HashSet::new());
    }
    let ids: Vec<Uuid> = asked.iter().map(|login_session| login_session.get()).collect();
    let alive = queries::alive(&services.db, &ids, services.clock.now()).await?;
    Ok(alive.into_iter().map(LoginSessionId::new).collect())
}

/// How a new session began, or why it didn't.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    Yes,
    /// Another one must be made.
    IdTaken,
    /// The password was changed, or the account closed, since the person proved who they are.
    TooLate,
}

/// Stores a new session.
///
/// # Errors
/// Database errors only.
pub async fn begin(services: &Services, session_id: &[u8; 16], new: &NewLoginSession<'_>) -> Outcome<Begun> {
    let now = services.clock.now();
    let (idle, absolute) =
        if new.user.is_some() { (IDLE_LIMIT, ABSOLUTE_LIMIT) } else { (VISITOR_LIFETIME, VISITOR_LIFETIME) };
    let id_hash = hash_session_id(session_id);
    let row = queries::NewSessionRow {
        id: services.rng.id(now),
        id_hash: &id_hash,
        user: new.user.map(|admitted| (admitted.user.get(), admitted.epoch)),
        data: new.data,
        user_agent: new.user_agent,
        source_address: new.source_address,
        now,
        idle_expires_at: now + idle,
        absolute_expires_at: now + absolute,
    };
    if queries::insert_session(&services.db, &row).await? {
        return Ok(Begun::Yes);
    }
    let is_taken = queries::id_is_taken(&services.db, &id_hash).await?;
    Ok(if is_taken { Begun::IdTaken } else { Begun::TooLate })
}

/// Updates what a live session keeps; `false` when it was ended meanwhile, and nothing is written.
///
/// # Errors
/// Database errors only.
pub async fn store_data(
    services: &Services,
    session_id: &[u8; 16],
    data: &serde_json::Value,
) -> Outcome<bool> {
    Ok(queries::update_session_data(&services.db, &hash_session_id(session_id), data).await?)
}

/// Ends a session for good and closes its sockets; ending it twice is fine.
///
/// # Errors
/// Database errors only.
pub async fn end(services: &Services, session_id: &[u8; 16]) -> Outcome<()> {
    let ended =
        queries::revoke_session(&services.db, &hash_session_id(session_id), services.clock.now()).await?;
    if let Some(id) = ended {
        services.bus.end_login_session(LoginSessionId::new(id));
    }
    Ok(())
}

/// Ends the person's login session whatever its id is by now, and closes its sockets: a sign-out that a renewal
/// in another tab overtook still ends it.
///
/// # Errors
/// Database errors only.
pub async fn end_own(services: &Services, person: &SignedIn) -> Outcome<()> {
    queries::revoke_login_session(&services.db, person.login_session.get(), services.clock.now()).await?;
    services.bus.end_login_session(person.login_session);
    Ok(())
}

/// Login sessions that end with a transaction; sockets hear of it after COMMIT.
#[must_use = "open sockets hear of it by `announce`"]
pub(super) struct Ended(Vec<LoginSessionId>);

impl Ended {
    pub(super) fn announce(self, services: &Services) {
        for login_session in self.0 {
            services.bus.end_login_session(login_session);
        }
    }
}

/// Ends the login sessions of a person in the caller's transaction, all or all but one.
pub(super) async fn end_all(
    services: &Services,
    tx: &mut PgConnection,
    user: Uuid,
    but: Option<LoginSessionId>,
) -> Outcome<Ended> {
    let but = but.map(LoginSessionId::get);
    let ended = queries::revoke_login_sessions(tx, user, but, services.clock.now()).await?;
    Ok(Ended(ended.into_iter().map(LoginSessionId::new).collect()))
}

/// One browser a person is signed in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    pub login_session: LoginSessionId,
    pub browser: String,
    pub source_address: Option<String>,
    pub signed_in_at: OffsetDateTime,
    pub last_seen_at: OffsetDateTime,
    pub is_this: bool,
}

/// Where the person is signed in, this browser first, then by last use; at most 100.
///
/// # Errors
/// Database errors only.
pub async fn devices(services: &Services, person: &SignedIn) -> Outcome<Vec<Device>> {
    let rows = queries::login_sessions_of(&services.db, person.user.get(), services.clock.now()).await?;
    let mut devices: Vec<Device> = rows
        .into_iter()
        .map(|row| Device {
            login_session: LoginSessionId::new(row.id),
            browser: browser_in_words(row.user_agent.as_deref()),
            source_address: row.source_address,
            signed_in_at: row.created_at,
            last_seen_at: row.last_seen_at,
            is_this: row.id == person.login_session.get(),
        })
        .collect();
    // Stable: the others stay in the statement's order.
    devices.sort_by_key(|device| !device.is_this);
    Ok(devices)
}

/// Ends one of the person's own login sessions and closes its sockets; one that is over already is fine.
///
/// # Errors
/// Database errors only. Somebody else's login session is left alone without a word.
pub async fn end_device(services: &Services, person: &SignedIn, device: LoginSessionId) -> Outcome<()> {
    let now = services.clock.now();
    if queries::revoke_login_session_of(&services.db, person.user.get(), device.get(), now).await? {
        services.bus.end_login_session(device);
    }
    Ok(())
}

/// Ends all the person's login sessions but this browser's, and closes their sockets.
///
/// # Errors
/// Database errors only.
pub async fn end_other_devices(services: &Services, person: &SignedIn) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let ended = end_all(services, &mut tx, person.user.get(), Some(person.login_session)).await?;
    tx.commit().await?;
    ended.announce(services);
    Ok(())
}

/// Gives a signed-in session a new id and slides its idle limit; the old id is dead at once. Answers when it ends.
///
/// # Errors
/// [`ServiceError::Refused`] as "sign in" when the old id is dead already, also by a parallel rotation.
pub async fn rotate(services: &Services, old_id: &[u8; 16], new_id: &[u8; 16]) -> Outcome<SessionLimits> {
    let now = services.clock.now();
    let rotated = queries::rotate_session(
        &services.db,
        &hash_session_id(old_id),
        &hash_session_id(new_id),
        now,
        now + IDLE_LIMIT,
    )
    .await?;
    if let Some(row) = rotated {
        return Ok(SessionLimits { idle: row.idle_expires_at, absolute: row.absolute_expires_at });
    }
    Err(ServiceError::Refused(domain::AppError::Unauthenticated(
        domain::error::Unauthenticated::SignInRequired,
    )))
}
