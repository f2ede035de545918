//! Private RSA keys as services hand them out, and what is signed with them (RS256, RFC 7518).

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;
use serde::Serialize;

use crate::{Outcome, ServiceError};

/// Why a key was refused; `Display` is the sentence shown at the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum KeyError {
    #[error("Paste the whole private key, from -----BEGIN to -----END.")]
    NoKey,
    #[error("This is no RSA key of 2048 bits or more.")]
    NotRsa,
}

/// Longest text of a key: 4096 bits take about 3,300 characters, in base 64 once more 4,400.
const MAX_CHARS: usize = 8000;

/// The key as PEM: as it is, or in base 64 as Mux hands it out.
///
/// # Errors
/// Every variant of [`KeyError`].
pub(super) fn read(typed: &str) -> Result<String, KeyError> {
    let typed = typed.trim();
    if typed.len() > MAX_CHARS {
        return Err(KeyError::NoKey);
    }
    let pem = if typed.starts_with("-----BEGIN") {
        typed.to_owned()
    } else {
        let packed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let bytes = STANDARD.decode(packed).map_err(|_| KeyError::NoKey)?;
        String::from_utf8(bytes).map_err(|_| KeyError::NoKey)?
    };
    key_pair(&pem)?;
    Ok(pem)
}

fn key_pair(pem: &str) -> Result<RsaKeyPair, KeyError> {
    match PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| KeyError::NoKey)? {
        PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der()),
        PrivateKeyDer::Pkcs8(der) => RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()),
        // The type is open to more kinds of keys; none of them is RSA.
        _ => return Err(KeyError::NotRsa),
    }
    .map_err(|_| KeyError::NotRsa)
}

/// A signed token of these claims.
///
/// # Errors
/// [`ServiceError::Broken`] when the key, which was parsed when it was saved, can't sign.
pub(super) fn token(key_id: &str, pem: &str, claims: &impl Serialize) -> Outcome<String> {
    let broken = |what: &dyn std::fmt::Display| ServiceError::Broken(format!("a stream token: {what}"));
    let key = key_pair(pem).map_err(|error| broken(&error))?;
    let header = serde_json::json!({ "alg": "RS256", "typ": "JWT", "kid": key_id });
    let claims = serde_json::to_vec(claims).map_err(|error| broken(&error))?;
    let text = format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(claims));
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature)
        .map_err(|error| broken(&error))?;
    Ok(format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature)))
}
