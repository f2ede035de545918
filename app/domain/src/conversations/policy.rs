//! Who may open, read and send. Pages, calls and sockets all ask here; the asking person is always one of the two.

use crate::attendees::{EventRole, Standing};
use crate::{AppError, Denied};

/// What brought the two together, with where they stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Being connected: one conversation for life.
    Global { connected: bool },
    /// An event whose organizer opened it with a member.
    Event { own: Standing, other: Standing },
}

/// One of the two, looking at the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Either one blocks the other.
    pub blocked: bool,
    /// The other's account is open.
    pub other_is_active: bool,
    pub scope: Scope,
}

/// Somebody who wants to begin, looking at the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    pub is_self: bool,
    /// Whether they see the other at all (specification 4.5).
    pub sees: bool,
    pub pair: Pair,
}

/// A ban hides the conversations of that event from the banned person; nothing else takes what was written away.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn may_read(pair: &Pair) -> Result<(), AppError> {
    match pair.scope {
        Scope::Event { own, .. } if own.is_banned() => Err(AppError::NotFound),
        Scope::Event { .. } | Scope::Global { .. } => Ok(()),
    }
}

/// Whatever stands between the two, the answer is the same: nobody learns of a block by it.
///
/// # Errors
/// As [`may_read`]; [`Denied::PersonUnavailable`].
pub fn may_send(pair: &Pair) -> Result<(), AppError> {
    may_read(pair)?;
    let together = match pair.scope {
        Scope::Global { connected } => connected,
        Scope::Event { own, other } => own.effective_role().is_some() && other.effective_role().is_some(),
    };
    if together && !pair.blocked && pair.other_is_active {
        Ok(())
    } else {
        Err(Denied::PersonUnavailable.into())
    }
}

/// Connected people open theirs; organizers open one in their event with any of its members.
///
/// # Errors
/// [`Denied::Oneself`]; [`Denied::BannedFromEvent`]; [`AppError::NotFound`] for people one may not see, and for closed
/// accounts;
/// [`Denied::NotConnected`] and [`Denied::OrganizersOnly`] without the right; [`Denied::PersonUnavailable`] for members
/// who can't be reached.
pub fn may_open(opening: &Opening) -> Result<(), AppError> {
    if opening.is_self {
        return Err(Denied::Oneself.into());
    }
    match opening.pair.scope {
        Scope::Global { .. } if !opening.sees => Err(AppError::NotFound),
        Scope::Global { connected: false } => Err(Denied::NotConnected.into()),
        Scope::Global { connected: true } => may_send(&opening.pair),
        Scope::Event { own, .. } if own.is_banned() => Err(Denied::BannedFromEvent.into()),
        Scope::Event { own, other } => match own.effective_role() {
            Some(role) if role.is_organizer() && is_listed(&other) && opening.pair.other_is_active => {
                may_send(&opening.pair)
            }
            Some(role) if !role.is_organizer() && opening.sees && other.effective_role().is_some() => {
                Err(Denied::OrganizersOnly.into())
            }
            Some(_) | None => Err(AppError::NotFound),
        },
    }
}

