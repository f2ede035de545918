use url::{Host, Url};

/// A link people give for themselves or their organization: https, a host with a name, nobody's user name or password
/// in it, at most 500 characters. Repeated in `organizations_website_shape` and `users_links_are_https`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebAddress {
    text: String,
    host: String,
    path: String,
    port: Option<u16>,
    query: Vec<(String, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebAddressError {
    #[error("Write a whole address, like https://example.org.")]
    Shape,
    #[error("Use an address that begins with https://.")]
    NotHttps,
    #[error("Leave user name and password out of the address.")]
    UserInfo,
    #[error("Use at most {} characters.", WebAddress::MAX_CHARS)]
    TooLong,
}

impl WebAddress {
    pub const MAX_CHARS: usize = 500;

    /// Reads an address as browsers do, with `https://` put in front where no scheme stands; what they would repair
    /// silently (line breaks, backslashes) is refused.
    ///
    /// # Errors
    /// Shape, scheme, user info, then length.
    pub fn parse(input: &str) -> Result<Self, WebAddressError> {
        let address = Self::read(input)?;
        if address.text.chars().count() > Self::MAX_CHARS {
            return Err(WebAddressError::TooLong);
        }
        Ok(address)
    }

    /// As [`Self::parse`], of any length: the caller has a bound of its own.
    pub(crate) fn read(input: &str) -> Result<Self, WebAddressError> {
        let typed = input.trim();
        let is_repaired = |c: char| c.is_control() || c.is_whitespace() || c == '\\';
        if typed.chars().any(is_repaired) {
            return Err(WebAddressError::Shape);
        }
        let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
        let url = Url::parse(&whole).map_err(|_| WebAddressError::Shape)?;
        if url.scheme() != "https" {
            return Err(WebAddressError::NotHttps);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(WebAddressError::UserInfo);
        }
        let host = match url.host() {
            Some(Host::Domain(host)) if host.contains('.') => host.trim_end_matches('.').to_owned(),
            Some(Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_)) | None => {
                return Err(WebAddressError::Shape);
            }
        };
        let (path, port) = (url.path().to_owned(), url.port());
        let query = url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        Ok(Self { text: String::from(url), host, path, port, query })
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it leads to this host, or to one below it.
    pub(crate) fn is_at(&self, host: &str) -> bool {
        self.host == host || self.host.strip_suffix(host).is_some_and(|rest| rest.ends_with('.'))
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// Where it is another than that of https.
    pub(crate) const fn port(&self) -> Option<u16> {
        self.port
    }

    /// The first value of this name in the query.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_addresses_pass_as_browsers_read_them() {
        for (typed, read) in [
            (" https://example.org ", "https://example.org/"),
            ("example.org/you", "https://example.org/you"),
            ("https://EXAMPLE.org/a?b=c#d", "https://example.org/a?b=c#d"),
            ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ] {
            assert_eq!(WebAddress::parse(typed).as_ref().map(WebAddress::as_str), Ok(read), "{typed}");
        }
    }

    #[test]
    fn other_schemes_hosts_without_a_name_and_repaired_text_do_not() {
        for (typed, error) in [
            ("http://ada.example", WebAddressError::NotHttps),
            ("ftp://ada.example", WebAddressError::NotHttps),
            ("javascript:alert(1)", WebAddressError::Shape),
            ("javascript:alert(1)//https://example.org", WebAddressError::NotHttps),
            ("javascript://ada.example/%0aalert(1)", WebAddressError::NotHttps),
            ("https://github.com@evil.example/", WebAddressError::UserInfo),
            ("https://ada:secret@ada.example/", WebAddressError::UserInfo),
            ("https://", WebAddressError::Shape),
            ("https://localhost/", WebAddressError::Shape),
            ("https://127.0.0.1/", WebAddressError::Shape),
            ("https://[::1]/", WebAddressError::Shape),
            ("https:\\\\example.org", WebAddressError::Shape),
            ("https://exam\nple.org", WebAddressError::Shape),
            ("two words", WebAddressError::Shape),
            ("", WebAddressError::Shape),
        ] {
            assert_eq!(WebAddress::parse(typed), Err(error), "{typed}");
        }
        let long = format!("https://example.org/{}", "a".repeat(500));
        assert_eq!(WebAddress::parse(&long), Err(WebAddressError::TooLong));
    }
}
