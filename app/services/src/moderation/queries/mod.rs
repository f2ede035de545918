mod filing;
mod log;
mod queue;
mod warnings;

pub use filing::{
    NewReportRow, OwnReportRow, SharedEventRow, SnapshotRow, answered_events, insert_report, moderators,
    own_reports, person, reported_direct_message, reported_message, shared_events, snapshot_of_conversation,
    snapshot_of_room,
};
pub use log::{
    EntryRow, NewEntries, NewEntry, Wanted as WantedEntries, entries_after, entries_before, insert_entries,
    insert_entry,
};
pub use queue::{
    Closing, ReportRow, Wanted as WantedReports, claim, close, count_reports, lock_report,
    readers_of_done_queue, release, reports, sweep_reports,
};
pub use warnings::{WarningRow, confirm, insert_warning, open_warnings};
