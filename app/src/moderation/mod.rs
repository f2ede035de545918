//! Reports and what moderators do about them, in the browser: filing one, the own ones, the queue, one person, the log.

#![cfg_attr(feature = "ssr", expect(clippy::needless_pass_by_value, reason = "components own their props"))]

#[cfg(feature = "ssr")]
mod answer_form;
#[cfg(feature = "ssr")]
mod ban_fields;
#[cfg(feature = "ssr")]
mod held_list;
#[cfg(feature = "ssr")]
mod log_page;
#[cfg(feature = "ssr")]
mod notice;
#[cfg(feature = "ssr")]
mod own_reports_page;
#[cfg(feature = "ssr")]
mod person_page;
#[cfg(feature = "ssr")]
mod place;
mod queue_fns;
#[cfg(feature = "ssr")]
mod queue_page;
mod report_fns;
#[cfg(feature = "ssr")]
mod report_page;
mod restriction_fns;
#[cfg(feature = "ssr")]
mod warnings;

#[cfg(feature = "ssr")]
pub(crate) use ban_fields::BanFields;
#[cfg(feature = "ssr")]
pub use log_page::ModerationLogPage;
#[cfg(feature = "ssr")]
pub use notice::ModerationNotice;
#[cfg(feature = "ssr")]
pub use own_reports_page::OwnReportsPage;
#[cfg(feature = "ssr")]
pub use person_page::ModeratedPersonPage;
#[cfg(feature = "ssr")]
pub(crate) use place::{moderated_path, report_path};
pub use queue_fns::{AnswerReport, ClaimReport, ReleaseReport, ReviewMessage};
#[cfg(feature = "ssr")]
pub use queue_page::ModerationQueuePage;
pub use report_fns::{ConfirmWarning, FileReport};
#[cfg(feature = "ssr")]
pub use report_page::ReportPage;
pub use restriction_fns::{MuteMember, UnmuteMember};
#[cfg(feature = "ssr")]
pub(crate) use warnings::Warnings;
