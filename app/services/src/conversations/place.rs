//! Where somebody's list goes on (specification 1.5): opaque, and good for one list and one person. A place in time has
//! the id beside it, because two messages may share an instant.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::FieldErrors;
use domain::ids::UserId;
use time::OffsetDateTime;
use uuid::Uuid;

use super::queries::Place;
use crate::Services;

/// On which side of a place the wanted lines are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Side {
    After(Place),
    Before(Place),
}

const PURPOSE: &str = "cursor of conversations";
const BODY_BYTES: usize = 26;

impl Side {
    /// As it stands in an address.
    pub(super) fn seal(self, services: &Services, list: &str, viewer: UserId) -> String {
        let body = self.body();
        let viewer = viewer.get().into_bytes();
        let signature = services.signing_key.sign(PURPOSE, &[list.as_bytes(), &viewer, &body]);
        URL_SAFE_NO_PAD.encode([body.as_slice(), &signature].concat())
    }

    /// # Errors
    /// On `cursor`: malformed, or made for another list or person.
    pub(super) fn open(
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
        let parts = [list.as_bytes(), &viewer, body];
        if !services.signing_key.is_signed(PURPOSE, &parts, signature) {
            return Err(refused());
        }
        Self::read(body).ok_or_else(refused)
    }

    fn read(body: &[u8]) -> Option<Self> {
        let micros = i64::from_be_bytes(body[2..10].try_into().ok()?);
        let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1000).ok()?;
        let id = Uuid::from_slice(&body[10..]).ok()?;
        let place = Place { rank: i32::from(body[1]), at, id };
        match body[0] {
            b'<' => Some(Self::Before(place)),
            b'>' => Some(Self::After(place)),
            _ => None,
        }
    }

    fn body(self) -> Vec<u8> {
        let (direction, place) = match self {
            Self::Before(place) => (b'<', place),
            Self::After(place) => (b'>', place),
        };
        // Exact: the database keeps microseconds.
        let micros = i64::try_from(place.at.unix_timestamp_nanos() / 1000).unwrap_or(i64::MAX);
        let head = [direction, u8::from(place.rank > 0)];
        head.into_iter().chain(micros.to_be_bytes()).chain(*place.id.as_bytes()).collect()
    }
}
