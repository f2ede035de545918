//! What this instance says to itself through a browser: signed, so that nobody else can say it.

use std::sync::Arc;

use hmac::{Hmac, KeyInit as _, Mac as _};
use ring::hkdf;
use sha2::Sha256;

/// The instance's secret (`ATRIA_SECRET_KEY`); all processes of one instance share it.
#[derive(Clone)]
pub struct SigningKey(Arc<[u8]>);

/// As long as is needed to make guessing hopeless: 128 bits.
pub(crate) const SIGNATURE_BYTES: usize = 16;

impl SigningKey {
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        Self(secret.into())
    }

    /// Signs `parts` for one purpose; a signature for another purpose, or with the parts cut elsewhere, is another one.
    pub(crate) fn sign(&self, purpose: &str, parts: &[&[u8]]) -> [u8; SIGNATURE_BYTES] {
        let whole = self.mac(purpose, parts).finalize().into_bytes();
        let mut signature = [0; SIGNATURE_BYTES];
        signature.copy_from_slice(&whole[..SIGNATURE_BYTES]);
        signature
    }

    /// In constant time.
    pub(crate) fn is_signed(&self, purpose: &str, parts: &[&[u8]], signature: &[u8]) -> bool {
        signature.len() == SIGNATURE_BYTES
            && self.mac(purpose, parts).verify_truncated_left(signature).is_ok()
    }

    /// A key for one purpose (HKDF-SHA256, RFC 5869): whoever learns it learns neither the secret nor another key.
    pub(crate) fn derive(&self, purpose: &str) -> [u8; 32] {
        let mut key = [0; 32];
        hkdf::Salt::new(hkdf::HKDF_SHA256, b"atria")
            .extract(&self.0)
            .expand(&[purpose.as_bytes()], hkdf::HKDF_SHA256)
            .and_then(|made| made.fill(&mut key))
            .expect("32 bytes are what SHA-256 gives");
        key
    }

    fn mac(&self, purpose: &str, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            mac.update(part);
        }
        mac
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(…)")
    }
}
