use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::TryRngCore as _;
use rand::rngs::OsRng;
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use uuid::{NoContext, Timestamp, Uuid};

/// Where ids and secrets come from: the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rng;

/// A secret that leaves by mail once and is kept only as its hash.
#[derive(Clone)]
pub struct SecretToken {
    text: String,
}

impl Rng {
    /// A UUIDv7 of this instant.
    #[must_use]
    pub fn id(self, now: OffsetDateTime) -> Uuid {
        let seconds = u64::try_from(now.unix_timestamp()).unwrap_or(0);
        Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, now.nanosecond()))
    }

    /// 256 random bits as 43 URL-safe characters.
    #[must_use]
    pub fn token(self) -> SecretToken {
        SecretToken { text: URL_SAFE_NO_PAD.encode(self.bytes::<32>()) }
    }

    /// `N` random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(self) -> [u8; N] {
        let mut bytes = [0; N];
        OsRng.try_fill_bytes(&mut bytes).expect("the operating system hands out randomness");
        bytes
    }

    /// A factor in `0.0..1.0`, for jitter.
    #[must_use]
    pub fn fraction(self) -> f64 {
        f64::from(u32::from_le_bytes(self.bytes())) / (f64::from(u32::MAX) + 1.0)
    }
}

impl SecretToken {
    /// The secret itself, for the link in the mail.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// What is stored.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        hash_token(&self.text)
    }
}

impl std::fmt::Debug for SecretToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretToken(…)")
    }
}

/// SHA-256 of a presented token, to look its row up.
#[must_use]
pub fn hash_token(presented: &str) -> [u8; 32] {
    Sha256::digest(presented.as_bytes()).into()
}

/// Only this is stored of a session id.
#[must_use]
pub fn hash_session_id(session_id: &[u8; 16]) -> [u8; 32] {
    Sha256::digest(session_id).into()
}
