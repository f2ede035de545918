//! Positions in growing lists (specification 1.5): opaque, and good for one list and one viewer.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::FieldErrors;
use domain::ids::UserId;
use uuid::Uuid;

use crate::Services;

/// Where a page of a list ordered by id goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cursor {
    /// Below this id.
    Before(Uuid),
    /// Above this id.
    After(Uuid),
}

const PURPOSE: &str = "cursor";

impl Cursor {
    /// As it stands in an address.
    pub(crate) fn seal(self, services: &Services, list: &str, viewer: UserId) -> String {
        let body = self.body();
        let viewer = viewer.get().into_bytes();
        let signature = services.signing_key.sign(PURPOSE, &[list.as_bytes(), &viewer, &body]);
        URL_SAFE_NO_PAD.encode([body.as_slice(), &signature].concat())
    }

    /// # Errors
    /// On `cursor`: malformed, or made for another list or viewer.
    pub(crate) fn open(
        services: &Services,
        list: &str,
        viewer: UserId,
        sealed: &str,
    ) -> Result<Self, FieldErrors> {
        let refused =
            || FieldErrors::one("cursor", "This place in the list isn't known. Start from the top.");
        let bytes = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| refused())?;
        let (body, signature) = bytes.split_at_checked(BODY_BYTES).ok_or_else(refused)?;
        let viewer = viewer.get().into_bytes();
        if !services.signing_key.is_signed(PURPOSE, &[list.as_bytes(), &viewer, body], signature) {
            return Err(refused());
        }
        let id = Uuid::from_slice(&body[1..]).map_err(|_| refused())?;
        match body[0] {
            b'<' => Ok(Self::Before(id)),
            b'>' => Ok(Self::After(id)),
            _ => Err(refused()),
        }
    }

    fn body(self) -> Vec<u8> {
        let (direction, id) = match self {
            Self::Before(id) => (b'<', id),
            Self::After(id) => (b'>', id),
        };
        std::iter::once(direction).chain(id.into_bytes()).collect()
    }
}

const BODY_BYTES: usize = 17;
