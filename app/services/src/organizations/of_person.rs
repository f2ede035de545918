//! What a person's account asks about organizations when it ends, and for the copy of their data.

use domain::ids::UserId;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::queries;
use crate::{Outcome, Services};

/// Locks the organizations a person owns against changes of their members; answers how many.
pub(crate) async fn lock_owned(tx: &mut PgConnection, user: UserId) -> Outcome<usize> {
    Ok(queries::lock_owned(tx, user.get()).await?.len())
}

/// What a person owns.
pub(crate) struct Owned {
    pub(crate) owned: usize,
    pub(crate) alone: Vec<OwnedAlone>,
}

/// An organization without another owner who could act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedAlone {
    pub name: String,
    pub slug: String,
}

/// The organizations that would be left without an owner.
pub(crate) async fn owned_alone(tx: &mut PgConnection, user: UserId) -> Outcome<Owned> {
    let rows = queries::owned(tx, user.get()).await?;
    let owned = rows.len();
    let alone = rows.into_iter().filter(|row| !row.has_other_owner);
    Ok(Owned { owned, alone: alone.map(|row| OwnedAlone { name: row.name, slug: row.slug }).collect() })
}

/// Ends all memberships of an account that is erased.
pub(crate) async fn forget_member(tx: &mut PgConnection, user: UserId) -> Outcome<()> {
    Ok(queries::delete_memberships(tx, user.get()).await?)
}

/// A membership as its person gets it in the copy of their data.
pub(crate) struct Membership {
    pub(crate) name: String,
    pub(crate) slug: String,
    pub(crate) role: String,
    pub(crate) joined_at: OffsetDateTime,
}

pub(crate) async fn memberships(services: &Services, user: UserId) -> Outcome<Vec<Membership>> {
    let rows = queries::memberships(&services.db, user.get()).await?;
    let membership = |row: queries::MembershipRow| Membership {
        name: row.name,
        slug: row.slug,
        role: row.role,
        joined_at: row.joined_at,
    };
    Ok(rows.into_iter().map(membership).collect())
}
