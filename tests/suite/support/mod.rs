//! What every test starts from: a real server on a port of its own, a database of its own, a named cast.

mod access_scene;
mod agenda;
pub mod app;
pub mod attending;
pub mod cast;
mod chat;
pub mod client;
pub mod conversations;
pub mod database;
pub mod doors;
mod event_team;
pub mod html;
mod invitations;
pub mod moderation;
pub mod pictures;
pub mod ports;
pub mod principals;
pub mod redis;
pub mod s3;
pub mod server;
pub mod smtp;
pub mod socket;
mod sponsors;
pub mod team;

pub use access_scene::AccessScene;
pub use agenda::{AgendaPlace, AgendaScene};
pub use app::TestApp;
pub use attending::AttendingScene;
pub use cast::{EventForm, Member};
pub use chat::ChatScene;
pub use client::{Answer, Client};
pub use conversations::ConversationScene;
pub use event_team::EventTeam;
pub use principals::PRINCIPALS;
pub use sponsors::SponsorScene;
pub use team::Team;
