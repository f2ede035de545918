use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ids::FileId;
use domain::uploads::{Audience, FileName, SignedAddress};
use time::OffsetDateTime;

use crate::Services;

/// Longest life of an address, in seconds.
const LIFETIME: i64 = 15 * 60;
/// Addresses made within this many seconds are the same, so that a browser fetches a picture once and not on each page.
const STEP: i64 = 5 * 60;
/// 64 bits of the content's hash make an address change with its content.
const HASH_BYTES: usize = 8;
const PURPOSE: &str = "file";

/// Which of an avatar's sizes is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AvatarPixels {
    Small,
    Medium,
    Large,
}

impl AvatarPixels {
    const fn name(self) -> FileName {
        match self {
            Self::Small => FileName(96),
            Self::Medium => FileName(256),
            Self::Large => FileName(600),
        }
    }
}

/// The address of an avatar for one viewer, good for 10 to 15 minutes. Whether the viewer may see the person is asked
/// again when it is fetched.
#[must_use]
pub fn avatar_address(services: &Services, audience: Audience, file: FileId, pixels: AvatarPixels) -> String {
    signed(services, audience, file, pixels.name())
}

/// The address of an avatar that its own person takes along into a meeting elsewhere, good until then (Unix seconds).
pub(crate) fn avatar_for_meeting(services: &Services, file: FileId, until: i64) -> String {
    let path = signed_until(services, Audience::Meeting, file, AvatarPixels::Medium.name(), until);
    format!("{}{path}", services.public_url)
}

pub(super) fn signed(services: &Services, audience: Audience, file: FileId, name: FileName) -> String {
    let until = (services.clock.now().unix_timestamp() + LIFETIME) / STEP * STEP;
    signed_until(services, audience, file, name, until)
}

fn signed_until(services: &Services, audience: Audience, file: FileId, name: FileName, until: i64) -> String {
    let signature = URL_SAFE_NO_PAD.encode(sign(services, audience, file, name, until));
    format!("/files/private/{file}/{name}?for={audience}&until={until}&signature={signature}")
}

pub(super) fn public(file: FileId, content_hash: &[u8], name: FileName) -> String {
    format!("/files/public/{file}/{}/{name}", short(content_hash))
}

/// As it stands in public addresses.
pub(super) fn short(content_hash: &[u8]) -> String {
    hex::encode(&content_hash[..HASH_BYTES.min(content_hash.len())])
}

/// Whether we made this address and it has not run out; whom it is for is another question.
pub(super) fn is_good(services: &Services, address: &SignedAddress) -> bool {
    let SignedAddress { file, name, audience, until, signature } = address;
    let is_running = OffsetDateTime::from_unix_timestamp(*until).is_ok_and(|end| services.clock.now() < end);
    let Ok(signature) = URL_SAFE_NO_PAD.decode(signature) else { return false };
    let parts = parts(*audience, *file, *name, *until);
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    is_running && services.signing_key.is_signed(PURPOSE, &parts, &signature)
}

fn sign(services: &Services, audience: Audience, file: FileId, name: FileName, until: i64) -> Vec<u8> {
    let parts = parts(audience, file, name, until);
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    services.signing_key.sign(PURPOSE, &parts).to_vec()
}

fn parts(audience: Audience, file: FileId, name: FileName, until: i64) -> [Vec<u8>; 4] {
    [
        file.get().into_bytes().to_vec(),
        name.0.to_be_bytes().to_vec(),
        until.to_be_bytes().to_vec(),
        audience.to_string().into_bytes(),
    ]
}
