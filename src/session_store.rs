//! Login sessions behind tower-sessions' cookie. Ids are hashed at rest, a save never inserts, both lifetimes
//! are enforced by the database row.

use app::accounts::{LoginMark, VIEWER_KEY};
use async_trait::async_trait;
use services::accounts::{self, Begun, NewLoginSession};
use services::{ServiceError, Services};
use time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result, SessionStore};

use crate::middleware::session_cookie;

/// The stock stores upsert, and so bring a signed-out session back when a slow request saves it afterwards.
#[derive(Debug, Clone)]
pub struct LoginSessionStore {
    services: Services,
}

impl LoginSessionStore {
    #[must_use]
    pub fn new(services: Services) -> Self {
        Self { services }
    }
}

/// Facts about the live row that a request may read and a save must not write.
pub const ROTATED_AT_KEY: &str = "rotated_at";
/// When it ends by itself: after no use, and at the latest.
pub const LIMITS_KEY: &str = "limits";
/// What the head of each page counts.
pub const WAITING_KEY: &str = "counted_in_head";

#[async_trait]
impl SessionStore for LoginSessionStore {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let mark: Option<LoginMark> =
            record.data.get(LoginMark::KEY).and_then(|mark| serde_json::from_value(mark.clone()).ok());
        let data = stored_data(record)?;
        let new = match &mark {
            Some(LoginMark::GoesOn { interim_id }) => return self.go_on(interim_id, record).await,
            Some(LoginMark::Begins { admitted, user_agent, source_address }) => NewLoginSession {
                user: Some(*admitted),
                data: &data,
                user_agent: user_agent.as_deref(),
                source_address: source_address.as_deref(),
            },
            None => NewLoginSession { user: None, data: &data, user_agent: None, source_address: None },
        };
        loop {
            match accounts::begin(&self.services, &record.id.0.to_le_bytes(), &new).await.map_err(backend)? {
                Begun::Yes => return Ok(()),
                Begun::IdTaken => record.id = Id::default(),
                Begun::TooLate => {
                    // The cookie of no session is as good as none: the person signs in again.
                    tracing::info!("a sign-in was overtaken by a change of the password");
                    return Ok(());
                }
            }
        }
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let data = stored_data(record)?;
        let live =
            accounts::store_data(&self.services, &record.id.0.to_le_bytes(), &data).await.map_err(backend)?;
        if !live {
            // An error here would turn a good answer into a 500; the session is gone and stays gone. So the answer must
            // not bring its cookie back.
            session_cookie::leave_alone();
            tracing::info!("a request outlived its login session");
        }
        Ok(())
    }

    async fn load(&self, session_id: &Id) -> Result<Option<Record>> {
        let row = accounts::load(&self.services, &session_id.0.to_le_bytes()).await.map_err(backend)?;
        let Some(row) = row else { return Ok(None) };
        let mut data: std::collections::HashMap<String, serde_json::Value> =
            serde_json::from_value(row.data).map_err(|error| Error::Decode(error.to_string()))?;
        if let Some(person) = row.person {
            let person = serde_json::to_value(person).map_err(|error| Error::Decode(error.to_string()))?;
            data.insert(VIEWER_KEY.to_owned(), person);
            data.insert(ROTATED_AT_KEY.to_owned(), row.rotated_at.unix_timestamp().into());
            let limits = [row.limits.idle, row.limits.absolute].map(OffsetDateTime::unix_timestamp);
            data.insert(LIMITS_KEY.to_owned(), limits.to_vec().into());
            let waiting =
                serde_json::to_value(row.waiting).map_err(|error| Error::Decode(error.to_string()))?;
            data.insert(WAITING_KEY.to_owned(), waiting);
        }
        Ok(Some(Record { id: *session_id, data, expiry_date: row.limits.absolute }))
    }

    async fn delete(&self, session_id: &Id) -> Result<()> {
        accounts::end(&self.services, &session_id.0.to_le_bytes()).await.map_err(backend)
    }
}

impl LoginSessionStore {
    /// Gives the login session under an id of ours the id the browser gets.
    async fn go_on(&self, interim_id: &[u8; 16], record: &Record) -> Result<()> {
        match accounts::rotate(&self.services, interim_id, &record.id.0.to_le_bytes()).await {
            Ok(_) => self.save(record).await,
            // It ended in between, and stays ended.
            Err(ServiceError::Refused(_)) => Ok(()),
            Err(error) => Err(backend(error)),
        }
    }
}

const NOT_STORED: [&str; 5] = [VIEWER_KEY, ROTATED_AT_KEY, LIMITS_KEY, WAITING_KEY, LoginMark::KEY];

fn stored_data(record: &Record) -> Result<serde_json::Value> {
    let kept = record.data.iter().filter(|(key, _)| !NOT_STORED.contains(&key.as_str()));
    serde_json::to_value(kept.collect::<std::collections::HashMap<_, _>>())
        .map_err(|error| Error::Encode(error.to_string()))
}

#[expect(clippy::needless_pass_by_value, reason = "used as a function in map_err")]
fn backend(error: ServiceError) -> Error {
    Error::Backend(error.to_string())
}

/// An instant of a loaded session.
#[must_use]
pub fn instant(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
