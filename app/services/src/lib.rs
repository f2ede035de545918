//! The use cases of Atria: each loads as the viewer, decides by `domain`'s policy, acts in one transaction and
//! publishes after COMMIT. Server only; knows nothing of HTTP or pages.

pub mod accounts;
pub mod agenda;
pub mod attendees;
pub mod attending;
pub mod calendar_file;
pub mod calendars;
pub mod chat;
pub mod clock;
pub mod connections;
pub mod conversations;
mod cursor;
pub mod dates;
pub mod db;
pub mod directory;
mod error;
pub mod events;
mod free_slug;
pub mod images;
pub mod invitations;
pub mod limits;
pub mod mail;
pub mod moderation;
pub mod notifications;
pub mod organizations;
pub mod periodic;
pub mod push;
pub mod realtime;
pub mod rng;
pub mod share_picture;
mod signing;
pub mod sponsors;
mod spreadsheet;
pub mod storage;
pub mod streaming;
pub mod time_zones;
pub mod uploads;
mod web_address;

use std::sync::Arc;

pub use clock::Clock;
pub use error::ServiceError;
pub use rng::Rng;
pub use signing::SigningKey;

use accounts::PasswordHasher;
use chat::MessageRates;
use domain::accounts::EmailAddress;
use images::ImagePool;
use limits::ComfortCounters;
use mail::Outbox;
use push::Push;
use realtime::Bus;
use share_picture::DrawnPictures;
use sqlx::PgPool;
use storage::Storage;
use uploads::UploadQuotas;

/// Everything a use case needs. Cloning is cheap and shares all of it.
#[derive(Debug, Clone)]
pub struct Services {
    /// Pool of the runtime role (no DDL).
    pub db: PgPool,
    pub clock: Clock,
    pub rng: Rng,
    pub passwords: PasswordHasher,
    pub comfort: ComfortCounters,
    pub outbox: Outbox,
    pub push: Push,
    pub bus: Bus,
    pub signing_key: SigningKey,
    pub storage: Storage,
    pub images: ImagePool,
    pub drawn: DrawnPictures,
    pub upload_quotas: UploadQuotas,
    pub message_rates: MessageRates,
    /// Who is told of what no moderators answer for.
    pub abuse_contact: Option<EmailAddress>,
    /// Origin of every link, `https://host[:port]` without a trailing slash; never taken from a request.
    pub public_url: Arc<str>,
}

/// What every use case answers.
pub type Outcome<T> = Result<T, ServiceError>;
