use domain::FieldErrors;
use domain::accounts::SocialLinks;
use url::{Host, Url};

/// Longest address that is kept.
const MAX_CHARS: usize = 500;

/// Where a link of one service may lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Service {
    /// A host of this list, or below it.
    Hosts(&'static [&'static str]),
    /// Its servers are everywhere, but a person's page is always `/@name`.
    Mastodon,
    Anywhere,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LinkError {
    #[error("Enter an address like https://example.org/you.")]
    Shape,
    #[error("Use an address that begins with https://.")]
    NotHttps,
    #[error("Leave out the name and password before the @.")]
    UserInfo,
    #[error("Use at most {MAX_CHARS} characters.")]
    TooLong,
    #[error("This leads to another site. Use your page at {0}.")]
    OtherSite(&'static str),
    #[error("Use the address of your profile, like https://mastodon.example/@you.")]
    NoHandle,
}

/// Reads the links of a profile, each empty or an https address; a missing `https://` is put in front.
///
/// # Errors
/// One entry per field: `linkedin`, `x`, `mastodon`, `github`, `website`.
pub fn parse_social_links(
    linkedin: &str,
    x: &str,
    mastodon: &str,
    github: &str,
    website: &str,
) -> Result<SocialLinks, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut take = |field, typed, service| errors.take(field, parse(typed, service)).flatten();
    let links = SocialLinks {
        linkedin: take("linkedin", linkedin, Service::Hosts(&["linkedin.com"])),
        x: take("x", x, Service::Hosts(&["x.com", "twitter.com"])),
        mastodon: take("mastodon", mastodon, Service::Mastodon),
        github: take("github", github, Service::Hosts(&["github.com"])),
        website: take("website", website, Service::Anywhere),
    };
    if errors.is_empty() { Ok(links) } else { Err(errors) }
}

/// Reads one link, empty or an https address at one of these hosts or below it; without hosts it may lead anywhere.
///
/// # Errors
/// The sentence for its field.
pub(crate) fn parse_link_at(
    typed: &str,
    hosts: &'static [&'static str],
) -> Result<Option<String>, LinkError> {
    parse(typed, if hosts.is_empty() { Service::Anywhere } else { Service::Hosts(hosts) })
}

fn parse(typed: &str, service: Service) -> Result<Option<String>, LinkError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let url = Url::parse(&whole).map_err(|_| LinkError::Shape)?;
    if url.scheme() != "https" {
        return Err(LinkError::NotHttps);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(LinkError::UserInfo);
    }
    let host = match url.host() {
        Some(Host::Domain(host)) if host.contains('.') => host.trim_end_matches('.'),
        Some(Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_)) | None => return Err(LinkError::Shape),
    };
    match service {
        Service::Hosts(hosts) if !hosts.iter().any(|own| is_at(host, own)) => {
            return Err(LinkError::OtherSite(hosts[0]));
        }
        Service::Mastodon if !url.path().starts_with("/@") || url.path().len() < 3 => {
            return Err(LinkError::NoHandle);
        }
        Service::Hosts(_) | Service::Mastodon | Service::Anywhere => {}
    }
    let text = String::from(url);
    if text.chars().count() > MAX_CHARS { Err(LinkError::TooLong) } else { Ok(Some(text)) }
}

fn is_at(host: &str, own: &str) -> bool {
    host == own || host.strip_suffix(own).is_some_and(|rest| rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GITHUB: Service = Service::Hosts(&["github.com"]);

    #[test]
    fn a_link_of_a_service_leads_to_its_own_hosts() {
        for (typed, kept) in [
            ("https://github.com/ada", "https://github.com/ada"),
            (" github.com/ada ", "https://github.com/ada"),
            ("https://WWW.GitHub.com/ada", "https://www.github.com/ada"),
        ] {
            assert_eq!(parse(typed, GITHUB), Ok(Some(kept.to_owned())), "{typed}");
        }
        for elsewhere in [
            "https://github.com.evil.example/ada",
            "https://evilgithub.com/ada",
            "https://evil.example/github.com",
            "https://gіthub.com/ada",
        ] {
            assert_eq!(parse(elsewhere, GITHUB), Err(LinkError::OtherSite("github.com")), "{elsewhere}");
        }
        assert_eq!(parse("", GITHUB), Ok(None));
    }

    #[test]
    fn nothing_but_plain_https_is_a_link() {
        for (typed, error) in [
            ("http://ada.example", LinkError::NotHttps),
            ("ftp://ada.example", LinkError::NotHttps),
            ("javascript:alert(1)", LinkError::Shape),
            ("javascript://ada.example/%0aalert(1)", LinkError::NotHttps),
            ("https://github.com@evil.example/", LinkError::UserInfo),
            ("https://ada:secret@ada.example/", LinkError::UserInfo),
            ("https://localhost/", LinkError::Shape),
            ("https://127.0.0.1/", LinkError::Shape),
            ("https://[::1]/", LinkError::Shape),
            ("two words", LinkError::Shape),
        ] {
            assert_eq!(parse(typed, Service::Anywhere), Err(error), "{typed}");
        }
        let long = format!("https://ada.example/{}", "x".repeat(500));
        assert_eq!(parse(&long, Service::Anywhere), Err(LinkError::TooLong));
    }

    #[test]
    fn a_mastodon_page_is_at_a_handle_on_any_server() {
        let kept = Some("https://social.example/@ada".to_owned());
        assert_eq!(parse("social.example/@ada", Service::Mastodon), Ok(kept));
        for other in ["https://social.example/", "https://social.example/@", "https://social.example/about"] {
            assert_eq!(parse(other, Service::Mastodon), Err(LinkError::NoHandle), "{other}");
        }
    }
}
