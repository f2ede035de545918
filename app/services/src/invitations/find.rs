use domain::accounts::full_name;
use domain::ids::{EventId, InvitationId, OrganizationId, UserId};
use domain::invitations::{InvitationStatus, InvitedName, InvitedRole, TargetKind};
use domain::organizations::AuditAction;
use domain::time::Timestamp;
use domain::{AppError, Gone, SignedIn, Viewer};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::occasion::{EventFacts, InvitedTo};
use super::queries::{self, FoundRow, PendingRow};
use super::target::TargetId;
use crate::accounts::{self, Caller, unknown_link};
use crate::organizations::audit::{self, AuditEntry};
use crate::rng::hash_token;
use crate::{Outcome, ServiceError, Services, db, mail};

/// How somebody names the invitation they answer.
#[derive(Debug, Clone, Copy)]
pub enum Key<'a> {
    /// By the link of the mail.
    Token(&'a str),
    /// From the start page, where only one's own are listed.
    Id(InvitationId),
}

impl Key<'_> {
    pub(super) fn token_hash(&self) -> Option<[u8; 32]> {
        match self {
            Self::Token(token) => Some(hash_token(token)),
            Self::Id(_) => None,
        }
    }
}

/// An open invitation, as the invited person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub id: InvitationId,
    pub invited_to: InvitedTo,
    pub role: InvitedRole,
    pub inviter: String,
    pub message: Option<String>,
    pub expires_at: Timestamp,
}

/// Who opened the link, and so what they can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reader {
    /// The address has an account: sign in, then answer.
    SignsIn {
        address: String,
    },
    /// It has none: names and password make it.
    MakesAccount {
        address: String,
        /// As the inviter wrote it.
        name: Option<InvitedName>,
    },
    Answers,
    /// Signed in with another address than this one, of which only its owner knows the whole.
    IsSomebodyElse {
        masked_address: String,
    },
}

/// An invitation that was found and is open, with what answering it needs.
pub(super) struct Open {
    pub row: FoundRow,
    pub target: TargetId,
}

/// Looks at the invitation behind a link without changing anything.
///
/// # Errors
/// [`AppError::Gone`] saying why it is over; [`AppError::TooMany`] after 20 unknown links an hour from one network.
pub async fn find(
    services: &Services,
    viewer: &Viewer,
    token: &str,
    caller: &Caller,
) -> Outcome<(Invitation, Reader)> {
    let row = match look_up(services, Key::Token(token), None, caller).await? {
        Found::Open(open) => open.row,
        Found::Over { gone, .. } => return Err(AppError::Gone(gone).into()),
    };
    let address = row.address.clone();
    let reader = match (viewer.user(), row.account_id.map(UserId::new)) {
        (Some(user), Some(account)) if user == account => Reader::Answers,
        (Some(_), _) => {
            Reader::IsSomebodyElse { masked_address: accounts::stored_address(&address)?.masked() }
        }
        (None, _) if row.has_account() => Reader::SignsIn { address },
        (None, _) => Reader::MakesAccount { address, name: row.name.as_deref().and_then(InvitedName::read) },
    };
    Ok((invitation(row)?, reader))
}

/// Finds an open invitation to answer it. One whose time has run out, or whose target takes nobody in any more, is
/// noted as ended.
///
/// # Errors
/// As [`find`]; [`AppError::NotFound`] for an id that is unknown or somebody else's.
pub(super) async fn open(
    services: &Services,
    key: Key<'_>,
    reader: Option<UserId>,
    caller: &Caller,
) -> Outcome<Open> {
    match look_up(services, key, reader, caller).await? {
        Found::Open(open) => Ok(*open),
        Found::Over { open, gone, ends_as } => {
            if let Some(status) = ends_as {
                end_by_itself(services, &open, status).await?;
            }
            Err(AppError::Gone(gone).into())
        }
    }
}

/// Ends an invitation whose time is over or which is void, if it is still the one that was looked at.
///
/// # Errors
/// Database errors only.
pub(super) async fn end_by_itself(services: &Services, open: &Open, status: InvitationStatus) -> Outcome<()> {
    let (row, now) = (&open.row, services.clock.now());
    let mut tx = db::begin(&services.db).await?;
    open.target.lock(&mut tx).await?;
    if queries::end(&mut tx, row.id, &row.token_hash, status.as_str(), None, now).await? {
        mail::withdraw(services, &mut tx, row.mail_id.as_slice()).await?;
        record_end(services, &mut tx, open, status).await?;
    }
    Ok(tx.commit().await?)
}

/// Nobody did it: the log says so.
pub(super) async fn record_end(
    services: &Services,
    tx: &mut PgConnection,
    open: &Open,
    status: InvitationStatus,
) -> Outcome<()> {
    let nobody = audit::nobody();
    let action = match status {
        InvitationStatus::Expired => AuditAction::InvitationExpired,
        InvitationStatus::Pending
        | InvitationStatus::Accepted
        | InvitationStatus::Declined
        | InvitationStatus::Cancelled => AuditAction::InvitationCancelled,
    };
    let entry = AuditEntry {
        event: open.target.event().map(EventId::new),
        subject: Some(&open.row.address),
        subject_id: Some(open.row.id),
        ..AuditEntry::new(OrganizationId::new(open.row.owner_id), &nobody, action)
    };
    audit::record(services, tx, &entry).await
}

enum Found {
    Open(Box<Open>),
    Over { open: Box<Open>, gone: Gone, ends_as: Option<InvitationStatus> },
}

