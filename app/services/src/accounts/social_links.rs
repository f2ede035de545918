use domain::FieldErrors;
use domain::accounts::SocialLinks;

use crate::web_address::{WebAddress, WebAddressError};

/// Where a link of one service may lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Service {
    /// A host of this list, or below it; then what a person's page looks like there.
    Hosts(&'static [&'static str], &'static str),
    /// As before, and a person's page stands right below the first host, under their handle.
    Handles(&'static [&'static str], &'static str),
    /// Its servers are everywhere, but a person's page is always `/@name`.
    Mastodon,
    Anywhere,
}

const LINKEDIN: Service = Service::Hosts(&["linkedin.com"], "https://www.linkedin.com/in/you");
const X: Service = Service::Handles(&["x.com", "twitter.com"], "https://x.com/you");
const GITHUB: Service = Service::Handles(&["github.com"], "https://github.com/you");

impl Service {
    const fn example(self) -> &'static str {
        match self {
            Self::Hosts(_, example) | Self::Handles(_, example) => example,
            Self::Mastodon => "https://mastodon.example/@you",
            Self::Anywhere => "https://example.org",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LinkError {
    #[error("Paste the whole address, for example {0}.")]
    Handle(&'static str),
    #[error("{0}")]
    Address(WebAddressError),
    #[error("This leads to another site. Use your page at {0}.")]
    OtherSite(&'static str),
    #[error("Use the address of your profile, like https://mastodon.example/@you.")]
    NoHandle,
}

/// Reads the links of a profile, each empty or an https address; a missing `https://` is put in front, and a handle
/// (`@ada`, `@ada@social.example`) becomes the page it stands for where that is certain.
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
        linkedin: take("linkedin", linkedin, LINKEDIN),
        x: take("x", x, X),
        mastodon: take("mastodon", mastodon, Service::Mastodon),
        github: take("github", github, GITHUB),
        website: take("website", website, Service::Anywhere),
    };
    if errors.is_empty() { Ok(links) } else { Err(errors) }
}

/// Reads one link, empty or an https address at one of these hosts or below it; without hosts it may lead anywhere.
/// `example` is what a page there looks like.
///
/// # Errors
/// The sentence for its field.
pub(crate) fn parse_link_at(
    typed: &str,
    hosts: &'static [&'static str],
    example: &'static str,
) -> Result<Option<String>, LinkError> {
    parse(typed, if hosts.is_empty() { Service::Anywhere } else { Service::Hosts(hosts, example) })
}

fn parse(typed: &str, service: Service) -> Result<Option<String>, LinkError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    if let Some(page) = page_of_handle(typed, service) {
        return Ok(Some(page));
    }
    let is_handle = typed.starts_with('@') || !typed.contains(['.', '/', ':']);
    if is_handle && !typed.contains(char::is_whitespace) {
        return Err(LinkError::Handle(service.example()));
    }
    let address = WebAddress::parse(typed).map_err(LinkError::Address)?;
    match service {
        Service::Hosts(hosts, _) | Service::Handles(hosts, _)
            if !hosts.iter().any(|own| address.is_at(own)) =>
        {
            return Err(LinkError::OtherSite(hosts[0]));
        }
        Service::Mastodon if !address.path().starts_with("/@") || address.path().len() < 3 => {
            return Err(LinkError::NoHandle);
        }
        Service::Hosts(..) | Service::Handles(..) | Service::Mastodon | Service::Anywhere => {}
    }
    Ok(Some(address.as_str().to_owned()))
}

/// Characters in a handle; the services allow fewer.
const MAX_HANDLE: usize = 64;

/// `ada` and `@ada` at a service with handles, `@ada@social.example` at Mastodon.
fn page_of_handle(typed: &str, service: Service) -> Option<String> {
    let name = typed.strip_prefix('@').unwrap_or(typed);
    let is_name = |name: &str| {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        (1..=MAX_HANDLE).contains(&name.len()) && name.chars().all(is_part)
    };
    match service {
        Service::Handles(hosts, _) => is_name(name).then(|| format!("https://{}/{name}", hosts[0])),
        Service::Mastodon => {
            // Without the first @ it may as well be a mail address.
            let (name, server) =
                typed.strip_prefix('@')?.split_once('@').filter(|(name, _)| is_name(name))?;
            let address = WebAddress::parse(&format!("{server}/@{name}")).ok()?;
            address.is_at(&server.to_lowercase()).then(|| address.as_str().to_owned())
        }
        Service::Hosts(..) | Service::Anywhere => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_handle_is_told_what_the_whole_address_looks_like() {
        for (typed, service, example) in [
            ("ada-lovelace", LINKEDIN, "https://www.linkedin.com/in/you"),
            ("@ada!", X, "https://x.com/you"),
            ("@ada@", Service::Mastodon, "https://mastodon.example/@you"),
            ("@ada@evil/social.example", Service::Mastodon, "https://mastodon.example/@you"),
        ] {
            let refused = parse(typed, service).expect_err("no address");
            assert_eq!(refused.to_string(), format!("Paste the whole address, for example {example}."));
        }
        let unsafe_one = parse("http://ada.example", Service::Anywhere);
        assert_eq!(unsafe_one, Err(LinkError::Address(WebAddressError::NotHttps)));
    }

    #[test]
    fn a_handle_becomes_the_page_it_stands_for() {
        for (typed, service, page) in [
            ("@ada", X, "https://x.com/ada"),
            ("ada", X, "https://x.com/ada"),
            (" ada-l ", GITHUB, "https://github.com/ada-l"),
            ("@ada@social.example", Service::Mastodon, "https://social.example/@ada"),
            ("@ada@Social.Example", Service::Mastodon, "https://social.example/@ada"),
        ] {
            assert_eq!(parse(typed, service), Ok(Some(page.to_owned())), "{typed}");
        }
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
