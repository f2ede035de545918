//! One use case each.

mod auth;
mod chat_room;
mod connection;
mod email;
pub mod event;
mod event_statistics;
mod mail_transport;
mod organization;
mod password_work;
mod storage;
mod transactions;
