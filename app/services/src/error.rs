use domain::{AppError, Conflict, Denied, FieldErrors};

/// Why a use case did not happen.
///
/// Refusals are closed types of `domain` and may be shown; everything else is logged once at the edge and
/// shown as an incident number.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    #[error(transparent)]
    Refused(#[from] AppError),
    #[error("database: {0}")]
    Db(#[from] sqlx::Error),
    /// A stored value that the program doesn't know, or a broken invariant.
    #[error("{0}")]
    Broken(String),
}

impl From<Denied> for ServiceError {
    fn from(denied: Denied) -> Self {
        Self::Refused(denied.into())
    }
}

impl From<Conflict> for ServiceError {
    fn from(conflict: Conflict) -> Self {
        Self::Refused(conflict.into())
    }
}

impl From<FieldErrors> for ServiceError {
    fn from(errors: FieldErrors) -> Self {
        Self::Refused(errors.into())
    }
}

impl ServiceError {
    /// Shorthand for [`AppError::NotFound`].
    pub const NOT_FOUND: Self = Self::Refused(AppError::NotFound);

    /// A stored text that is no value of its enum.
    #[must_use]
    pub fn unknown_value(column: &'static str, value: &str) -> Self {
        Self::Broken(format!("{column} holds the unknown value {value:?}"))
    }

    /// Whether the database was unreachable or out of connections: 503, retry is safe.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(
            self,
            Self::Db(
                sqlx::Error::PoolTimedOut
                    | sqlx::Error::PoolClosed
                    | sqlx::Error::Io(_)
                    | sqlx::Error::WorkerCrashed
            )
        )
    }
}
