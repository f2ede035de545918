//! Calendars: an event as its days, all sessions of it, the sessions of one person under a secret address, one session
//! as a file. Nothing in them says how a session is streamed; they lead to its page.

mod event_file;
mod feed;
mod own;
mod queries;

pub use event_file::whole_event;
pub use feed::{all_sessions, one_session, personal};
pub use own::{CalendarPage, calendar_page, make_feed, revoke_feed};
