//! The slice's only SQL.

mod blocks;
mod lists;
mod of_person;
mod pair;
mod request;
mod ties;

pub use blocks::{blocked, count_blocked, delete_block, end_by_block, insert_block, known};
pub use lists::{ContactRow, Wanted, contacts, counts, events_met};
pub use of_person::{delete_blocks, delete_connections, own_connections};
pub use pair::{
    BATCH, ConnectionRow, addressed, answer, end, expire, hold, lock_people, note, of_pair, set_note,
};
pub use request::{NewRequest, RecipientRow, open_requests, put_request, recipient};
pub use ties::ties;
