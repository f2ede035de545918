use domain::AppError;

use crate::ServiceError;

/// The name of the constraint a statement ran into, if that is why it failed.
#[must_use]
pub fn violated(error: &sqlx::Error) -> Option<&str> {
    error.as_database_error().and_then(|error| error.constraint())
}

/// Turns the violation of one named constraint into a refusal.
pub trait OnConstraint<T> {
    /// # Errors
    /// `refuse()` for this constraint; every other database error as it is.
    fn on_constraint(self, name: &str, refuse: impl FnOnce() -> AppError) -> Result<T, ServiceError>;
}

impl<T> OnConstraint<T> for Result<T, sqlx::Error> {
    fn on_constraint(self, name: &str, refuse: impl FnOnce() -> AppError) -> Result<T, ServiceError> {
        self.map_err(|error| {
            if violated(&error) == Some(name) {
                ServiceError::Refused(refuse())
            } else {
                ServiceError::Db(error)
            }
        })
    }
}
