//! News for browsers in which no page of Atria is looked at (Web Push: RFC 8030, 8291, 8292). A push is a hint that may get
//! lost: what it says stands in the list of notifications, and only what stands there is pushed.

mod addresses;
mod key;
mod queries;
mod sending;

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ids::UserId;
use domain::{AppError, FieldErrors, SignedIn};
use rustls::{ClientConfig, RootCertStore};
use time::OffsetDateTime;
use url::Url;
use web_push_native::p256::PublicKey;

pub use addresses::PushServices;
pub use sending::{push_due, run};

use crate::db::OnConstraint as _;
use crate::storage::use_ring;
use crate::{Outcome, Services, SigningKey, db};
use key::Key;

/// So long after it happened: who reads it at once is not pushed.
pub const PUSH_AFTER: time::Duration = time::Duration::seconds(3);
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// An uncompressed point of P-256, and the secret beside it.
const PUBLIC_KEY_BYTES: usize = 65;
const AUTH_SECRET_BYTES: usize = 16;
const MAX_ENDPOINT_CHARS: usize = 1000;
const RELOAD: &str = "This browser said something else than browsers do. Load this page again and retry.";

/// What pushing needs: the instance's own key, and the services it may speak to.
#[derive(Debug, Clone)]
pub struct Push(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    key: Key,
    /// Whom push services may turn to, as RFC 8292 asks.
    contact: String,
    services: PushServices,
    http: reqwest::Client,
    lanes: sending::Lanes,
}

/// No HTTP client could be made.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct PushError(#[from] reqwest::Error);

impl Push {
    /// The key is derived from the instance's secret: with another secret browsers have to be asked anew.
    ///
    /// # Errors
    /// [`PushError`] when no client can be made.
    pub fn new(secret: &SigningKey, services: PushServices, public_url: &str) -> Result<Self, PushError> {
        use_ring();
        // The roots that Mozilla trusts, whatever the machine has: the same as for mail.
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let tls = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .connect_timeout(CONNECT_WITHIN)
            .timeout(ANSWER_WITHIN)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent("Atria")
            .build()?;
        let contact = if public_url.starts_with("https://") { public_url } else { "mailto:push@localhost" };
        let lanes = sending::Lanes::of(&services);
        Ok(Self(Arc::new(Parts {
            key: Key::derive(secret),
            contact: contact.to_owned(),
            services,
            http,
            lanes,
        })))
    }

    /// What browsers subscribe with, in base64url; `None` where this instance pushes nothing.
    #[must_use]
    pub fn public_key(&self) -> Option<&str> {
        (!self.0.services.is_empty()).then(|| self.0.key.public())
    }
}

/// What a browser answers to `subscribe`, as it sent it.
#[derive(Debug, Clone, Default)]
pub struct NewSubscription {
    pub endpoint: String,
    /// Both in base64url without padding.
    pub p256dh: String,
    pub auth: String,
    /// The browser's push service gave it another address by itself: nobody asked for pushes now.
    pub renews: bool,
}

/// Pushes to the person's browser from here on, until they sign out there. It has one subscription: the newest. One that
/// renews another takes the place of that; under a sign-in that isn't pushed to it is nothing.
///
/// # Errors
/// [`FieldErrors`] under `endpoint` for a service that this instance doesn't speak to, and under `p256dh` and `auth`;
/// [`AppError::Busy`] when the same browser subscribes twice at this moment.
pub async fn subscribe(services: &Services, person: &SignedIn, new: &NewSubscription) -> Outcome<()> {
    let endpoint = services.push.0.services.parse_endpoint(&new.endpoint).map(|(endpoint, _)| endpoint);
    let endpoint = endpoint.filter(|endpoint| endpoint.as_str().len() <= MAX_ENDPOINT_CHARS);
    let refused = "This browser's push service is none that this site sends to.";
    let endpoint = endpoint.ok_or_else(|| FieldErrors::one("endpoint", refused))?;
    let public_key = decoded::<PUBLIC_KEY_BYTES>(&new.p256dh)
        .filter(|key| PublicKey::from_sec1_bytes(key).is_ok())
        .ok_or_else(|| FieldErrors::one("p256dh", RELOAD))?;
    let auth_secret =
        decoded::<AUTH_SECRET_BYTES>(&new.auth).ok_or_else(|| FieldErrors::one("auth", RELOAD))?;
    let now = services.clock.now();
    let row = queries::SubscriptionRow {
        id: services.rng.id(now),
        session: person.login_session.get(),
        user: person.user.get(),
        endpoint: endpoint.as_str(),
        public_key: &public_key,
        auth_secret: &auth_secret,
        now,
    };
    let mut tx = db::begin(&services.db).await?;
    if new.renews && !queries::has_subscription(&mut *tx, row.session).await? {
        tx.rollback().await?;
        return Ok(());
    }
    // The same browser under an earlier sign-in, or this one's earlier subscription.
    queries::replace(&mut tx, row.session, row.endpoint).await?;
    let inserted = queries::insert(&mut tx, &row).await;
    inserted.on_constraint("push_subscriptions_endpoint_unique", || AppError::Busy)?;
    Ok(tx.commit().await?)
}

/// Pushes nothing more to the person's browser. Again is fine.
///
/// # Errors
/// Database errors only.
pub async fn unsubscribe(services: &Services, person: &SignedIn) -> Outcome<()> {
    Ok(queries::delete_of_session(&services.db, person.login_session.get()).await?)
}

/// Whether the person's browser is pushed to.
///
/// # Errors
/// Database errors only.
pub async fn is_subscribed(services: &Services, person: &SignedIn) -> Outcome<bool> {
    Ok(queries::has_subscription(&services.db, person.login_session.get()).await?)
}

/// One browser of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnSubscription {
    /// The host of its push service.
    pub service: String,
    pub since: OffsetDateTime,
}

/// All browsers in which a person is pushed to, for the copy of their data.
///
/// # Errors
/// Database errors only.
pub(crate) async fn subscriptions_of(services: &Services, user: UserId) -> Outcome<Vec<OwnSubscription>> {
    let rows = queries::subscriptions_of(&services.db, user.get(), services.clock.now()).await?;
    let host = |endpoint: &str| Url::parse(endpoint).ok()?.host_str().map(ToOwned::to_owned);
    let own = rows.into_iter().map(|row| OwnSubscription {
        service: host(&row.endpoint).unwrap_or_default(),
        since: row.created_at,
    });
    Ok(own.collect())
}

fn decoded<const BYTES: usize>(text: &str) -> Option<[u8; BYTES]> {
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}
