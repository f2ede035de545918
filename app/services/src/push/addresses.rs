use url::{Host, Url};

/// Where pushes may go. A browser names any address it likes; without this list the server would call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushServices(Vec<Allowed>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Allowed {
    Host(String),
    /// Hosts that end so, with the dot.
    Below(String),
    /// One origin as it is written, http too: for trying it out.
    Origin(String),
}

impl PushServices {
    /// Reads hosts (`push.example`), what is below one (`*.push.example`) and origins (`http://127.0.0.1:9000`), with
    /// commas between them; `none` is none.
    ///
    /// # Errors
    /// A sentence about what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.trim() == "none" {
            return Ok(Self(Vec::new()));
        }
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts.map(Allowed::parse).collect::<Result<_, _>>().map(Self)
    }

    /// Whether nothing is pushed at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first one that is spoken to in the clear.
    #[must_use]
    pub fn plain(&self) -> Option<&str> {
        self.0.iter().find_map(|allowed| match allowed {
            Allowed::Origin(origin) if origin.starts_with("http://") => Some(origin.as_str()),
            Allowed::Origin(_) | Allowed::Host(_) | Allowed::Below(_) => None,
        })
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// An address of one of them, and which one of the list it is; `None` for any other.
    pub(super) fn parse_endpoint(&self, text: &str) -> Option<(Url, usize)> {
        let url = Url::parse(text).ok()?;
        let is_bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        let entry = self.0.iter().position(|allowed| allowed.holds(&url))?;
        is_bare.then_some((url, entry))
    }
}

impl Allowed {
    fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no host, no *.host and no origin");
        if text.contains("://") {
            let url = Url::parse(text).map_err(|_| wrong())?;
            let is_origin =
                matches!(url.scheme(), "http" | "https") && url.path() == "/" && url.query().is_none();
            return if is_origin {
                Ok(Self::Origin(url.origin().ascii_serialization()))
            } else {
                Err(wrong())
            };
        }
        let (is_below, host) = text.strip_prefix("*.").map_or((false, text), |host| (true, host));
        match Host::parse(host) {
            Ok(Host::Domain(name)) if name.contains('.') => {
                Ok(if is_below { Self::Below(format!(".{name}")) } else { Self::Host(name) })
            }
            Ok(_) | Err(_) => Err(wrong()),
        }
    }

    fn holds(&self, url: &Url) -> bool {
        let is_usual = url.scheme() == "https" && url.port().is_none();
        match self {
            Self::Host(host) => is_usual && url.host_str() == Some(host),
            Self::Below(end) => is_usual && url.host_str().is_some_and(|host| host.ends_with(end)),
            Self::Origin(origin) => url.origin().ascii_serialization() == *origin,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_is_called() {
        let services =
            PushServices::parse("push.example, *.wns.example,http://127.0.0.1:9000").expect("a good list");
        for good in ["https://push.example/a?b=c", "https://db5.wns.example/w", "http://127.0.0.1:9000/p/1"] {
            assert!(services.parse_endpoint(good).is_some(), "{good}");
        }
        for bad in [
            "http://push.example/a",
            "https://push.example:8443/a",
            "https://push.example.evil.example/a",
            "https://evilwns.example/w",
            "https://wns.example/w",
            "https://user@push.example/a",
            "https://push.example@127.0.0.1/a",
            "http://127.0.0.1:9001/p/1",
            "http://169.254.169.254/",
            "file:///etc/passwd",
            "push.example",
            "",
        ] {
            assert!(services.parse_endpoint(bad).is_none(), "{bad}");
        }
        assert_eq!(services.plain(), Some("http://127.0.0.1:9000"));
    }

    #[test]
    fn a_list_of_none_pushes_nothing_and_a_wrong_one_is_told() {
        assert!(PushServices::parse(" none ").expect("none").is_empty());
        for wrong in
            ["localhost", "*.example", "127.0.0.1", "https://push.example/path", "ftp://a.example", "*"]
        {
            assert!(PushServices::parse(wrong).is_err(), "{wrong}");
        }
    }
}
