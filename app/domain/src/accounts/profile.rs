use crate::FieldErrors;
use crate::accounts::{EmailVisibility, FirstName, LastName, Privacy, Relation, SocialLinksVisibility};
use crate::ids::{FileId, UserId};
use crate::text::{self, Lines};

/// Where else a person is found; `services::accounts` has the parser.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SocialLinks {
    pub linkedin: Option<String>,
    pub x: Option<String>,
    pub mastodon: Option<String>,
    pub github: Option<String>,
    pub website: Option<String>,
}

impl SocialLinks {
    /// Those there are, with the word for each.
    #[must_use]
    pub fn named(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("LinkedIn", &self.linkedin),
            ("X", &self.x),
            ("Mastodon", &self.mastodon),
            ("GitHub", &self.github),
            ("Website", &self.website),
        ];
        all.into_iter().filter_map(|(name, link)| link.as_deref().map(|link| (name, link))).collect()
    }
}

/// What a person writes about themselves. Repeated in `users_profile_lengths`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProfileDetails {
    pub first_name: FirstName,
    pub last_name: LastName,
    pub company: Option<String>,
    pub title: Option<String>,
    pub pronouns: Option<String>,
    /// Markdown as typed.
    pub bio: Option<String>,
}

impl ProfileDetails {
    pub const MAX_COMPANY: usize = 120;
    pub const MAX_TITLE: usize = 120;
    pub const MAX_PRONOUNS: usize = 40;
    pub const MAX_BIO: usize = 2000;

    /// Reads the fields `first_name`, `last_name`, `company`, `title`, `pronouns` and `bio`.
    ///
    /// # Errors
    /// One entry per field, as [`text::clean`].
    pub fn parse(names: [&str; 2], texts: [&str; 3], bio: &str) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let first_name = errors.take("first_name", FirstName::parse(names[0]));
        let last_name = errors.take("last_name", LastName::parse(names[1]));
        let mut line = |field, typed, max| errors.take(field, text::clean_optional(typed, Lines::One, max));
        let company = line("company", texts[0], Self::MAX_COMPANY);
        let title = line("title", texts[1], Self::MAX_TITLE);
        let pronouns = line("pronouns", texts[2], Self::MAX_PRONOUNS);
        let bio = errors.take("bio", text::clean_optional(bio, Lines::Many, Self::MAX_BIO));
        match (first_name, last_name, company, title, pronouns, bio) {
            (Some(first_name), Some(last_name), Some(company), Some(title), Some(pronouns), Some(bio)) => {
                Ok(Self { first_name, last_name, company, title, pronouns, bio })
            }
            _ => Err(errors),
        }
    }
}

/// A whole profile. It leaves the server only through [`Profile::shown_to`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    pub user: UserId,
    pub full_name: String,
    pub avatar: Option<FileId>,
    pub pronouns: Option<String>,
    pub email: String,
    pub company: Option<String>,
    pub title: Option<String>,
    pub bio: Option<String>,
    pub links: SocialLinks,
    /// Lets others see whether the person is online.
    pub show_presence: bool,
}

/// What of a profile one viewer gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisibleProfile {
    pub user: UserId,
    pub full_name: String,
    /// Seen with the name.
    pub avatar: Option<FileId>,
    pub pronouns: Option<String>,
    pub email: Option<String>,
    /// The one the person shows instead, or beside it to organizers.
    pub public_email: Option<String>,
    pub company: Option<String>,
    pub title: Option<String>,
    pub bio: Option<String>,
    pub links: SocialLinks,
    /// Whether this viewer learns if the person is online.
    pub shows_presence: bool,
}

impl VisibleProfile {
    /// A name, and nothing else.
    #[must_use]
    pub fn name_alone(user: UserId, full_name: String) -> Self {
        Self {
            user,
            full_name,
            avatar: None,
            pronouns: None,
            email: None,
            public_email: None,
            company: None,
            title: None,
            bio: None,
            links: SocialLinks::default(),
            shows_presence: false,
        }
    }
}

impl Profile {
    /// The one serializer of profiles (specification 4.5). Whether the viewer may see the person at all is decided
    /// before; `privacy` is the one in force: of the event that is the context, or the global one.
    #[must_use]
    pub fn shown_to(&self, privacy: &Privacy, relation: Relation) -> VisibleProfile {
        let sees_work = privacy.show_company || is_trusted(relation);
        let sees_bio = privacy.show_bio || is_trusted(relation);
        let sees_links = sees_links(privacy.social_links, relation);
        let sees_public = privacy.show_public_email && relation != Relation::Other;
        VisibleProfile {
            user: self.user,
            full_name: self.full_name.clone(),
            avatar: self.avatar,
            pronouns: self.pronouns.clone(),
            email: sees_email(privacy, relation).then(|| self.email.clone()),
            public_email: privacy.public_email.as_ref().filter(|_| sees_public).map(ToString::to_string),
            company: self.company.clone().filter(|_| sees_work),
            title: self.title.clone().filter(|_| sees_work),
            bio: self.bio.clone().filter(|_| sees_bio),
            links: if sees_links { self.links.clone() } else { SocialLinks::default() },
            shows_presence: match relation {
                Relation::Itself => true,
                Relation::Organizer { .. } | Relation::FellowMember { .. } | Relation::Connection => {
                    self.show_presence
                }
                Relation::Other => false,
            },
        }
    }
}

