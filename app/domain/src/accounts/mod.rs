//! Who people are and how they prove it: addresses, names, passwords. Login sessions live in the service.

mod email_address;
mod password;
mod person;

pub use email_address::{EmailAddress, EmailAddressError};
pub use password::{Password, PasswordError};
pub use person::{Admitted, FirstName, LastName, PersonCard, full_name, initials, tint};
