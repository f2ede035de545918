use std::str::FromStr;

use domain::accounts::{
    ConnectionRequestPermission, EmailAddress, EmailVisibility, ON, Privacy, PrivacyFields, Profile,
    ProfileDetails, SocialLinks, SocialLinksVisibility, full_name,
};
use domain::ids::{FileId, UserId};
use domain::{Conflict, FieldErrors, SignedIn};

use super::{parse_social_links, queries};
use crate::time_zones::TimeZoneName;
use crate::{Outcome, ServiceError, Services};

/// A person's own profile with everything they decide about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnProfile {
    pub profile: Profile,
    pub first_name: String,
    pub last_name: String,
    /// Raised by each edit.
    pub version: i32,
    pub time_zone: Option<String>,
    pub privacy: Privacy,
    /// Raised by each edit of the privacy.
    pub privacy_version: i32,
    pub send_read_receipts: bool,
}

/// The profile form, as typed.
#[derive(Debug, Clone, Default)]
pub struct ProfileFields {
    pub first_name: String,
    pub last_name: String,
    pub company: String,
    pub title: String,
    pub pronouns: String,
    pub bio: String,
    pub linkedin: String,
    pub x: String,
    pub mastodon: String,
    pub github: String,
    pub website: String,
    /// A name of the zone database, or nothing.
    pub time_zone: String,
    /// The version the form was opened with.
    pub version: String,
}

impl ProfileFields {
    fn parse(&self) -> Result<(ProfileDetails, SocialLinks, Option<TimeZoneName>, i32), FieldErrors> {
        let names = [&*self.first_name, &*self.last_name];
        let texts = [&*self.company, &*self.title, &*self.pronouns];
        let details = ProfileDetails::parse(names, texts, &self.bio);
        let links = parse_social_links(&self.linkedin, &self.x, &self.mastodon, &self.github, &self.website);
        let zone =
            Some(&*self.time_zone).filter(|name| !name.is_empty()).map(TimeZoneName::parse).transpose();
        let zone = zone.map_err(|error| FieldErrors::one("time_zone", error));
        match (details, links, zone, version_of(&self.version)) {
            (Ok(details), Ok(links), Ok(zone), Ok(version)) => Ok((details, links, zone, version)),
            (details, links, zone, version) => {
                let refused = [details.err(), links.err(), zone.err(), version.err()];
                let mut errors = FieldErrors::default();
                for (field, message) in refused.iter().flatten().flat_map(FieldErrors::iter) {
                    errors.add(field, message);
                }
                Err(errors)
            }
        }
    }
}

/// The version a form was opened with.
pub(super) fn version_of<T: FromStr>(typed: &str) -> Result<T, FieldErrors> {
    typed.parse().map_err(|_| FieldErrors::one("version", "Load this page again and retry."))
}

/// Nobody else edits what is one's own: it was another window or device of theirs.
pub(super) fn stale() -> Conflict {
    Conflict::StaleEdit { by: "You".to_owned() }
}

/// The own profile: one statement.
///
/// # Errors
/// Database errors only.
pub async fn own_profile(services: &Services, person: &SignedIn) -> Outcome<OwnProfile> {
    let row = queries::profile(&services.db, person.user.get()).await?.ok_or(ServiceError::NOT_FOUND)?;
    read(person.user, row)
}

pub(super) fn read(user: UserId, row: queries::ProfileRow) -> Outcome<OwnProfile> {
    let privacy = read_privacy(queries::PrivacyRow {
        email_visibility: row.email_visibility,
        show_public_email: row.show_public_email,
        public_email: row.public_email,
        allow_connection_requests: row.allow_connection_requests,
        social_links_visibility: row.social_links_visibility,
        show_company: row.show_company,
        show_bio: row.show_bio,
    })?;
    Ok(OwnProfile {
        profile: Profile {
            user,
            full_name: full_name(&row.first_name, &row.last_name),
            avatar: row.avatar_file_id.map(FileId::new),
            pronouns: row.pronouns,
            email: row.email,
            company: row.company,
            title: row.title,
            bio: row.bio,
            links: SocialLinks {
                linkedin: row.linkedin,
                x: row.x,
                mastodon: row.mastodon,
                github: row.github,
                website: row.website,
            },
            show_presence: row.show_presence,
        },
        first_name: row.first_name,
        last_name: row.last_name,
        version: row.profile_version,
        time_zone: row.time_zone,
        privacy,
        privacy_version: row.privacy_version,
        send_read_receipts: row.send_read_receipts,
    })
}

pub(super) fn read_privacy(row: queries::PrivacyRow) -> Outcome<Privacy> {
    let unknown = ServiceError::unknown_value;
    Ok(Privacy {
        email_visibility: EmailVisibility::from_stored(&row.email_visibility)
            .ok_or_else(|| unknown("email_visibility", &row.email_visibility))?,
        show_public_email: row.show_public_email,
        public_email: match row.public_email {
            Some(email) => Some(EmailAddress::parse(&email).map_err(|_| unknown("public_email", &email))?),
            None => None,
        },
        connection_requests: ConnectionRequestPermission::from_stored(&row.allow_connection_requests)
            .ok_or_else(|| unknown("allow_connection_requests", &row.allow_connection_requests))?,
        social_links: SocialLinksVisibility::from_stored(&row.social_links_visibility)
            .ok_or_else(|| unknown("social_links_visibility", &row.social_links_visibility))?,
        show_company: row.show_company,
        show_bio: row.show_bio,
    })
}

/// Saves the own profile, unless a newer version was saved meanwhile.
///
/// # Errors
/// [`FieldErrors`] per field; [`Conflict::StaleEdit`].
pub async fn save_profile(services: &Services, person: &SignedIn, fields: &ProfileFields) -> Outcome<()> {
    let (details, links, zone, version) = fields.parse()?;
    let (user, now) = (person.user.get(), services.clock.now());
    let zone = zone.as_ref().map(TimeZoneName::as_str);
    let saved = queries::update_profile(&services.db, user, version, &details, &links, zone, now).await?;
    if saved { Ok(()) } else { Err(stale().into()) }
}

/// What the privacy form posts beside the settings an event can override.
#[derive(Debug, Clone, Default)]
pub struct GlobalSwitches {
    pub show_presence: String,
    pub send_read_receipts: String,
}

/// Saves the own privacy for everywhere, unless a newer version was saved meanwhile. `version` is as typed.
///
/// # Errors
/// [`FieldErrors`] per field; [`Conflict::StaleEdit`].
pub async fn save_privacy(
    services: &Services,
    person: &SignedIn,
    fields: &PrivacyFields,
    switches: &GlobalSwitches,
    version: &str,
) -> Outcome<()> {
    let privacy = fields.parse()?;
    let version = version_of(version)?;
    let switches = [&switches.show_presence, &switches.send_read_receipts].map(|on| on == ON);
    let (user, now) = (person.user.get(), services.clock.now());
    let saved = queries::update_privacy(&services.db, user, version, &privacy, switches, now).await?;
    if saved { Ok(()) } else { Err(stale().into()) }
}