/// The person, and the organizers of the event: switches for company and biography don't concern them.
const fn is_trusted(relation: Relation) -> bool {
    match relation {
        Relation::Itself | Relation::Organizer { .. } => true,
        Relation::FellowMember { .. } | Relation::Connection | Relation::Other => false,
    }
}

/// The real address. A public one takes its place for everybody but the trusted.
fn sees_email(privacy: &Privacy, relation: Relation) -> bool {
    if is_trusted(relation) {
        return true;
    }
    if privacy.show_public_email || relation == Relation::Other {
        return false;
    }
    match privacy.email_visibility {
        EmailVisibility::EventAttendees => true,
        EmailVisibility::ConnectionsOrganizers => relation.is_connected(),
        EmailVisibility::OrganizersOnly => false,
    }
}

fn sees_links(visibility: SocialLinksVisibility, relation: Relation) -> bool {
    if relation == Relation::Itself {
        return true;
    }
    match visibility {
        SocialLinksVisibility::EventAttendees => relation != Relation::Other,
        SocialLinksVisibility::Connections => relation.is_connected(),
        SocialLinksVisibility::Hidden => false,
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use uuid::Uuid;

    use super::*;
    use crate::accounts::EmailAddress;

    const RELATIONS: [Relation; 7] = [
        Relation::Itself,
        Relation::Organizer { connected: false },
        Relation::Organizer { connected: true },
        Relation::FellowMember { connected: false },
        Relation::FellowMember { connected: true },
        Relation::Connection,
        Relation::Other,
    ];

    fn ada(show_presence: bool) -> Profile {
        let text = |text: &str| Some(text.to_owned());
        Profile {
            user: UserId::new(Uuid::from_u128(7)),
            full_name: "Ada Okafor".to_owned(),
            avatar: None,
            pronouns: text("she/her"),
            email: "ada@example.org".to_owned(),
            company: text("Harbour"),
            title: text("Pilot"),
            bio: text("Kites."),
            links: SocialLinks { website: text("https://ada.example/"), ..SocialLinks::default() },
            show_presence,
        }
    }

    /// Every setting that concerns a field, one after another, the others as they come.
    fn settings() -> Vec<(String, Privacy)> {
        let with = |name: String, change: &dyn Fn(&mut Privacy)| {
            let mut privacy = Privacy::default();
            change(&mut privacy);
            (name, privacy)
        };
        let public = EmailAddress::parse("public@example.org").ok();
        let mut settings = Vec::new();
        for visibility in EmailVisibility::ALL {
            let name = visibility.as_str();
            settings.push(with(format!("address {name}"), &|p| p.email_visibility = visibility));
            settings.push(with(format!("address {name}, public one on"), &|p| {
                p.email_visibility = visibility;
                p.show_public_email = true;
                p.public_email.clone_from(&public);
            }));
        }
        settings
            .push(with("public address kept but off".to_owned(), &|p| p.public_email.clone_from(&public)));
        for visibility in SocialLinksVisibility::ALL {
            settings.push(with(format!("links {}", visibility.as_str()), &|p| p.social_links = visibility));
        }
        settings.push(with("company and title off".to_owned(), &|p| p.show_company = false));
        settings.push(with("bio off".to_owned(), &|p| p.show_bio = false));
        settings
    }

    fn fields(shown: &VisibleProfile) -> String {
        let seen = [
            (shown.email.is_some(), "address"),
            (shown.public_email.is_some(), "public"),
            (shown.company.is_some(), "company"),
            (shown.title.is_some(), "title"),
            (shown.bio.is_some(), "bio"),
            (!shown.links.named().is_empty(), "links"),
            (shown.shows_presence, "presence"),
        ];
        seen.map(|(is_seen, name)| if is_seen { name.to_owned() } else { "-".repeat(name.len()) }).join(" ")
    }

    /// Every relation under every setting, as text; a change of the rules shows as a change of this file.
    #[test]
    fn what_is_shown_is_on_file() {
        let mut matrix = String::new();
        for (name, privacy) in settings() {
            for relation in RELATIONS {
                let shown = ada(true).shown_to(&privacy, relation);
                assert_eq!((&*shown.full_name, shown.pronouns.is_some()), ("Ada Okafor", true));
                writeln!(matrix, "{}  {name}: {relation:?}", fields(&shown)).expect("a string takes it");
            }
        }
        for relation in RELATIONS {
            let shown = ada(false).shown_to(&Privacy::default(), relation);
            writeln!(matrix, "{}  presence off: {relation:?}", fields(&shown)).expect("a string takes it");
        }
        let on_file = include_str!("privacy_matrix.txt").split_once("\n\n").expect("a head").1;
        assert_eq!(matrix, on_file, "\n{matrix}");
    }
}
