use std::fmt;

use domain::{AppError, Incident};
use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

use crate::strict_form;

/// What a server function answers instead of a result: [`AppError`] as JSON with its status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CallError(pub AppError);

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<AppError> for CallError {
    fn from(error: AppError) -> Self {
        Self(error)
    }
}

impl FromServerFnError for CallError {
    type Encoder = JsonEncoding;

    /// Inner texts never cross: unreadable arguments are the caller's 422, a failed fetch is "busy", all else
    /// is ours.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self(match error {
            ServerFnErrorErr::Args(text)
            | ServerFnErrorErr::MissingArg(text)
            | ServerFnErrorErr::Deserialization(text) => AppError::Invalid(strict_form::refusal(&text)),
            ServerFnErrorErr::Request(_) => AppError::Busy,
            ServerFnErrorErr::Registration(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_)
            | ServerFnErrorErr::ServerError(_)
            | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::Serialization(_)
            | ServerFnErrorErr::Response(_) => AppError::Internal(Incident("call".to_owned())),
        })
    }
}
