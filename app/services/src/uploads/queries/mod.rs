//! The slice's only SQL.

mod copies;
mod find;
mod move_files;
mod write;

pub use copies::{Copies, ToCopyRow, files_to_copy, insert_copies};
pub use find::{FileRow, ImageRow, find, images_of_event, logos_of_event, pictures_of_event};
pub use move_files::{
    FileOfEvent, buckets_of, events_with_files, files_of_event, lock_file_of_event, misplaced, set_bucket,
};
pub use write::{
    Gone, LockedEvent, NewFile, delete, delete_avatar, delete_of_event, delete_unused_logos, describe,
    insert_avatar, insert_for_event, is_active, lock_event, point_to_avatar, used,
};
