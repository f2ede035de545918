//! Positions in growing lists (specification 1.5): opaque, and good for one list and one viewer.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::FieldErrors;
use domain::ids::UserId;

use crate::Services;

/// Where a list ordered by position goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cursor {
    /// Below this position.
    Before(i64),
    /// Above this position.
    After(i64),
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
