//! The mail server's address and how its line is protected.

use std::net::IpAddr;

use http::Uri;
use secrecy::SecretString;

/// The mail server of `ATRIA_SMTP_URL`.
#[derive(Debug, Clone)]
pub struct Smtp {
    /// In the form `services::mail::Transport::from_url` reads; holds the password.
    pub url: SecretString,
    pub host: String,
    pub port: u16,
    pub security: SmtpSecurity,
}

/// How the line to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpSecurity {
    /// TLS from the first byte: `smtps://`, port 465 unless named.
    Tls,
    /// STARTTLS, and no mail without it: `smtp://` or `?tls=required`, port 587 unless named.
    StartTls,
    /// Readable by anyone on the way: `?tls=none`, port 25 unless named.
    None,
}

impl Smtp {
    /// Reads `smtps://…`, `smtp://…`, `smtp://…?tls=required` or `smtp://…?tls=none`.
    ///
    /// # Errors
    /// A sentence about what is wrong; it never quotes the value, which may hold a password.
    pub fn parse(text: &str) -> Result<Self, String> {
        let uri: Uri =
            text.parse().map_err(|_| "is not a URL such as smtps://user:password@host".to_owned())?;
        let security = match (uri.scheme_str(), uri.query()) {
            (Some("smtps"), None) => SmtpSecurity::Tls,
            (Some("smtp"), None | Some("tls=required")) => SmtpSecurity::StartTls,
            (Some("smtp"), Some("tls=none")) => SmtpSecurity::None,
            (Some("smtp" | "smtps"), Some(_)) => {
                return Err("may end in ?tls=required or ?tls=none only, and smtps:// in neither".to_owned());
            }
            _ => return Err("must start with smtps:// or smtp://".to_owned()),
        };
        let authority =
            uri.authority().filter(|authority| !authority.host().is_empty()).ok_or("names no host")?;
        let port = match authority.port_u16() {
            Some(port) => port,
            None => security.usual_port(),
        };
        let (scheme, query) = match security {
            SmtpSecurity::Tls => ("smtps", ""),
            SmtpSecurity::StartTls => ("smtp", ""),
            SmtpSecurity::None => ("smtp", "?tls=none"),
        };
        let login =
            authority.as_str().rsplit_once('@').map(|(login, _)| format!("{login}@")).unwrap_or_default();
        let host = authority.host();
        Ok(Self {
            url: format!("{scheme}://{login}{host}:{port}{query}").into(),
            host: host.trim_matches(['[', ']']).to_owned(),
            port,
            security,
        })
    }

    /// Whether the server is on this machine, so that an unprotected line stays inside it.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.host == "localhost" || self.host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// Whether a password would travel readable by others.
    #[must_use]
    pub fn is_exposed(&self) -> bool {
        self.security == SmtpSecurity::None && !self.is_loopback()
    }
}

impl SmtpSecurity {
    fn usual_port(self) -> u16 {
        match self {
            Self::Tls => 465,
            Self::StartTls => 587,
            Self::None => 25,
        }
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn tls_is_required_unless_it_is_turned_off_by_name() {
        let read = |text: &str| {
            let smtp = Smtp::parse(text).unwrap();
            (smtp.security, smtp.url.expose_secret().to_owned())
        };
        assert_eq!(
            read("smtp://u:p%40@mail.example"),
            (SmtpSecurity::StartTls, "smtp://u:p%40@mail.example:587".to_owned())
        );
        assert_eq!(read("smtp://h?tls=required"), (SmtpSecurity::StartTls, "smtp://h:587".to_owned()));
        assert_eq!(read("smtps://mail.example"), (SmtpSecurity::Tls, "smtps://mail.example:465".to_owned()));
        assert_eq!(
            read("smtp://127.0.0.1:2525?tls=none"),
            (SmtpSecurity::None, "smtp://127.0.0.1:2525?tls=none".to_owned())
        );
        for wrong in [
            "mail.example",
            "http://mail.example",
            "smtp://h?tls=opportunistic",
            "smtps://h?tls=none",
            "smtp://",
        ] {
            assert!(Smtp::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_a_loopback_server_may_go_without_tls_unexposed() {
        assert!(!Smtp::parse("smtp://localhost?tls=none").unwrap().is_exposed());
        assert!(!Smtp::parse("smtp://[::1]:25?tls=none").unwrap().is_exposed());
        assert!(Smtp::parse("smtp://mail.example?tls=none").unwrap().is_exposed());
        assert!(!Smtp::parse("smtp://mail.example").unwrap().is_exposed());
    }
}
