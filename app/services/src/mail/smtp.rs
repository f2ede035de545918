use std::error::Error as _;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use percent_encoding::percent_decode_str;
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::TransportError;
use super::transport::Failure;

/// A mail server and how to talk to it.
#[derive(Debug, Clone)]
pub struct SmtpSettings {
    host: String,
    port: u16,
    encryption: Encryption,
    credentials: Option<(String, SecretString)>,
    timeout: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encryption {
    /// From the first byte (`smtps:`, port 465).
    Implicit,
    /// STARTTLS, and nothing is sent if the server doesn't offer it (`smtp:`, port 587).
    Upgrade,
    /// `?tls=none`, for tests and a relay on the same machine.
    None,
}

impl SmtpSettings {
    /// The longest wait for one mail, and the default. A worker relies on it to keep within its claim.
    pub const MAX_TIMEOUT: Duration = Duration::from_secs(30);

    /// Reads `smtp[s]://[user:password@]host[:port][?tls=none][&timeout=seconds]`, credentials percent-encoded.
    ///
    /// # Errors
    /// See [`TransportError`]. A password over `tls=none` is refused unless the host is this machine.
    pub fn parse(input: &str) -> Result<Self, TransportError> {
        let url = Url::parse(input.trim()).map_err(|_| TransportError::Shape)?;
        let (mut encryption, default_port) = match url.scheme() {
            "smtp" => (Encryption::Upgrade, 587),
            "smtps" => (Encryption::Implicit, 465),
            other => return Err(TransportError::Scheme(other.to_owned())),
        };
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(TransportError::NoServer)?.to_owned();
        let mut timeout = Self::MAX_TIMEOUT;
        for (name, value) in url.query_pairs() {
            match &*name {
                "tls" if value == "none" && encryption == Encryption::Upgrade => {
                    encryption = Encryption::None;
                }
                "tls" => return Err(TransportError::OptionValue("tls")),
                "timeout" => timeout = parse_timeout(&value)?,
                _ => return Err(TransportError::UnknownOption(name.into_owned())),
            }
        }
        let credentials = parse_credentials(&url)?;
        if encryption == Encryption::None && credentials.is_some() && !is_this_machine(&host) {
            return Err(TransportError::PasswordInClear);
        }
        Ok(Self { port: url.port().unwrap_or(default_port), host, encryption, credentials, timeout })
    }
}

fn parse_timeout(seconds: &str) -> Result<Duration, TransportError> {
    let timeout =
        seconds.parse().map(Duration::from_secs).map_err(|_| TransportError::OptionValue("timeout"))?;
    let possible = Duration::from_secs(1)..=SmtpSettings::MAX_TIMEOUT;
    if possible.contains(&timeout) { Ok(timeout) } else { Err(TransportError::OptionValue("timeout")) }
}

fn parse_credentials(url: &Url) -> Result<Option<(String, SecretString)>, TransportError> {
    let decode = |text| percent_decode_str(text).decode_utf8().map(std::borrow::Cow::into_owned);
    if url.username().is_empty() {
        return Ok(None);
    }
    let user = decode(url.username()).map_err(|_| TransportError::Shape)?;
    let password = decode(url.password().unwrap_or_default()).map_err(|_| TransportError::Shape)?;
    Ok(Some((user, SecretString::from(password))))
}

fn is_this_machine(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

/// One mail server. Clones share the connections.
///
/// The connections are kept here and not in lettre's pool: lettre puts a connection back whose sending was
/// cut off by a timeout, and the next mail on it would read the answers of the one before.
#[derive(Clone)]
pub struct Smtp {
    settings: SmtpSettings,
    tls: Option<TlsParameters>,
    idle: Arc<Mutex<Vec<AsyncSmtpConnection>>>,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Smtp {
    pub(super) fn new(settings: SmtpSettings) -> Result<Self, TransportError> {
        let name = settings.host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let tls = match settings.encryption {
            Encryption::Implicit | Encryption::Upgrade => Some(
                TlsParameters::new_rustls(name).map_err(|error| TransportError::Tls(error.to_string()))?,
            ),
            Encryption::None => None,
        };
        Ok(Self { settings, tls, idle: Arc::default() })
    }

    /// Dropping this future closes its connection.
    pub(super) async fn send(&self, message: &Message) -> Result<String, Failure> {
        self.in_time(async {
            let mut connection = self.connection().await?;
            let answer =
                connection.send(message.envelope(), &message.formatted()).await.map_err(|e| failure(&e))?;
            self.lock_idle().push(connection);
            Ok(format!("{} {}", answer.code(), answer.message().collect::<Vec<_>>().join(" ")))
        })
        .await
    }

    pub(super) async fn check(&self) -> Result<(), String> {
        let conversation = self.in_time(async {
            let mut connection = self.connect().await?;
            // Everything that matters has been answered by now.
            let _ = connection.quit().await;
            Ok(())
        });
        conversation.await.map_err(|failure| match failure {
            Failure::Temporary(answer) | Failure::Permanent(answer) => answer,
        })
    }

    pub(super) async fn close_idle(&self) {
        let idle = std::mem::take(&mut *self.lock_idle());
        let goodbyes = idle.into_iter().map(|mut connection| async move {
            // The mails are delivered: whether the server waves back changes nothing.
            let _ = tokio::time::timeout(Duration::from_secs(1), connection.quit()).await;
        });
        futures_util::future::join_all(goodbyes).await;
    }

    async fn in_time<T>(&self, conversation: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        tokio::time::timeout(self.settings.timeout, conversation).await.unwrap_or_else(|_| {
            let seconds = self.settings.timeout.as_secs();
            Err(Failure::Temporary(format!("the mail server did not answer within {seconds} s")))
        })
    }

    async fn connection(&self) -> Result<AsyncSmtpConnection, Failure> {
        let kept = self.lock_idle().pop();
        if let Some(mut connection) = kept
            && connection.test_connected().await
        {
            return Ok(connection);
        }
        self.connect().await
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Failure> {
        let SmtpSettings { host, port, encryption, credentials, timeout } = &self.settings;
        let hello = ClientId::default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let from_the_start = self.tls.clone().filter(|_| *encryption == Encryption::Implicit);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1((host, *port), Some(*timeout), &hello, from_the_start, None)
                .await
                .map_err(|error| not_ready(&error))?;
        if let (Encryption::Upgrade, Some(tls)) = (encryption, self.tls.clone()) {
            connection.starttls(tls, &hello).await.map_err(|error| not_ready(&error))?;
        }
        if let Some((user, password)) = credentials {
            let credentials = Credentials::new(user.clone(), password.expose_secret().to_owned());
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            connection.auth(&mechanisms, &credentials).await.map_err(|error| not_ready(&error))?;
        }
        Ok(connection)
    }

    fn lock_idle(&self) -> std::sync::MutexGuard<'_, Vec<AsyncSmtpConnection>> {
        // A list of connections is whole at every step.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whatever the server says before a mail is named is about us, not about the mail: a changed password or a closed
/// service must not end mails that leave once it is mended.
fn not_ready(error: &smtp::Error) -> Failure {
    match failure(error) {
        Failure::Permanent(words) | Failure::Temporary(words) => Failure::Temporary(words),
    }
}

fn failure(error: &smtp::Error) -> Failure {
    let words = error.source().map_or_else(|| error.to_string(), ToString::to_string);
    match error.status() {
        Some(code) if error.is_permanent() => Failure::Permanent(format!("{code} {words}")),
        Some(code) => Failure::Temporary(format!("{code} {words}")),
        None => Failure::Temporary(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_names_server_encryption_and_decoded_credentials() {
        let settings = SmtpSettings::parse("smtp://ada%40example.org:p%3Aw%2F@mail.example.org").unwrap();
        assert_eq!((settings.host.as_str(), settings.port), ("mail.example.org", 587));
        assert_eq!(settings.encryption, Encryption::Upgrade);
        let (user, password) = settings.credentials.unwrap();
        assert_eq!((user.as_str(), password.expose_secret()), ("ada@example.org", "p:w/"));

        let settings = SmtpSettings::parse("smtps://mail.example.org?timeout=5").unwrap();
        assert_eq!((settings.port, settings.encryption), (465, Encryption::Implicit));
        assert_eq!(settings.timeout, Duration::from_secs(5));
    }

    #[test]
    fn encryption_is_left_out_only_when_asked_and_never_around_a_password_on_the_network() {
        let plain = SmtpSettings::parse("smtp://127.0.0.1:2525?tls=none").unwrap();
        assert_eq!((plain.port, plain.encryption), (2525, Encryption::None));
        let refused = |url| SmtpSettings::parse(url).err();
        assert_eq!(refused("smtp://ada:pw@mail.example.org?tls=none"), Some(TransportError::PasswordInClear));
        assert_eq!(refused("smtps://mail.example.org?tls=none"), Some(TransportError::OptionValue("tls")));
        assert_eq!(refused("smtp://mail.example.org?tls=maybe"), Some(TransportError::OptionValue("tls")));
    }

    #[test]
    fn what_is_no_mail_url_is_refused_with_its_reason() {
        let refused = |url| SmtpSettings::parse(url).err();
        assert_eq!(refused("mail.example.org"), Some(TransportError::Shape));
        assert_eq!(refused("https://mail.example.org"), Some(TransportError::Scheme("https".to_owned())));
        assert_eq!(refused("smtp://"), Some(TransportError::NoServer));
        assert_eq!(refused("smtp://h.example?timeout=0"), Some(TransportError::OptionValue("timeout")));
        assert_eq!(refused("smtp://h.example?ca=x"), Some(TransportError::UnknownOption("ca".to_owned())));
    }

    #[test]
    fn the_password_is_not_in_the_debug_output() {
        let settings = SmtpSettings::parse("smtp://ada:hunter2@mail.example.org").unwrap();
        assert!(!format!("{settings:?}").contains("hunter2"));
    }
}
