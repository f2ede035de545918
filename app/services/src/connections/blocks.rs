use domain::accounts::full_name;
use domain::connections::ConnectionStatus;
use domain::ids::{ConnectionId, FileId, UserId};
use domain::paging::{Page, PageRequest};
use domain::time::Timestamp;
use domain::{Denied, SignedIn};

use super::stored::read_status;
use super::{queries, tell};
use crate::{Outcome, ServiceError, Services, accounts, conversations, db, notifications};

/// Somebody a person blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockedPerson {
    pub user: UserId,
    pub full_name: String,
    pub avatar: Option<FileId>,
    pub since: Timestamp,
}

/// Makes two people invisible to each other: connection and requests between them end. Whoever is blocked already stays
/// so, and nobody is told. `user` is `None` for what is no id at all.
///
/// # Errors
/// [`Denied::Oneself`]; [`domain::AppError::NotFound`] for whoever the person can't see and never had to do with.
pub async fn block(services: &Services, person: &SignedIn, user: Option<UserId>) -> Outcome<()> {
    let user = user.ok_or(ServiceError::NOT_FOUND)?;
    if user == person.user {
        return Err(Denied::Oneself.into());
    }
    let (own, other, now) = (person.user.get(), user.get(), services.clock.now());
    let known = queries::known(&services.db, own, other).await?;
    if known.is_blocked_by_viewer {
        return Ok(());
    }
    let is_seen =
        accounts::acquaintance(services, Some(person.user), user).await?.is_some_and(|seen| seen.sees());
    if !is_seen && !known.had_to_do {
        return Err(ServiceError::NOT_FOUND);
    }
    let mut tx = db::begin(&services.db).await?;
    queries::lock_people(&mut tx, [own, other]).await?;
    let known_online = conversations::acquainted_pair(&mut tx, [person.user, user]).await?;
    let ended = queries::end_by_block(&mut tx, own, other, now).await?;
    conversations::hold_pair(&mut tx, person.user, user).await?;
    queries::insert_block(&mut tx, own, other, now).await?;
    notifications::part(services, &mut tx, person.user, user).await?;
    tx.commit().await?;
    notifications::waiting_changed(services, person.user);
    services.bus.recheck(person.user);
    services.bus.recheck(user);
    known_online.end(services);
    if let Some(ended) = ended {
        // A request of theirs goes on looking like one that is not answered.
        let is_told = match read_status(&ended.status_before)? {
            ConnectionStatus::Accepted => true,
            ConnectionStatus::Pending => ended.requester_id == own,
            ConnectionStatus::Rejected | ConnectionStatus::Removed => false,
        };
        if is_told {
            tell::removed(services, person, user, ConnectionId::new(ended.id));
        }
    }
    Ok(())
}

/// Lifts a block; what it ended stays over. Whoever isn't blocked is left as they are.
///
/// # Errors
/// [`domain::AppError::NotFound`] for what is no id at all.
pub async fn unblock(services: &Services, person: &SignedIn, user: Option<UserId>) -> Outcome<()> {
    let user = user.ok_or(ServiceError::NOT_FOUND)?;
    Ok(queries::delete_block(&services.db, person.user.get(), user.get()).await?)
}

/// Whom the person blocks, the newest first: two statements.
///
/// # Errors
/// [`domain::AppError::NoSuchPage`].
pub async fn blocked(
    services: &Services,
    person: &SignedIn,
    request: PageRequest,
) -> Outcome<Page<BlockedPerson>> {
    let (db, user) = (&services.db, person.user.get());
    let total = queries::count_blocked(db, user).await?;
    let rows = queries::blocked(db, user, request.limit(), request.offset()).await?;
    let people = rows.into_iter().map(|row| BlockedPerson {
        user: UserId::new(row.id),
        full_name: full_name(&row.first_name, &row.last_name),
        avatar: row.avatar_file_id.map(FileId::new),
        since: row.created_at.into(),
    });
    Ok(Page::of(people.collect(), request, total)?)
}
