//! What a person chose in all agendas: for the copy of their data, and when they are erased.

use domain::ids::UserId;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::queries;
use crate::{Outcome, Services};

/// A place in a session as its person gets it in the copy of their data.
pub(crate) struct OwnSignUp {
    pub(crate) event: String,
    /// `None` where they don't see it any more: of an event closed to them, or deleted.
    pub(crate) session: Option<String>,
    pub(crate) status: String,
    pub(crate) signed_up_at: OffsetDateTime,
    pub(crate) attended_at: Option<OffsetDateTime>,
}

/// A star as its person gets it in the copy of their data.
pub(crate) struct OwnStar {
    pub(crate) event: String,
    /// As of [`OwnSignUp`].
    pub(crate) session: Option<String>,
    pub(crate) starred_at: OffsetDateTime,
}

/// A person's places in sessions, given back ones too, at most 10,000.
///
/// # Errors
/// Database errors only.
pub(crate) async fn sign_ups_of(services: &Services, user: UserId) -> Outcome<Vec<OwnSignUp>> {
    let rows = queries::sign_ups_of(&services.db, user.get()).await?;
    let sign_up = |row: queries::OwnSignUpRow| OwnSignUp {
        event: row.event,
        session: row.session,
        status: row.status,
        signed_up_at: row.signed_up_at,
        attended_at: row.attended_at,
    };
    Ok(rows.into_iter().map(sign_up).collect())
}

/// A person's stars, at most 10,000.
///
/// # Errors
/// Database errors only.
pub(crate) async fn stars_of(services: &Services, user: UserId) -> Outcome<Vec<OwnStar>> {
    let rows = queries::stars_of(&services.db, user.get()).await?;
    let star = |row: queries::OwnStarRow| OwnStar {
        event: row.event,
        session: row.session,
        starred_at: row.created_at,
    };
    Ok(rows.into_iter().map(star).collect())
}

/// Forgets the stars of an erased person, in the caller's transaction. What they signed up for counts on.
///
/// # Errors
/// Database errors only.
pub(crate) async fn forget_stars(tx: &mut PgConnection, user: UserId) -> Outcome<()> {
    Ok(queries::delete_stars_of(tx, user.get()).await?)
}
