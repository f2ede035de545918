//! Positions in growing lists (specification 1.5): opaque, and good for one list and one viewer.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::FieldErrors;
use domain::ids::UserId;
use uuid::Uuid;

use crate::Services;

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
        sealed_body(services, list, viewer, &self.body())
    }

    /// # Errors
    /// On `cursor`: malformed, or made for another list or viewer.
    pub(crate) fn open(
        services: &Services,
        list: &str,
        viewer: UserId,
        sealed: &str,
    ) -> Result<Self, FieldErrors> {
        let body = opened_body::<BODY_BYTES>(services, list, viewer, sealed)?;
        let position = body[1..].try_into().map(i64::from_be_bytes).map_err(|_| refused())?;
        match body[0] {
            b'<' => Ok(Self::Before(position)),
            b'>' => Ok(Self::After(position)),
            _ => Err(refused()),
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

const BODY_BYTES: usize = 9;

impl IdCursor {
    /// As it stands in an address.
    pub(crate) fn seal(self, services: &Services, list: &str, viewer: UserId) -> String {
        let (direction, id) = match self {
            Self::Before(id) => (b'<', id),
            Self::After(id) => (b'>', id),
        };
        let body: Vec<u8> = std::iter::once(direction).chain(id.into_bytes()).collect();
        sealed_body(services, list, viewer, &body)
    }

    /// # Errors
    /// As [`Cursor::open`].
    pub(crate) fn open(
        services: &Services,
        list: &str,
        viewer: UserId,
        sealed: &str,
    ) -> Result<Self, FieldErrors> {
        let body = opened_body::<ID_BODY_BYTES>(services, list, viewer, sealed)?;
        let id = Uuid::from_slice(&body[1..]).map_err(|_| refused())?;
        match body[0] {
            b'<' => Ok(Self::Before(id)),
            b'>' => Ok(Self::After(id)),
            _ => Err(refused()),
        }
    }
}

const ID_BODY_BYTES: usize = 17;

fn sealed_body(services: &Services, list: &str, viewer: UserId, body: &[u8]) -> String {
    let viewer = viewer.get().into_bytes();
    let signature = services.signing_key.sign(PURPOSE, &[list.as_bytes(), &viewer, body]);
    URL_SAFE_NO_PAD.encode([body, &signature].concat())
}

fn opened_body<const BYTES: usize>(
    services: &Services,
    list: &str,
    viewer: UserId,
    sealed: &str,
) -> Result<[u8; BYTES], FieldErrors> {
    let bytes = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| refused())?;
    let (body, signature) = bytes.split_at_checked(BYTES).ok_or_else(refused)?;
    let viewer = viewer.get().into_bytes();
    if !services.signing_key.is_signed(PURPOSE, &[list.as_bytes(), &viewer, body], signature) {
        return Err(refused());
    }
    body.try_into().map_err(|_| refused())
}

fn refused() -> FieldErrors {
    FieldErrors::one("cursor", "This place in the list isn't known. Start from the top.")
}
