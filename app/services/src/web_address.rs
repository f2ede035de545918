use url::Url;

/// A link people give for themselves or their organization: https, a host, nobody's user name or password in it,
/// at most 500 characters. Repeated in `organizations_website_shape`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebAddress(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebAddressError {
    #[error("Write a whole address that starts with https://")]
    Shape,
    #[error("Leave user name and password out of the address.")]
    UserInfo,
    #[error("Use at most {} characters.", WebAddress::MAX_CHARS)]
    TooLong,
}

impl WebAddress {
    pub const MAX_CHARS: usize = 500;

    /// Reads an address as browsers do; what they would repair silently (line breaks, backslashes) is refused.
    ///
    /// # Errors
    /// Shape, then user info, then length.
    pub fn parse(input: &str) -> Result<Self, WebAddressError> {
        let text = input.trim();
        let is_repaired = |c: char| c.is_control() || c.is_whitespace() || c == '\\';
        if text.chars().any(is_repaired) {
            return Err(WebAddressError::Shape);
        }
        let url = Url::parse(text).map_err(|_| WebAddressError::Shape)?;
        if url.scheme() != "https" || !url.host_str().is_some_and(|host| host.contains('.')) {
            return Err(WebAddressError::Shape);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(WebAddressError::UserInfo);
        }
        let address = url.to_string();
        if address.chars().count() > Self::MAX_CHARS {
            return Err(WebAddressError::TooLong);
        }
        Ok(Self(address))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_https_addresses_pass_as_browsers_read_them() {
        for (typed, read) in [
            (" https://example.org ", "https://example.org/"),
            ("https://EXAMPLE.org/a?b=c#d", "https://example.org/a?b=c#d"),
            ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ] {
            assert_eq!(WebAddress::parse(typed).as_ref().map(WebAddress::as_str), Ok(read), "{typed}");
        }
    }

    #[test]
    fn other_schemes_hosts_without_a_dot_and_repaired_text_do_not() {
        for typed in [
            "example.org",
            "http://example.org",
            "javascript:alert(1)//https://example.org",
            "https://",
            "https://localhost/",
            "https:\\\\example.org",
            "https://exam\nple.org",
            "",
        ] {
            assert_eq!(WebAddress::parse(typed), Err(WebAddressError::Shape), "{typed}");
        }
        assert_eq!(WebAddress::parse("https://ada:x@example.org"), Err(WebAddressError::UserInfo));
        let long = format!("https://example.org/{}", "a".repeat(500));
        assert_eq!(WebAddress::parse(&long), Err(WebAddressError::TooLong));
    }
}
