//! What accepting grants (specification 7.4): the invited role, capped by what the inviter may grant by then.

/// What somebody gets who accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant<R> {
    /// The role they were invited as.
    AsInvited(R),
    /// The lowest role: the inviter may not grant the other any more.
    Lowered(R),
    /// The role they have already, which is as high or higher.
    Kept(R),
    /// The inviter may grant nothing any more: the invitation is void.
    NoLongerValid,
}

/// Decides it. `grantable` is what the inviter may grant now, nothing when they left or were demoted, banned or
/// deactivated; `present` is the role of an active membership the person has already.
#[must_use]
pub fn grant<R: Ord + Copy>(invited: R, lowest: R, grantable: &[R], present: Option<R>) -> Grant<R> {
    let granted = if grantable.contains(&invited) {
        Grant::AsInvited(invited)
    } else if grantable.contains(&lowest) {
        Grant::Lowered(lowest)
    } else {
        return Grant::NoLongerValid;
    };
    match (granted, present) {
        (Grant::AsInvited(role) | Grant::Lowered(role), Some(present)) if present >= role => {
            Grant::Kept(present)
        }
        (granted, _) => granted,
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::attendees::EventRole::{self, Admin, Attendee, Moderator, Organizer, Speaker};

    /// Every invited role × every inviter × every present role; a change of the rule shows as a change of the file.
    #[test]
    fn the_table_is_the_one_on_file() {
        let inviters: [(&str, &[EventRole]); 3] =
            [("admin", &EventRole::ALL), ("organizer", &[Attendee, Speaker, Moderator]), ("nobody", &[])];
        let mut table = String::new();
        for (inviter, grantable) in inviters {
            for invited in EventRole::ALL {
                let cell = |present| match grant(invited, Attendee, grantable, present) {
                    Grant::AsInvited(role) => format!("invited={}", role.as_str()),
                    Grant::Lowered(role) => format!("lowered={}", role.as_str()),
                    Grant::Kept(role) => format!("kept={}", role.as_str()),
                    Grant::NoLongerValid => "void".to_owned(),
                };
                let present = [None].into_iter().chain(EventRole::ALL.map(Some));
                let cells: Vec<String> = present.map(cell).collect();
                writeln!(table, "{inviter:9} {:9}  {}", invited.as_str(), cells.join(" "))
                    .expect("a string takes it");
            }
        }
        assert_eq!(table, include_str!("grant_table.txt").split_once("\n\n").expect("a head").1, "\n{table}");
    }

    #[test]
    fn a_void_invitation_stays_void_for_a_member_and_nobody_loses_a_role() {
        assert_eq!(grant(Speaker, Attendee, &[], Some(Attendee)), Grant::NoLongerValid);
        assert_eq!(grant(Speaker, Attendee, &EventRole::ALL, Some(Organizer)), Grant::Kept(Organizer));
        assert_eq!(
            grant(Admin, Attendee, &[Attendee, Speaker, Moderator], Some(Speaker)),
            Grant::Kept(Speaker)
        );
    }
}
