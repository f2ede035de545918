use std::collections::HashSet;

use domain::ids::UserId;
use domain::realtime::{ServerFrame, Topic};
use sqlx::PgConnection;
use uuid::Uuid;

use super::queries;
use crate::{Outcome, Services};

/// Somebody, and one of those who may know whether they are online.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    let rows = queries::partners(&services.db, &ids, None).await?;
    Ok(rows.iter().map(pair).collect())
}

fn pair(row: &queries::AcquaintanceRow) -> Acquainted {
    Acquainted { person: UserId::new(row.person), partner: UserId::new(row.partner) }
}

/// Which of two people may know whether the other is online.
#[derive(Debug, Default)]
pub(crate) struct Acquaintances(HashSet<Acquainted>);

/// As [`acquainted`] for two people and each other, in the caller's transaction.
///
/// # Errors
/// Database errors only.
pub(crate) async fn acquainted_pair(tx: &mut PgConnection, people: [UserId; 2]) -> Outcome<Acquaintances> {
    let ids = people.map(UserId::get);
    let rows = queries::partners(tx, &ids, Some(&ids)).await?;
    Ok(Acquaintances(rows.iter().map(pair).collect()))
}

impl Acquaintances {
    /// What is left of them afterwards is not over.
    pub(crate) fn without(self, left: &Self) -> Self {
        Self(self.0.into_iter().filter(|known| !left.0.contains(known)).collect())
    }

    /// Whoever may not know it any more sees the other leave, after COMMIT.
    pub(crate) fn end(self, services: &Services) {
        for Acquainted { person, partner } in self.0 {
            let topic = Topic::User(partner);
            services.bus.publish(topic, &ServerFrame::OnlineChanged { topic, person, is_online: false });
        }
    }
}
