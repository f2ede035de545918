use std::path::{Path, PathBuf};

use lettre::Message;
use uuid::Uuid;

use super::SmtpSettings;
use super::smtp::Smtp;

/// How mails leave this process.
#[derive(Debug, Clone)]
pub enum Transport {
    Smtp(Smtp),
    /// Development: each mail becomes `<outbox id>.eml` in this directory.
    Files(PathBuf),
}

/// Why a mail address of the configuration can't be used. Never repeats the password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    #[error("the mail URL can't be read; write it like smtp://user:password@mail.example.org:587")]
    Shape,
    #[error("the mail URL starts with {0}:, but must start with smtp:, smtps: or file:")]
    Scheme(String),
    #[error("the mail URL names no server")]
    NoServer,
    #[error("the mail URL has the option {0}, which is none of tls and timeout")]
    UnknownOption(String),
    #[error("the mail URL's option {0} has a value it can't have")]
    OptionValue(&'static str),
    #[error("the mail URL would send a password without encryption; leave out tls=none")]
    PasswordInClear,
    #[error("TLS can't be set up: {0}")]
    Tls(String),
}

/// Why one attempt did not deliver; the text is the server's answer or what stood in its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// Worth another attempt: 4xx, no connection, refused TLS, timeout.
    Temporary(String),
    /// 5xx, or a mail no server can carry.
    Permanent(String),
}

impl Transport {
    /// Reads `smtp://`, `smtps://` (see [`SmtpSettings::parse`]) or `file:///directory`.
    ///
    /// # Errors
    /// See [`TransportError`].
    pub fn from_url(input: &str) -> Result<Self, TransportError> {
        match input.trim().split_once(':') {
            Some(("file", path)) => match path.trim_start_matches("//") {
                "" => Err(TransportError::Shape),
                path => Ok(Self::Files(PathBuf::from(path))),
            },
            Some(_) => Self::smtp(SmtpSettings::parse(input)?),
            None => Err(TransportError::Shape),
        }
    }

    /// # Errors
    /// [`TransportError::Tls`] if the server's name is no name a certificate could have.
    pub fn smtp(settings: SmtpSettings) -> Result<Self, TransportError> {
        Smtp::new(settings).map(Self::Smtp)
    }

    /// Whether a mail would leave now: reaches the server and signs in, or writes into the directory.
    ///
    /// # Errors
    /// A sentence for the operator, with the server's answer.
    pub async fn check(&self) -> Result<(), String> {
        match self {
            Self::Smtp(smtp) => smtp.check().await,
            Self::Files(directory) => {
                let probe = directory.join(".probe");
                write_file(directory, &probe, b"").await?;
                tokio::fs::remove_file(&probe).await.map_err(|error| format!("{}: {error}", probe.display()))
            }
        }
    }

    /// Answers with what the server said when it took the mail.
    pub(super) async fn send(&self, id: Uuid, message: &Message) -> Result<String, Failure> {
        match self {
            Self::Smtp(smtp) => smtp.send(message).await,
            Self::Files(directory) => {
                let file = directory.join(format!("{id}.eml"));
                write_file(directory, &file, &message.formatted()).await.map_err(Failure::Temporary)?;
                Ok(format!("written to {}", file.display()))
            }
        }
    }

    /// Says goodbye on the connections kept for the next mail.
    pub(super) async fn close_idle(&self) {
        match self {
            Self::Smtp(smtp) => smtp.close_idle().await,
            Self::Files(_) => {}
        }
    }
}

async fn write_file(directory: &Path, file: &Path, content: &[u8]) -> Result<(), String> {
    tokio::fs::create_dir_all(directory)
        .await
        .map_err(|error| format!("{}: {error}", directory.display()))?;
    tokio::fs::write(file, content).await.map_err(|error| format!("{}: {error}", file.display()))
}
