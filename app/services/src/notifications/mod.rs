//! What a person wants to be told, and how; and what they are told in the app. Which news and mails there are is decided
//! by the slice that sends them.

mod centre;
mod queries;
mod telling;
mod unsubscribe;

use std::collections::HashMap;

use domain::ids::UserId;
use domain::notifications::{NotificationKind, Preference};
use domain::{Conflict, FieldErrors, SignedIn};
use sqlx::PgConnection;

use crate::{Outcome, ServiceError, Services, db};

pub(crate) use centre::waiting_changed;
pub use centre::{Centre, centre, mark_all_read, open, sweep};
pub(crate) use telling::{Telling, Told, all_caught_up, caught_up, hold_unread, part, tell};
pub use unsubscribe::{find_unsubscribe, unsubscribe, unsubscribe_link};

const RELOAD: &str = "Load this page again and retry.";

/// What a person chose, as they edit it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPreferences {
    /// Raised by each edit.
    pub version: i32,
    /// What is in force, in the order people read the kinds.
    pub kinds: Vec<(NotificationKind, Preference)>,
}

/// What is in force for the person: two statements.
///
/// # Errors
/// Database errors only.
pub async fn preferences(services: &Services, person: &SignedIn) -> Outcome<OwnPreferences> {
    let version = queries::version(&services.db, person.user.get()).await?;
    let version = version.ok_or(ServiceError::NOT_FOUND)?;
    Ok(OwnPreferences { version, kinds: preferences_of(services, person.user).await? })
}

/// What is in force for somebody, by kind in the order people read them: one statement.
pub(crate) async fn preferences_of(
    services: &Services,
    user: UserId,
) -> Outcome<Vec<(NotificationKind, Preference)>> {
    let chosen = chosen(services, user).await?;
    Ok(NotificationKind::ALL
        .into_iter()
        .map(|kind| (kind, kind.in_force(chosen.get(kind.as_str()).copied())))
        .collect())
}

async fn chosen(services: &Services, user: UserId) -> Outcome<HashMap<String, Preference>> {
    let rows = queries::chosen(&services.db, user.get()).await?;
    Ok(rows.into_iter().map(|row| (row.kind.clone(), row.preference())).collect())
}

impl queries::ChosenRow {
    fn preference(&self) -> Preference {
        Preference { in_app: self.in_app, mail: self.mail, push: self.push }
    }
}

/// The kinds that are on, as a form names them.
#[derive(Debug, Clone, Default)]
pub struct ChosenKinds {
    pub in_app: Vec<String>,
    pub mail: Vec<String>,
    pub push: Vec<String>,
}

/// Saves which kinds are told in the app, which by mail and which are pushed, unless a newer version was saved meanwhile;
/// what is not named is off. `version` is as typed.
///
/// # Errors
/// [`FieldErrors`] on `in_app`, `mail` or `push` for a kind that doesn't exist, and on `version`; [`Conflict::StaleEdit`].
pub async fn save_preferences(
    services: &Services,
    person: &SignedIn,
    on: &ChosenKinds,
    version: &str,
) -> Outcome<()> {
    for (field, named) in [("in_app", &on.in_app), ("mail", &on.mail), ("push", &on.push)] {
        if named.iter().any(|kind| NotificationKind::from_stored(kind).is_none()) {
            return Err(FieldErrors::one(field, RELOAD).into());
        }
    }
    let version: i32 = version.parse().map_err(|_| FieldErrors::one("version", RELOAD))?;
    let kinds: Vec<String> = NotificationKind::ALL.iter().map(|kind| kind.as_str().to_owned()).collect();
    let each = |named: &[String]| -> Vec<bool> { kinds.iter().map(|kind| named.contains(kind)).collect() };
    let (in_app, mail, push) = (each(&on.in_app), each(&on.mail), each(&on.push));
    let mut tx = db::begin(&services.db).await?;
    if !queries::raise_version(&mut tx, person.user.get(), version).await? {
        // Nobody else edits them: it was another window or device of theirs, or a link in a mail.
        return Err(Conflict::StaleEdit { by: "You".to_owned() }.into());
    }
    queries::save(&mut tx, person.user.get(), &kinds, &in_app, &mail, &push).await?;
    Ok(tx.commit().await?)
}

/// Whether a mail of this kind may go to a person, in the transaction that would write it.
///
/// # Errors
/// Database errors only.
pub async fn wants_mail(tx: &mut PgConnection, user: UserId, kind: NotificationKind) -> Outcome<bool> {
    let row = queries::of_kind(tx, user.get(), kind.as_str()).await?;
    Ok(kind.in_force(row.map(|row| row.preference())).mail)
}

/// Forgets what a person chose and was told, when their account is erased; what others were told of them stays, without
/// their name.
///
/// # Errors
/// Database errors only.
pub async fn forget(tx: &mut PgConnection, user: UserId) -> Result<(), ServiceError> {
    queries::delete(tx, user.get()).await?;
    Ok(queries::forget_actor(tx, user.get()).await?)
}