async fn look_up(
    services: &Services,
    key: Key<'_>,
    reader: Option<UserId>,
    caller: &Caller,
) -> Outcome<Found> {
    let (hash, id) = match key {
        Key::Token(token) => (Some(hash_token(token)), None),
        Key::Id(id) => (None, Some(id.get())),
    };
    let row = queries::find(&services.db, hash.as_ref().map(|hash| &hash[..]), id).await?;
    let Some(row) = row else { return Err(unknown(services, hash, caller).await?) };
    // An id is no secret: it tells nothing to anybody but the owner of the address.
    if hash.is_none() && row.account_id.map(UserId::new) != reader {
        return Err(ServiceError::NOT_FOUND);
    }
    let now = services.clock.now();
    let over = over(stored_status(&row.status)?, row.expires_at, row.is_open, now);
    let open = Box::new(Open { target: TargetId::of(row.organization_id, row.event_id)?, row });
    Ok(match over {
        Some((gone, ends_as)) => Found::Over { open, gone, ends_as },
        None => Found::Open(open),
    })
}

async fn unknown(services: &Services, hash: Option<[u8; 32]>, caller: &Caller) -> Outcome<ServiceError> {
    match hash {
        Some(hash) if queries::was_replaced(&services.db, &hash).await? => {
            Ok(AppError::Gone(Gone::InvitationReplaced).into())
        }
        Some(_) => unknown_link(services, caller).await,
        None => Ok(ServiceError::NOT_FOUND),
    }
}

/// Why an invitation is over, and as what a pending one has to be noted.
pub(super) fn over(
    status: InvitationStatus,
    expires_at: OffsetDateTime,
    target_is_open: bool,
    now: OffsetDateTime,
) -> Option<(Gone, Option<InvitationStatus>)> {
    match status {
        InvitationStatus::Accepted | InvitationStatus::Declined => Some((Gone::InvitationAnswered, None)),
        InvitationStatus::Expired => Some((Gone::InvitationExpired, None)),
        InvitationStatus::Cancelled => Some((Gone::InvitationCancelled, None)),
        InvitationStatus::Pending if !target_is_open => {
            Some((Gone::InvitationCancelled, Some(InvitationStatus::Cancelled)))
        }
        InvitationStatus::Pending if expires_at <= now => {
            Some((Gone::InvitationExpired, Some(InvitationStatus::Expired)))
        }
        InvitationStatus::Pending => None,
    }
}

pub(super) fn stored_status(stored: &str) -> Outcome<InvitationStatus> {
    InvitationStatus::from_stored(stored)
        .ok_or_else(|| ServiceError::unknown_value("invitations.status", stored))
}

pub(super) fn stored_role(kind: TargetKind, stored: &str) -> Outcome<InvitedRole> {
    InvitedRole::parse(kind, stored).map_err(|_| ServiceError::unknown_value("invitations.role", stored))
}

/// The address behind a link, and the names of what it was invited to: a password must not be guessed from them.
///
/// # Errors
/// As [`find`].
pub(crate) async fn known_of_invited(
    services: &Services,
    token: &str,
    caller: &Caller,
) -> Outcome<(String, Vec<String>)> {
    match look_up(services, Key::Token(token), None, caller).await? {
        Found::Open(open) => Ok((open.row.address.clone(), open.row.names())),
        Found::Over { gone, .. } => Err(AppError::Gone(gone).into()),
    }
}

impl FoundRow {
    /// What one was invited to, and to whom that belongs.
    pub(super) fn names(&self) -> Vec<String> {
        self.title.iter().chain([&self.organization_name]).cloned().collect()
    }

    /// Somebody can sign in under the address.
    pub(super) fn has_account(&self) -> bool {
        accounts::can_sign_in(self.account_state.as_deref())
    }
}

/// The person's open invitations, newest first, at most 50: one statement.
///
/// # Errors
/// Database errors only.
pub async fn pending_for(services: &Services, person: &SignedIn) -> Outcome<Vec<Invitation>> {
    let now = services.clock.now();
    let rows = queries::pending_for(&services.db, person.user.get(), now).await?;
    rows.into_iter().map(told).collect()
}

pub(super) fn invitation(row: FoundRow) -> Outcome<Invitation> {
    told(PendingRow {
        id: row.id,
        role: row.role,
        message: row.message,
        expires_at: row.expires_at,
        inviter_first_name: row.inviter_first_name,
        inviter_last_name: row.inviter_last_name,
        organization_name: row.organization_name,
        organization_slug: row.organization_slug,
        event_slug: row.event_slug,
        title: row.title,
        host_name: row.host_name,
        start_date: row.start_date,
        end_date: row.end_date,
        time_zone: row.time_zone,
        format: row.format,
        venue_name: row.venue_name,
        venue_city: row.venue_city,
        venue_country: row.venue_country,
    })
}

fn told(row: PendingRow) -> Outcome<Invitation> {
    let event = match (row.host_name, row.start_date, row.end_date, row.time_zone, row.format) {
        (Some(host_name), Some(start_date), Some(end_date), Some(time_zone), Some(format)) => {
            let venue = [row.venue_name, row.venue_city, row.venue_country];
            Some(EventFacts { host_name, start_date, end_date, time_zone, format, venue }.in_words()?)
        }
        _ => None,
    };
    let (kind, slug, name) = match (row.event_slug, row.title) {
        (Some(slug), Some(title)) => (TargetKind::Event, slug, title),
        _ => (TargetKind::Organization, row.organization_slug, row.organization_name),
    };
    Ok(Invitation {
        id: InvitationId::new(row.id),
        role: stored_role(kind, &row.role)?,
        invited_to: InvitedTo { kind, slug, name, event },
        inviter: full_name(&row.inviter_first_name, &row.inviter_last_name),
        message: row.message,
        expires_at: Timestamp::from(row.expires_at),
    })
}
