use super::Backoff;
use crate::realtime::CloseReason;

/// Whether a tab is connected, and what to do next about it. Comes back for ever, unless that can't help.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Link {
    state: State,
    backoff: Backoff,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum State {
    /// Between two tries, or before the first.
    #[default]
    Waiting,
    /// A socket is open or opening; not subscribed yet.
    Connecting,
    Live,
    /// The page is in the back/forward cache, without a socket.
    Parked,
    Ended(Ended),
}

/// Why live updates stopped for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    SignedOut,
    NoAccess,
    /// The server speaks another version than this page.
    Outdated,
}

/// What the driver does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Todo {
    Nothing,
    Connect,
    /// Call [`Link::connect`] after so many milliseconds, or wake earlier.
    ConnectIn(u32),
    /// The socket looks open: find out whether it still is.
    Probe,
    /// Close the socket.
    Close,
}

impl Link {
    /// The wait is over, or the page opened.
    pub fn connect(&mut self) -> Todo {
        match self.state {
            State::Waiting => {
                self.state = State::Connecting;
                Todo::Connect
            }
            State::Connecting | State::Live | State::Parked | State::Ended(_) => Todo::Nothing,
        }
    }

    pub fn subscribed(&mut self) {
        if self.state == State::Connecting {
            self.state = State::Live;
            self.backoff.reset();
        }
    }

    /// The socket is gone, with a close code when there is one. `fraction` is random in `0.0..1.0`.
    pub fn closed(&mut self, code: u16, fraction: f64) -> Todo {
        match self.state {
            State::Parked | State::Ended(_) => return Todo::Nothing,
            State::Waiting | State::Connecting | State::Live => {}
        }
        match CloseReason::from_code(code) {
            Some(CloseReason::SignedOut) => self.end(Ended::SignedOut),
            Some(CloseReason::AccessRevoked) => self.end(Ended::NoAccess),
            Some(CloseReason::Malformed) => self.end(Ended::Outdated),
            Some(CloseReason::Restart | CloseReason::TooSlow) | None => {
                self.state = State::Waiting;
                Todo::ConnectIn(self.backoff.next_ms(fraction))
            }
        }
    }

    /// The network, the tab or the page came back: no reason to wait any longer.
    pub fn wake(&mut self) -> Todo {
        match self.state {
            State::Waiting | State::Parked => {
                self.backoff.reset();
                self.state = State::Waiting;
                self.connect()
            }
            State::Connecting => Todo::Nothing,
            State::Live => Todo::Probe,
            State::Ended(_) => Todo::Nothing,
        }
    }

    /// The page is left; an open socket would keep it out of the back/forward cache.
    pub fn park(&mut self) -> Todo {
        match self.state {
            State::Ended(_) => Todo::Nothing,
            State::Waiting | State::Connecting | State::Live | State::Parked => {
                self.state = State::Parked;
                Todo::Close
            }
        }
    }

    /// No more tries.
    pub fn end(&mut self, ended: Ended) -> Todo {
        self.state = State::Ended(ended);
        Todo::Close
    }

    #[must_use]
    pub fn is_live(&self) -> bool {
        self.state == State::Live
    }

    #[must_use]
    pub const fn ended(&self) -> Option<Ended> {
        match self.state {
            State::Ended(ended) => Some(ended),
            State::Waiting | State::Connecting | State::Live | State::Parked => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Ended, Link, Todo};

    const ABNORMAL: u16 = 1006;

    fn live() -> Link {
        let mut link = Link::default();
        assert_eq!(link.connect(), Todo::Connect);
        link.subscribed();
        assert!(link.is_live());
        link
    }

    #[test]
    fn a_lost_connection_comes_back_later_and_later() {
        let mut link = live();
        for wait in [500, 1000, 2000] {
            assert_eq!(link.closed(ABNORMAL, 1.0), Todo::ConnectIn(wait));
            assert_eq!(link.connect(), Todo::Connect);
        }
        link.subscribed();
        assert_eq!(link.closed(1012, 1.0), Todo::ConnectIn(500), "a subscription starts the waits over");
    }

    #[test]
    fn an_open_socket_without_a_subscription_does_not_shorten_the_waits() {
        let mut link = Link::default();
        link.connect();
        assert_eq!(link.closed(ABNORMAL, 1.0), Todo::ConnectIn(500));
        link.connect();
        assert_eq!(link.closed(ABNORMAL, 1.0), Todo::ConnectIn(1000));
    }

    #[test]
    fn waking_connects_at_once_and_only_once() {
        let mut link = live();
        link.closed(ABNORMAL, 1.0);
        assert_eq!(link.wake(), Todo::Connect);
        assert_eq!(link.wake(), Todo::Nothing);
        assert_eq!(link.connect(), Todo::Nothing, "the old timer fires into nothing");
        link.subscribed();
        assert_eq!(link.wake(), Todo::Probe);
    }

    #[test]
    fn a_page_in_the_cache_has_no_socket_until_it_is_shown() {
        let mut link = live();
        assert_eq!(link.park(), Todo::Close);
        assert_eq!(link.closed(1000, 1.0), Todo::Nothing);
        assert_eq!(link.wake(), Todo::Connect);
    }

    #[test]
    fn signed_out_and_shut_out_readers_stay_away() {
        for (code, ended) in [(4401, Ended::SignedOut), (4403, Ended::NoAccess), (1008, Ended::Outdated)] {
            let mut link = live();
            assert_eq!(link.closed(code, 1.0), Todo::Close);
            assert_eq!(link.ended(), Some(ended));
            assert_eq!(link.wake(), Todo::Nothing);
            assert_eq!(link.closed(ABNORMAL, 1.0), Todo::Nothing);
        }
    }
}
