//! Reports, the queue that answers them, warnings, and the log of what moderators did. Mutes and bans themselves are
//! `attendees`'; who may moderate is `domain::events`' policy.

mod abuse;
mod filing;
mod handling;
pub(crate) mod log;
mod log_page;
mod queries;
mod queue;
mod reportable;
mod telling;
mod warnings;

pub use filing::{Filed, NewReport, OwnReport, own_reports, report};
pub use handling::{Handling, claim, handle, release};
pub use log_page::{LogFilter, LoggedModeration, ModerationLog, log_csv, moderation_log};
pub use queue::{NoBan, QueueFilter, QueueView, QueuedReport, ReportQueue, queue, sweep};
pub use reportable::{Answering, Chosen, Reportable, Unanswered, reportable};
pub(crate) use telling::{ForModerators, tell_moderators};
pub use warnings::{Warning, confirm_warning, open_warnings};
