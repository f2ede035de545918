use std::io;

/// Why something could not be measured; not what was found wrong, which is [`crate::faults::Faults`].
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    #[error("{doing}: {source}")]
    Io { doing: String, source: io::Error },
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the crowd's file can't be read: {0}")]
    Crowd(#[from] serde_json::Error),
    #[error("{0}")]
    Said(String),
}

pub type Outcome<T> = Result<T, Problem>;

/// Puts what was being done in front of an I/O error.
pub fn io(doing: impl Into<String>) -> impl FnOnce(io::Error) -> Problem {
    move |source| Problem::Io { doing: doing.into(), source }
}

/// A problem in words.
pub fn said(words: impl Into<String>) -> Problem {
    Problem::Said(words.into())
}