/// Whether organizers know of somebody: the table of people lists every membership, whatever became of it.
fn is_listed(other: &Standing) -> bool {
    other.has_membership_row() || other.effective_role() == Some(EventRole::Admin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attendees::MembershipStatus::{self, Active, Banned, Left, Removed, Waitlisted};
    use crate::events::EventStatus;
    use crate::organizations::OrganizationRole;

    fn member(role: EventRole, status: MembershipStatus) -> Standing {
        Standing { membership: Some((role, status)), ..Standing::visitor(EventStatus::Published) }
    }

    fn owner() -> Standing {
        Standing {
            organization_role: Some(OrganizationRole::Owner),
            ..Standing::visitor(EventStatus::Published)
        }
    }

    fn pair(scope: Scope) -> Pair {
        Pair { blocked: false, other_is_active: true, scope }
    }

    fn open(scope: Scope) -> Result<(), AppError> {
        may_open(&Opening { is_self: false, sees: true, pair: pair(scope) })
    }

    #[test]
    fn connected_people_write_until_anything_stands_between_them() {
        let connected = pair(Scope::Global { connected: true });
        assert_eq!(may_send(&connected), Ok(()));
        for apart in [
            Pair { blocked: true, ..connected },
            Pair { other_is_active: false, ..connected },
            pair(Scope::Global { connected: false }),
        ] {
            assert_eq!(may_send(&apart), Err(Denied::PersonUnavailable.into()), "{apart:?}");
            assert_eq!(may_read(&apart), Ok(()), "what was written stays: {apart:?}");
        }
    }

    #[test]
    fn in_an_event_both_must_be_there_and_a_ban_hides_it_from_the_banned_only() {
        let (organizer, attendee) =
            (member(EventRole::Organizer, Active), member(EventRole::Attendee, Active));
        for (own, other) in [(organizer, attendee), (attendee, organizer), (owner(), attendee)] {
            assert_eq!(may_send(&pair(Scope::Event { own, other })), Ok(()));
        }
        for status in [Waitlisted, Left, Removed, Banned] {
            let gone = member(EventRole::Attendee, status);
            let of_organizer = pair(Scope::Event { own: organizer, other: gone });
            assert_eq!(may_read(&of_organizer), Ok(()));
            assert_eq!(may_send(&of_organizer), Err(Denied::PersonUnavailable.into()), "{status:?}");
            let own = may_send(&pair(Scope::Event { own: gone, other: organizer }));
            let expected =
                if status == Banned { AppError::NotFound } else { Denied::PersonUnavailable.into() };
            assert_eq!(own, Err(expected), "{status:?}");
        }
        let deleted = |standing| Standing { event_status: EventStatus::Deleted, ..standing };
        let scope = Scope::Event { own: deleted(organizer), other: deleted(attendee) };
        assert_eq!(may_send(&pair(scope)), Err(Denied::PersonUnavailable.into()));
        let archived = |standing| Standing { event_status: EventStatus::Archived, ..standing };
        let scope = Scope::Event { own: archived(organizer), other: archived(attendee) };
        assert_eq!(may_send(&pair(scope)), Ok(()), "an archive closes no conversation");
    }

    #[test]
    fn organizers_open_with_members_and_connected_people_with_each_other() {
        let attendee = member(EventRole::Attendee, Active);
        for role in EventRole::ALL {
            let expected =
                if role.is_organizer() { Ok(()) } else { Err(AppError::from(Denied::OrganizersOnly)) };
            assert_eq!(
                open(Scope::Event { own: member(role, Active), other: attendee }),
                expected,
                "{role:?}"
            );
        }
        let outside = Standing::visitor(EventStatus::Published);
        assert_eq!(open(Scope::Event { own: outside, other: attendee }), Err(AppError::NotFound));
        assert_eq!(open(Scope::Event { own: owner(), other: outside }), Err(AppError::NotFound));
        assert_eq!(
            open(Scope::Event { own: owner(), other: member(EventRole::Attendee, Left) }),
            Err(Denied::PersonUnavailable.into())
        );
        let scope = Scope::Event { own: owner(), other: attendee };
        let closed = Pair { other_is_active: false, ..pair(scope) };
        let closed = may_open(&Opening { is_self: false, sees: false, pair: closed });
        assert_eq!(closed, Err(AppError::NotFound), "nobody learns of a closed account");
        let banned = member(EventRole::Organizer, Banned);
        assert_eq!(open(Scope::Event { own: banned, other: attendee }), Err(Denied::BannedFromEvent.into()));
        assert_eq!(open(Scope::Global { connected: true }), Ok(()));
        assert_eq!(open(Scope::Global { connected: false }), Err(Denied::NotConnected.into()));
        let unseen = Opening { is_self: false, sees: false, pair: pair(Scope::Global { connected: false }) };
        assert_eq!(may_open(&unseen), Err(AppError::NotFound));
        assert_eq!(may_open(&Opening { is_self: true, ..unseen }), Err(Denied::Oneself.into()));
    }
}
