//! Who is looking. Made once per request or socket from the session cookie.

use serde::{Deserialize, Serialize};

use crate::ids::{FileId, LoginSessionId, UserId};
use crate::{AppError, error::Unauthenticated};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Viewer {
    Anonymous,
    SignedIn(SignedIn),
}

/// An ACTIVE, verified person in one browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    pub user: UserId,
    pub login_session: LoginSessionId,
    pub full_name: String,
    /// Their picture, if they have one.
    #[serde(default)]
    pub avatar: Option<FileId>,
}

impl Viewer {
    /// The person, where one is needed.
    ///
    /// # Errors
    /// [`AppError::Unauthenticated`] for anonymous visitors.
    pub fn signed_in(&self) -> Result<&SignedIn, AppError> {
        match self {
            Self::Anonymous => Err(AppError::Unauthenticated(Unauthenticated::SignInRequired)),
            Self::SignedIn(person) => Ok(person),
        }
    }

    #[must_use]
    pub fn user(&self) -> Option<UserId> {
        match self {
            Self::Anonymous => None,
            Self::SignedIn(person) => Some(person.user),
        }
    }
}
