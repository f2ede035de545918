//! The address people type.

use std::fmt;
use std::net::SocketAddr;

use http::Uri;

/// The public origin: scheme, host and, unless it is the usual one, port; no path and no slash at the end.
///
/// All links in pages and mail start with it, and the Origin header of a form or socket must equal it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// Reads `https://atria.example` or `http://localhost:3000`, in the form a browser writes an Origin.
    ///
    /// # Errors
    /// A sentence about what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let uri: Uri = text.parse().map_err(|_| format!("`{text}` is not a URL"))?;
        let usual_port = match uri.scheme_str() {
            Some("https") => 443,
            Some("http") => 80,
            _ => return Err(format!("`{text}` must start with https:// or http://")),
        };
        let authority = uri.authority().ok_or_else(|| format!("`{text}` names no host"))?;
        if authority.as_str().contains('@') || !matches!(uri.path(), "" | "/") || uri.query().is_some() {
            return Err(format!("`{text}` must be scheme and host only, without login, path or query"));
        }
        let scheme = uri.scheme_str().unwrap_or_default();
        let host = authority.host().to_ascii_lowercase();
        Ok(Self(match authority.port_u16() {
            Some(port) if port != usual_port => format!("{scheme}://{host}:{port}"),
            _ => format!("{scheme}://{host}"),
        }))
    }

    /// What a browser on this machine reaches a server bound to `bind` by.
    #[must_use]
    pub fn local(bind: SocketAddr) -> Self {
        if bind.ip().is_loopback() || bind.ip().is_unspecified() {
            Self(format!("http://localhost:{}", bind.port()))
        } else {
            Self(format!("http://{bind}"))
        }
    }

    /// The origin, such as `https://atria.example`: append a path that starts with a slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_written_as_a_browser_writes_an_origin() {
        let read = |text: &str| PublicUrl::parse(text).unwrap().to_string();
        assert_eq!(read("https://Atria.Example/"), "https://atria.example");
        assert_eq!(read("https://atria.example:443"), "https://atria.example");
        assert_eq!(read("http://localhost:3000"), "http://localhost:3000");
        assert_eq!(read("http://[::1]:3000"), "http://[::1]:3000");
    }

    #[test]
    fn a_public_url_has_no_path_and_no_other_scheme() {
        for wrong in [
            "atria.example",
            "ftp://atria.example",
            "https://a.example/sub",
            "https://u@a.example",
            "https://a?b",
        ] {
            assert!(PublicUrl::parse(wrong).is_err(), "{wrong}");
        }
    }
}
