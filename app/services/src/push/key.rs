use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use time::{Duration, OffsetDateTime};
use web_push_native::p256::SecretKey;
use web_push_native::p256::ecdsa::signature::Signer as _;
use web_push_native::p256::ecdsa::{Signature, SigningKey};
use web_push_native::p256::elliptic_curve::sec1::ToEncodedPoint as _;

use crate::signing;

/// Push services refuse what is good for more than a day.
const GOOD_FOR: Duration = Duration::hours(12);

/// By which push services know this instance (VAPID, RFC 8292).
pub(super) struct Key {
    signing: SigningKey,
    public: String,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("public", &self.public).finish_non_exhaustive()
    }
}

impl Key {
    pub(super) fn derive(secret: &signing::SigningKey) -> Self {
        // One number in 2^32 is none of the curve: then the next one is.
        let mut tries = 0_u32..;
        let secret = tries
            .find_map(|round| SecretKey::from_slice(&secret.derive(&format!("web push {round}"))).ok())
            .expect("most numbers are keys");
        let point = secret.public_key().to_encoded_point(false);
        Self { public: URL_SAFE_NO_PAD.encode(point.as_bytes()), signing: SigningKey::from(secret) }
    }

    /// The point, uncompressed, in base64url.
    pub(super) fn public(&self) -> &str {
        &self.public
    }

    /// The value of `Authorization` for one push service, by its origin.
    pub(super) fn authorization(&self, origin: &str, contact: &str, now: OffsetDateTime) -> String {
        let encode = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let head = encode(json!({ "typ": "JWT", "alg": "ES256" }));
        let expires = (now + GOOD_FOR).unix_timestamp();
        let claims = encode(json!({ "aud": origin, "exp": expires, "sub": contact }));
        let signed = format!("{head}.{claims}");
        let signature: Signature = self.signing.sign(signed.as_bytes());
        format!("vapid t={signed}.{}, k={}", URL_SAFE_NO_PAD.encode(signature.to_bytes()), self.public)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_secret_makes_the_same_key_and_another_one_another() {
        let key = |secret: &[u8]| Key::derive(&signing::SigningKey::new(secret)).public().to_owned();
        assert_eq!(key(b"one"), key(b"one"));
        assert_ne!(key(b"one"), key(b"two"));
        assert_eq!(URL_SAFE_NO_PAD.decode(key(b"one")).map(|point| (point.len(), point[0])), Ok((65, 4)));
    }
}
