//! Domain types, policies and the constraints that repeat them.

mod chat_message;
mod chat_room;
mod connection;
mod direct_message;
mod direct_message_thread;
mod event;
mod event_capacity;
mod event_invitation;
mod event_user;
mod organization;
mod organization_invitation;
mod organization_user;
mod session;
mod session_speaker;
mod sponsor;
mod user;
