//! The people of an event as its members find them, and profiles of persons.

mod contact;
mod directory_page;
mod member_page;
mod person_page;
mod rows;

pub use directory_page::DirectoryPage;
pub use member_page::MemberProfilePage;
pub use person_page::PersonPage;
