//! Positions in growing lists (specification 1.5): opaque, and good for one list and one viewer.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::FieldErrors;
use domain::ids::UserId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Services;
use crate::signing::SIGNATURE_BYTES;

/// Where a list ordered by position goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cursor {
    /// Below this position.
    Before(i64),
    /// Above this position.
    After(i64),
}

/// Where a list ordered by ids, which begin with the time, goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IdCursor {
    /// Below this id.
    Before(Uuid),
    /// Above this id.
    After(Uuid),
}

const PURPOSE: &str = "cursor";

impl Cursor {
    /// As it stands in an address.
    pub(crate) fn seal(self, services: &Services, list: &str, viewer: UserId) -> String {
        seal(services, list, viewer, &self.body())
    }

    /// # Errors
    /// On `cursor`: malformed, or made for another list or viewer.
    pub(crate) fn open(
        services: &Services,
        list: &str,
        viewer: UserId,
        sealed: &str,
    ) -> Result<Self, FieldErrors> {
        let body = open(services, list, viewer, sealed)?;
        let (direction, position) = body.split_first().ok_or_else(unknown)?;
        let position = position.try_into().map(i64::from_be_bytes).map_err(|_| unknown())?;
        match direction {
            b'<' => Ok(Self::Before(position)),
            b'>' => Ok(Self::After(position)),
            _ => Err(unknown()),
        }
    }

    fn body(self) -> Vec<u8> {
        let (direction, position) = match self {
            Self::Before(position) => (b'<', position),
            Self::After(position) => (b'>', position),
        };
        std::iter::once(direction).chain(position.to_be_bytes()).collect()
    }
}

impl IdCursor {
    /// As it stands in an address.
    pub(crate) fn seal(self, services: &Services, list: &str, viewer: UserId) -> String {
        let (direction, id) = match self {
            Self::Before(id) => (b'<', id),
            Self::After(id) => (b'>', id),
        };
        let body: Vec<u8> = std::iter::once(direction).chain(id.into_bytes()).collect();
        seal(services, list, viewer, &body)
    }

    /// # Errors
    /// As [`Cursor::open`].
    pub(crate) fn open(
        services: &Services,
        list: &str,
        viewer: UserId,
        sealed: &str,
    ) -> Result<Self, FieldErrors> {
        let body = open(services, list, viewer, sealed)?;
        let (direction, id) = body.split_first().ok_or_else(unknown)?;
        let id = Uuid::from_slice(id).map_err(|_| unknown())?;
        match direction {
            b'<' => Ok(Self::Before(id)),
            b'>' => Ok(Self::After(id)),
            _ => Err(unknown()),
        }
    }
}

/// Where a list ordered by last and whole name goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NameCursor {
    /// Towards the beginning of the list.
    pub(crate) is_backwards: bool,
    /// Names as the list compares them.
    pub(crate) last: String,
    pub(crate) name: String,
    pub(crate) id: Uuid,
}

impl NameCursor {
    /// In front of everybody.
    pub(crate) const TOP: Self =
        Self { is_backwards: false, last: String::new(), name: String::new(), id: Uuid::nil() };

    /// As it stands in an address.
    pub(crate) fn seal(&self, services: &Services, list: &str, viewer: UserId) -> String {
        let body = serde_json::to_vec(self).expect("a cursor of plain fields serialises");
        seal(services, list, viewer, &body)
    }

    /// # Errors
    /// As [`Cursor::open`].
    pub(crate) fn open(
        services: &Services,
        list: &str,
        viewer: UserId,
        sealed: &str,
    ) -> Result<Self, FieldErrors> {
        let body = open(services, list, viewer, sealed)?;
        serde_json::from_slice(&body).map_err(|_| unknown())
    }
}

fn seal(services: &Services, list: &str, viewer: UserId, body: &[u8]) -> String {
    let viewer = viewer.get().into_bytes();
    let signature = services.signing_key.sign(PURPOSE, &[list.as_bytes(), &viewer, body]);
    URL_SAFE_NO_PAD.encode([body, &signature].concat())
}

fn open(services: &Services, list: &str, viewer: UserId, sealed: &str) -> Result<Vec<u8>, FieldErrors> {
    let mut bytes = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| unknown())?;
    let signed = bytes.len().checked_sub(SIGNATURE_BYTES).ok_or_else(unknown)?;
    let signature = bytes.split_off(signed);
    let viewer = viewer.get().into_bytes();
    if !services.signing_key.is_signed(PURPOSE, &[list.as_bytes(), &viewer, &bytes], &signature) {
        return Err(unknown());
    }
    Ok(bytes)
}

fn unknown() -> FieldErrors {
    FieldErrors::one("cursor", "This place in the list isn't known. Start from the top.")
}
