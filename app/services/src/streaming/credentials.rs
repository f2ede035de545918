use domain::ids::OrganizationId;
use domain::organizations::{AuditAction, OrganizationAction, OrganizationSummary, may};
use domain::text::{Lines, clean};
use domain::{FieldErrors, SignedIn};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{pem, queries, sealed};
use crate::organizations::{self, audit};
use crate::{Outcome, Services, db};

/// One set of credentials; complete or absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialKind {
    /// For Mux's interface.
    MuxToken,
    /// Signs who may play a Mux stream.
    MuxSigning,
    /// Jitsi as a Service: signs who may enter a room.
    Jaas,
}

impl CredentialKind {
    pub const ALL: [Self; 3] = [Self::MuxToken, Self::MuxSigning, Self::Jaas];

    /// The stored value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MuxToken => "MUX_TOKEN",
            Self::MuxSigning => "MUX_SIGNING",
            Self::Jaas => "JAAS",
        }
    }

    /// The stored value read back; `None` for anything else.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::MuxToken => "Mux access token",
            Self::MuxSigning => "Mux signing key",
            Self::Jaas => "Jitsi as a Service (8x8.vc)",
        }
    }
}

/// What may be shown of a set: that it is there, and how its id ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSet {
    pub kind: CredentialKind,
    pub id_ends_with: String,
    pub updated_at: OffsetDateTime,
}

/// The settings page about streaming, of an owner or admin.
#[derive(Debug, Clone, PartialEq)]
pub struct CredentialsPage {
    pub organization: OrganizationSummary,
    pub sets: Vec<StoredSet>,
}

impl CredentialsPage {
    #[must_use]
    pub fn of(&self, kind: CredentialKind) -> Option<&StoredSet> {
        self.sets.iter().find(|set| set.kind == kind)
    }
}

/// What the forms send; each kind reads the fields it has.
#[derive(Clone, Default)]
pub struct CredentialFields {
    /// Token id, key id.
    pub id: String,
    /// The application of Jitsi as a Service.
    pub application_id: String,
    /// Token secret or private key.
    pub secret: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct MuxTokenSet {
    pub token_id: String,
    pub secret: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct MuxSigningSet {
    pub key_id: String,
    pub private_key: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct JaasSet {
    pub application_id: String,
    pub key_id: String,
    pub private_key: String,
}

const MAX_ID_CHARS: usize = 200;

/// The settings as they may be shown: two statements.
///
/// # Errors
/// As the policy for [`OrganizationAction::ChangeSettings`].
pub async fn credentials(services: &Services, person: &SignedIn, slug: &str) -> Outcome<CredentialsPage> {
    let organization = organizations::find(services, person, slug).await?;
    may(OrganizationAction::ChangeSettings, Some(organization.role))?;
    let rows = queries::sets(&services.db, organization.id.get()).await?;
    let set = |row: queries::SetRow| {
        let kind = CredentialKind::from_stored(&row.kind)?;
        Some(StoredSet { kind, id_ends_with: row.shown_id, updated_at: row.updated_at })
    };
    Ok(CredentialsPage { organization, sets: rows.into_iter().filter_map(set).collect() })
}

/// Saves a whole set in the place of the one before.
///
/// # Errors
/// As the policy for [`OrganizationAction::ChangeSettings`]; [`FieldErrors`] per field, also for a key that can't sign.
pub async fn save_credentials(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    kind: CredentialKind,
    fields: &CredentialFields,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let (organization, role) = organizations::lock_as(&mut tx, person, slug).await?;
    may(OrganizationAction::ChangeSettings, Some(role))?;
    let (id, sealed) = read(services, organization.get(), kind, fields)?;
    let row = queries::NewSet {
        organization: organization.get(),
        kind: kind.as_str(),
        shown_id: &last_four(&id),
        sealed: &sealed,
        by: person.user.get(),
        now: services.clock.now(),
    };
    queries::put(&mut tx, &row).await?;
    let entry = audit::AuditEntry {
        after: Some(kind.label()),
        ..audit::AuditEntry::new(organization, person, AuditAction::SettingsChanged)
    };
    audit::record(services, &mut tx, &entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Removes a set; removing none is fine. Streams that need it say that they are not configured.
///
/// # Errors
/// As the policy for [`OrganizationAction::ChangeSettings`].
pub async fn remove_credentials(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    kind: CredentialKind,
) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    let (organization, role) = organizations::lock_as(&mut tx, person, slug).await?;
    may(OrganizationAction::ChangeSettings, Some(role))?;
    if queries::remove(&mut tx, organization.get(), kind.as_str()).await? {
        let entry = audit::AuditEntry {
            before: Some(kind.label()),
            ..audit::AuditEntry::new(organization, person, AuditAction::SettingsChanged)
        };
        audit::record(services, &mut tx, &entry).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The set sealed, with the id of which the end is shown.
fn read(
    services: &Services,
    organization: Uuid,
    kind: CredentialKind,
    fields: &CredentialFields,
) -> Outcome<(String, Vec<u8>)> {
    let mut errors = FieldErrors::default();
    let id = errors.take("id", visible(&fields.id));
    let read = match kind {
        CredentialKind::MuxToken => {
            let secret = errors.take("secret", visible(&fields.secret));
            id.zip(secret).map(|(token_id, secret)| {
                let set = MuxTokenSet { token_id: token_id.clone(), secret };
                (token_id, sealed::seal(services, organization, kind, &set))
            })
        }
        CredentialKind::MuxSigning => {
            let key = errors.take("secret", pem::read(&fields.secret));
            id.zip(key).map(|(key_id, private_key)| {
                let set = MuxSigningSet { key_id: key_id.clone(), private_key };
                (key_id, sealed::seal(services, organization, kind, &set))
            })
        }
        CredentialKind::Jaas => {
            let application = errors.take("application_id", application_id(&fields.application_id));
            let key = errors.take("secret", pem::read(&fields.secret));
            id.zip(application).zip(key).map(|((key_id, application_id), private_key)| {
                let shown = application_id.clone();
                let set = JaasSet { application_id, key_id, private_key };
                (shown, sealed::seal(services, organization, kind, &set))
            })
        }
    };
    match read {
        Some((id, sealed)) => Ok((id, sealed?)),
        None => Err(errors.into()),
    }
}

/// One line without blanks in it.
fn visible(typed: &str) -> Result<String, String> {
    let text = clean(typed, Lines::One, 1, MAX_ID_CHARS).map_err(|error| error.to_string())?;
    let is_visible = text.bytes().all(|byte| byte.is_ascii_graphic());
    if is_visible { Ok(text) } else { Err("Copy it as it stands there, without blanks.".to_owned()) }
}

/// It becomes part of an address.
fn application_id(typed: &str) -> Result<String, String> {
    let text = visible(typed)?;
    let is_of_address = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if is_of_address {
        Ok(text)
    } else {
        Err("An application ID has letters, digits and hyphens.".to_owned())
    }
}

fn last_four(id: &str) -> String {
    let skip = id.chars().count().saturating_sub(4);
    id.chars().skip(skip).collect()
}

/// Removes the keys of an organization that is gone for good, in the caller's transaction.
///
/// # Errors
/// Database errors only.
pub(crate) async fn forget_credentials(tx: &mut PgConnection, organization: OrganizationId) -> Outcome<()> {
    Ok(queries::remove_all(tx, organization.get()).await?)
}
