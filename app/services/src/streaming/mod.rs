//! Streaming: where a session is shown, the organization's own accounts at streaming services, and what one member gets
//! of it at this moment. Who may enter is `domain::streaming`'s decision.
//!
//! Nothing here is selected by a list, a feed or a search: addresses and passcodes leave by the stage alone.

mod addresses;
mod credentials;
mod edit;
mod pem;
mod queries;
mod sealed;
mod source;
mod stage;
mod tokens;

pub(crate) use credentials::forget_credentials;
pub use credentials::{
    CredentialFields, CredentialKind, CredentialsPage, StoredSet, credentials, remove_credentials,
    save_credentials,
};
pub use edit::{StreamPage, open_stream, save_stream};
pub use source::{StreamFields, StreamSource};
pub use stage::{Player, StagePage, StageState, stage};
