//! What every test starts from: a real server on a port of its own, a database of its own, a named cast.

pub mod app;
pub mod cast;
pub mod client;
pub mod database;
mod event_team;
pub mod html;
mod invitations;
pub mod pictures;
pub mod ports;
pub mod redis;
pub mod s3;
pub mod server;
pub mod smtp;
pub mod socket;
mod sponsors;
pub mod team;

pub use app::TestApp;
pub use cast::{EventForm, Member};
pub use client::{Answer, Client};
pub use event_team::EventTeam;
pub use sponsors::SponsorScene;
pub use team::Team;
