use domain::ids::UserId;
use time::OffsetDateTime;

use super::queries;
use crate::{Outcome, Services};

/// A membership as its person gets it in the copy of their data.
pub(crate) struct Membership {
    pub(crate) title: String,
    /// Only where the person may still open it.
    pub(crate) slug: Option<String>,
    pub(crate) role: String,
    pub(crate) status: String,
    pub(crate) joined_at: OffsetDateTime,
    pub(crate) title_here: Option<String>,
    pub(crate) bio_here: Option<String>,
}

/// A person's memberships of events, former ones too, at most 10,000.
pub(crate) async fn memberships(services: &Services, user: UserId) -> Outcome<Vec<Membership>> {
    let rows = queries::memberships(&services.db, user.get()).await?;
    let membership = |row: queries::MembershipRow| Membership {
        title: row.title,
        slug: row.slug,
        role: row.role,
        status: row.status,
        joined_at: row.joined_at,
        title_here: row.title_here,
        bio_here: row.bio_here,
    };
    Ok(rows.into_iter().map(membership).collect())
}
