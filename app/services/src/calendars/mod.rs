//! Calendars of agendas: all sessions of an event, the sessions of one person under a secret address, one session as a
//! file. Nothing in them says how a session is streamed; they lead to its page.

mod feed;
mod own;
mod queries;

pub use feed::{all_sessions, one_session, personal};
pub use own::{CalendarPage, calendar_page, make_feed, revoke_feed};
