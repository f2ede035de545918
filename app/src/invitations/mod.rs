//! Invitations in the browser: the page behind a mailed link, the lists of inviters, and the block on the start page.

mod answer_fns;
mod bulk_fns;
#[cfg(feature = "ssr")]
mod details;
#[cfg(feature = "ssr")]
mod invitation_page;
#[cfg(feature = "ssr")]
mod list_page;
mod manage_fns;
#[cfg(feature = "ssr")]
mod many_page;
#[cfg(feature = "ssr")]
mod notice;
#[cfg(feature = "ssr")]
mod own_invitations;
#[cfg(feature = "ssr")]
mod place;
#[cfg(feature = "ssr")]
mod rows;

pub use answer_fns::{AcceptInvitation, DeclineInvitation, JoinByInvitation, SwitchAccount};
pub use bulk_fns::{PreviewInvitations, SendInvitations, UndoImport};
#[cfg(feature = "ssr")]
pub use invitation_page::InvitationPage;
#[cfg(feature = "ssr")]
pub use list_page::{EventInvitationsPage, OrganizationInvitationsPage};
pub use manage_fns::{CancelInvitation, ChangeInvitedRole, Invite, ResendInvitation};
#[cfg(feature = "ssr")]
pub use many_page::{InviteManyToEventPage, InviteManyToOrganizationPage};
#[cfg(feature = "ssr")]
pub use notice::InvitationNotice;
#[cfg(feature = "ssr")]
pub use own_invitations::OwnInvitations;
