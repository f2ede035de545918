//! The rules of Atria without any I/O: what a value may be (parsing), who may do what (policy) and what
//! crosses the wire (views and frames). Compiles for the server and for the browser.

pub mod accounts;
pub mod agenda;
pub mod attendees;
pub mod attending;
pub mod chat;
pub mod connections;
pub mod conversations;
pub mod error;
pub mod events;
mod field_errors;
pub mod fractional_index;
pub mod ids;
pub mod invitations;
pub mod limits;
pub mod moderation;
pub mod notifications;
pub mod organizations;
pub mod paging;
pub mod realtime;
pub mod search;
pub mod slug;
pub mod sponsors;
pub mod streaming;
pub mod text;
pub mod time;
pub mod uploads;
pub mod viewer;

pub use error::{AppError, Conflict, Denied, Gone, Incident};
pub use field_errors::FieldErrors;
pub use viewer::{SignedIn, Viewer};
