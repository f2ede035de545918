use domain::limits::{Pause, Rule};
use domain::uploads::{MAX_FILE_BYTES, UploadRefused};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::queries;
use crate::limits::{self, Limit};
use crate::{Outcome, Services};

/// How much may be kept (specification 13.7), in megabytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UploadQuotas {
    /// What one person sends within a day.
    pub person_and_day: u32,
    /// What is kept for one event.
    pub event: u32,
    /// What is kept for all events of an organization.
    pub organization: u32,
}

impl Default for UploadQuotas {
    fn default() -> Self {
        Self { person_and_day: 50, event: 1024, organization: 10 * 1024 }
    }
}

/// Files somebody sends, whatever becomes of them.
const FILES: Rule = Rule { max: 60, window: Duration::HOUR, pause: Pause::Rest };
const KILOBYTE: usize = 1024;
const KILOBYTES_PER_MEGABYTE: u32 = 1024;
const BYTES_PER_MEGABYTE: i64 = 1024 * 1024;

fn files(user: Uuid) -> Limit {
    Limit::new(FILES, "uploads", &[&user.to_string()])
}

fn kilobytes(services: &Services, user: Uuid, bytes: usize) -> Limit {
    let max = services.upload_quotas.person_and_day.saturating_mul(KILOBYTES_PER_MEGABYTE);
    let rule =
        Rule { max: i32::try_from(max).unwrap_or(i32::MAX), window: Duration::DAY, pause: Pause::Rest };
    Limit::new(rule, "uploaded kilobytes", &[&user.to_string()]).times(bytes.div_ceil(KILOBYTE))
}

fn day_used_up(services: &Services) -> UploadRefused {
    UploadRefused::DayUsedUp { megabytes: services.upload_quotas.person_and_day }
}

/// Asked before a byte is read: whether this person has anything left today.
///
/// # Errors
/// [`domain::AppError::TooMany`] after 60 files an hour; [`UploadRefused::DayUsedUp`].
pub(super) async fn check_person(services: &Services, user: Uuid) -> Outcome<()> {
    limits::check(services, &[files(user)]).await?;
    let left = limits::have_left(services, &[kilobytes(services, user, 1)]).await?;
    if left.contains(&false) { Err(day_used_up(services).into()) } else { Ok(()) }
}

/// Counts one file with its bytes, before it is decoded: trying costs too.
///
/// # Errors
/// As [`check_person`].
pub(super) async fn take(services: &Services, user: Uuid, bytes: usize) -> Outcome<()> {
    debug_assert!(bytes <= MAX_FILE_BYTES, "the intake cuts larger ones");
    limits::take(services, &[files(user)]).await?;
    let taken = limits::take(services, &[kilobytes(services, user, bytes)]).await;
    taken.map_err(|error| if error.is_too_many() { day_used_up(services).into() } else { error })
}

/// Whether `bytes` more fit into an event and its organization; both are locked by the caller.
///
/// # Errors
/// [`UploadRefused::EventFull`], [`UploadRefused::OrganizationFull`].
pub(super) async fn check_room(
    services: &Services,
    tx: &mut PgConnection,
    organization: Uuid,
    event: Uuid,
    bytes: i64,
) -> Outcome<()> {
    let quotas = services.upload_quotas;
    let used = queries::used(tx, organization, event).await?;
    let fits = |used: i64, megabytes: u32| used + bytes <= i64::from(megabytes) * BYTES_PER_MEGABYTE;
    if !fits(used.by_event, quotas.event) {
        return Err(UploadRefused::EventFull { megabytes: quotas.event }.into());
    }
    if !fits(used.by_organization, quotas.organization) {
        return Err(UploadRefused::OrganizationFull { megabytes: quotas.organization }.into());
    }
    Ok(())
}

/// Older than this and without a row: nobody is still writing it.
pub(super) fn is_abandoned(made_at: OffsetDateTime, now: OffsetDateTime) -> bool {
    now - made_at > Duration::DAY
}
