//! What every test starts from: a real server on a port of its own, a database of its own, a named cast.

mod access_scene;
mod agenda;
pub mod app;
pub mod attending;
pub mod cast;
pub mod client;
mod connections;
pub mod conversations;
pub mod database;
pub mod doors;
mod event_team;
pub mod html;
mod invitations;
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
pub use client::{Answer, Client};
pub use connections::{ConnectionScene, refusal};
pub use conversations::ConversationScene;
pub use event_team::EventTeam;
pub use principals::PRINCIPALS;
pub use sponsors::SponsorScene;
pub use team::Team;
