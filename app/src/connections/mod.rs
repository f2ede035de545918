//! Requests and contacts in the browser: their lists, what is done about one of them, and whom a person blocks.

#![cfg_attr(feature = "ssr", expect(clippy::needless_pass_by_value, reason = "components own their props"))]

mod block_fns;
#[cfg(feature = "ssr")]
mod blocked_page;
#[cfg(feature = "ssr")]
mod contact_card;
#[cfg(feature = "ssr")]
mod contacts_page;
#[cfg(feature = "ssr")]
mod notice;
#[cfg(feature = "ssr")]
mod place;
#[cfg(feature = "ssr")]
mod request_form;
mod server_fns;

pub use block_fns::{BlockPerson, UnblockPerson};
#[cfg(feature = "ssr")]
pub use blocked_page::BlockedPage;
#[cfg(feature = "ssr")]
pub use contacts_page::ContactsPage;
#[cfg(feature = "ssr")]
pub use notice::ConnectionNotice;
#[cfg(feature = "ssr")]
pub use request_form::{AnswerForms, BlockForm, MessageForm, OnProfile, RequestForm, WithdrawForm};
pub use server_fns::{
    AcceptConnection, DeclineConnection, RemoveConnection, RequestConnection, SaveContactNote,
    WithdrawConnection,
};
