use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use domain::ids::UserId;
use time::{Duration, OffsetDateTime};

use super::queue::Queue;
use super::registry::SocketId;

/// Whether a listener was let in yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Admittance {
    /// Registered so that nothing is lost while the database is asked; not counted as present.
    Pending,
    Admitted {
        may_post: bool,
    },
}

#[derive(Debug)]
pub(super) struct Listener {
    pub(super) user: UserId,
    pub(super) queue: Arc<Queue>,
    pub(super) admittance: Admittance,
}

/// The listeners of one topic on this node.
#[derive(Debug, Default)]
pub(super) struct Audience {
    pub(super) listeners: HashMap<SocketId, Listener>,
    /// Admitted sockets per person: two tabs are one person.
    tabs: HashMap<UserId, usize>,
    /// The count the listeners were told last; `None` when they were told different ones.
    pub(super) announced: Option<u32>,
    /// The highest `rev` this node sent to the listeners.
    pub(super) fanned_out: i64,
    typed_at: HashMap<UserId, OffsetDateTime>,
}

/// Whether a person came or went, all tabs together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turnout {
    Same,
    Changed,
}

impl Audience {
    /// At most one typing frame per person in this time.
    const TYPING_PAUSE: Duration = Duration::seconds(3);
    /// In larger rooms typing is noise.
    const TYPING_MAX_PEOPLE: usize = 50;

    pub(super) fn listen(&mut self, socket: SocketId, user: UserId, queue: Arc<Queue>) {
        let listener = Listener { user, queue, admittance: Admittance::Pending };
        self.listeners.entry(socket).or_insert(listener);
    }

    pub(super) fn admit(&mut self, socket: SocketId, may_post: bool) -> Option<Turnout> {
        let listener = self.listeners.get_mut(&socket)?;
        let was = std::mem::replace(&mut listener.admittance, Admittance::Admitted { may_post });
        if was != Admittance::Pending {
            return Some(Turnout::Same);
        }
        let tabs = self.tabs.entry(listener.user).or_insert(0);
        *tabs += 1;
        Some(if *tabs == 1 { Turnout::Changed } else { Turnout::Same })
    }

    pub(super) fn leave(&mut self, socket: SocketId) -> Turnout {
        let Some(listener) = self.listeners.remove(&socket) else { return Turnout::Same };
        if listener.admittance == Admittance::Pending {
            return Turnout::Same;
        }
        let tabs = self.tabs.get_mut(&listener.user).expect("an admitted listener is counted");
        *tabs -= 1;
        if *tabs > 0 {
            return Turnout::Same;
        }
        self.tabs.remove(&listener.user);
        self.typed_at.remove(&listener.user);
        Turnout::Changed
    }

    /// Distinct people present on this node.
    pub(super) fn people(&self) -> impl Iterator<Item = UserId> {
        self.tabs.keys().copied()
    }

    pub(super) fn has(&self, user: UserId) -> bool {
        self.tabs.contains_key(&user)
    }

    /// Distinct people present, here or elsewhere.
    pub(super) fn count_with(&self, elsewhere: &HashSet<UserId>) -> u32 {
        let only_elsewhere = elsewhere.iter().filter(|user| !self.has(**user)).count();
        u32::try_from(self.tabs.len() + only_elsewhere).unwrap_or(u32::MAX)
    }

    /// Whether this person's typing is passed on now; if so, the next pause begins.
    pub(super) fn may_type(&mut self, socket: SocketId, now: OffsetDateTime) -> bool {
        let Some(listener) = self.listeners.get(&socket) else { return false };
        if listener.admittance != (Admittance::Admitted { may_post: true }) || self.is_crowded() {
            return false;
        }
        let too_soon = self.typed_at.get(&listener.user).is_some_and(|last| now - *last < Self::TYPING_PAUSE);
        if !too_soon {
            self.typed_at.insert(listener.user, now);
        }
        !too_soon
    }

    fn is_crowded(&self) -> bool {
        let announced = self.announced.map_or(0, |count| usize::try_from(count).unwrap_or(usize::MAX));
        self.tabs.len().max(announced) > Self::TYPING_MAX_PEOPLE
    }
}
