//! Who people are, how they prove it, and what others see of them. Login sessions live in the service.

mod acquaintance;
mod email_address;
mod password;
mod person;
mod privacy;
mod profile;
mod relation;

pub use acquaintance::Acquaintance;
pub use email_address::{EmailAddress, EmailAddressError};
pub use password::{NewPasswordFor, Password, PasswordError, PasswordEstimate};
pub use person::{Admitted, FirstName, LastName, PersonCard, full_name, initials, tint};
pub use privacy::{
    ConnectionRequestPermission, EmailVisibility, ON, Privacy, PrivacyFields, SocialLinksVisibility,
};
pub use profile::{Profile, ProfileDetails, SocialLinks, VisibleProfile};
pub use relation::Relation;
