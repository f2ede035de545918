use domain::AppError;
use serde::Serialize;

/// What a script reads of a refusal: the error, and its sentence for a place that has no words of its own.
#[derive(Debug, Serialize)]
pub(crate) struct Refusal<'a> {
    #[serde(flatten)]
    error: &'a AppError,
    reason: String,
}

impl<'a> From<&'a AppError> for Refusal<'a> {
    fn from(error: &'a AppError) -> Self {
        Self { error, reason: error.reason() }
    }
}
