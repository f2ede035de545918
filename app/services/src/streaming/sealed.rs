//! Credentials at rest: AES-256-GCM under a key derived from the instance secret.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::CredentialKind;
use crate::{Outcome, ServiceError, Services};

/// Another version of what is sealed gets another name.
const PURPOSE: &str = "organization credentials 1";

/// Nonce, then text and tag. The organization and the kind are authenticated, so that a row copied to another one does
/// not open.
pub(super) fn seal(
    services: &Services,
    organization: Uuid,
    kind: CredentialKind,
    set: &impl Serialize,
) -> Outcome<Vec<u8>> {
    let mut text = serde_json::to_vec(set).map_err(|error| ServiceError::Broken(error.to_string()))?;
    let nonce: [u8; NONCE_LEN] = services.rng.bytes();
    let aad = Aad::from(bound_to(organization, kind));
    key(services)?
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut text)
        .map_err(|_| ServiceError::Broken("credentials could not be sealed".to_owned()))?;
    Ok(nonce.into_iter().chain(text).collect())
}

/// `None` when the instance secret is another one by now: then they have to be entered again.
pub(super) fn open<T: DeserializeOwned>(
    services: &Services,
    organization: Uuid,
    kind: CredentialKind,
    sealed: &[u8],
) -> Outcome<Option<T>> {
    let Some((nonce, text)) = sealed.split_first_chunk::<NONCE_LEN>() else { return Ok(None) };
    let (mut text, aad) = (text.to_vec(), Aad::from(bound_to(organization, kind)));
    let opened = key(services)?.open_in_place(Nonce::assume_unique_for_key(*nonce), aad, &mut text);
    let Ok(set) = opened else {
        tracing::warn!(%organization, kind = kind.as_str(), "credentials don't open: was the secret key changed?");
        return Ok(None);
    };
    Ok(serde_json::from_slice(set).ok())
}

fn key(services: &Services) -> Outcome<LessSafeKey> {
    let key = UnboundKey::new(&AES_256_GCM, &services.signing_key.derive(PURPOSE));
    key.map(LessSafeKey::new).map_err(|_| ServiceError::Broken("no key of 256 bits".to_owned()))
}

fn bound_to(organization: Uuid, kind: CredentialKind) -> Vec<u8> {
    let kind = kind.as_str().bytes();
    organization.into_bytes().into_iter().chain(kind).collect()
}
