use domain::ids::UserId;
use uuid::Uuid;

use super::queries;
use crate::{Outcome, Services};

/// Somebody, and one of those who may know whether they are online.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acquainted {
    pub person: UserId,
    pub partner: UserId,
}

/// Who may know whether these people are online: their connections and conversation partners, unless they show it to
/// nobody. One statement.
///
/// # Errors
/// Database errors only.
pub async fn acquainted(services: &Services, people: &[UserId]) -> Outcome<Vec<Acquainted>> {
    let ids: Vec<Uuid> = people.iter().map(|person| person.get()).collect();
    let rows = queries::partners(&services.db, &ids).await?;
    let pair = |row: queries::AcquaintanceRow| Acquainted {
        person: UserId::new(row.person),
        partner: UserId::new(row.partner),
    };
    Ok(rows.into_iter().map(pair).collect())
}
