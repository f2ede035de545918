use domain::uploads::UploadRefused;
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

/// SQLSTATEs after which nothing was done and the same call may succeed: lock and statement timeouts,
/// serialization failures and deadlocks, too many connections, a server that stops or starts.
const BUSY_STATES: [&str; 8] = ["55P03", "57014", "40001", "40P01", "53300", "57P01", "57P02", "57P03"];

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

impl From<UploadRefused> for ServiceError {
    fn from(refused: UploadRefused) -> Self {
        Self::Refused(refused.into())
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

    /// Whether a limit refused it.
    #[must_use]
    pub const fn is_too_many(&self) -> bool {
        matches!(self, Self::Refused(AppError::TooMany { .. }))
    }

    /// Whether the database was unreachable, out of connections or too contended: 503, retry is safe.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        if let Self::Db(sqlx::Error::Database(error)) = self {
            return error.code().is_some_and(|code| BUSY_STATES.contains(&&*code));
        }
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
