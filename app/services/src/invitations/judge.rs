use std::collections::{HashMap, HashSet};

use domain::accounts::{EmailAddress, full_name};
use domain::attendees::MembershipStatus;
use domain::invitations::Verdict;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::address_list::Entry;
use super::queries;
use super::target::TargetId;
use crate::{Outcome, ServiceError, accounts};

/// Somebody who can be invited.
#[derive(Debug, Clone)]
pub(super) struct Recipient {
    pub address: EmailAddress,
    /// Whether they sign in, or make an account first. Only their own mail tells.
    pub has_account: bool,
    /// Their own where they have an account, else the written one, else empty.
    pub name: String,
    /// As it stood beside the address.
    pub written_name: Option<String>,
}

/// One entry of a list and what becomes of it.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    pub shown: String,
    pub verdict: Verdict,
    /// Only with [`Verdict::Ok`].
    pub recipient: Option<Recipient>,
}

/// Says of each entry whether it can be invited: one statement, however many.
pub(super) async fn judge(
    tx: &mut PgConnection,
    target: TargetId,
    entries: &[Entry],
    now: OffsetDateTime,
) -> Outcome<Vec<Judged>> {
    let addresses: Vec<String> =
        entries.iter().filter_map(|entry| entry.address.as_ref().map(ToString::to_string)).collect();
    let rows = queries::judge(tx, target.organization(), target.event(), &addresses, now).await?;
    let known: HashMap<&str, &queries::JudgedRow> =
        rows.iter().map(|row| (row.address.as_str(), row)).collect();
    let mut seen = HashSet::new();
    entries
        .iter()
        .map(|entry| {
            let refused = |verdict| Judged { shown: entry.shown(), verdict, recipient: None };
            let Some(address) = &entry.address else { return Ok(refused(Verdict::Invalid)) };
            if !seen.insert(address.as_str()) {
                return Ok(refused(Verdict::Duplicate));
            }
            let row = known.get(address.as_str()).ok_or_else(|| {
                ServiceError::Broken("an address was asked about and not answered".to_owned())
            })?;
            match verdict(row)? {
                Verdict::Ok => Ok(Judged {
                    shown: entry.shown(),
                    verdict: Verdict::Ok,
                    recipient: Some(recipient(entry, address, row)),
                }),
                verdict => Ok(refused(verdict)),
            }
        })
        .collect()
}

fn verdict(row: &queries::JudgedRow) -> Outcome<Verdict> {
    let membership = match row.membership.as_deref() {
        Some(stored) => Some(
            MembershipStatus::from_stored(stored)
                .ok_or_else(|| ServiceError::unknown_value("event_members.status", stored))?,
        ),
        None => None,
    };
    Ok(match membership {
        Some(MembershipStatus::Active) => Verdict::Member,
        Some(MembershipStatus::Banned) => Verdict::Banned,
        Some(MembershipStatus::Waitlisted | MembershipStatus::Left | MembershipStatus::Removed) | None => {
            if row.is_invited {
                Verdict::Pending
            } else {
                Verdict::Ok
            }
        }
    })
}

fn recipient(entry: &Entry, address: &EmailAddress, row: &queries::JudgedRow) -> Recipient {
    let has_account = accounts::can_sign_in(row.state.as_deref());
    let written_name = entry.name.as_ref().map(|name| name.as_str().to_owned());
    let name = match (&row.first_name, &row.last_name) {
        (Some(first), Some(last)) if has_account => full_name(first, last),
        _ => written_name.clone().unwrap_or_default(),
    };
    Recipient { address: address.clone(), has_account, name, written_name }
}
