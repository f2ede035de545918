//! What happens to a message after it was posted (specification 14.3): pure decisions about one message and one person.

use time::{Duration, OffsetDateTime};

use super::DeletedBy;
use super::policy::{PostStanding, may_moderate, may_post, may_read, not_archived};
use crate::{AppError, Conflict, Denied, Gone};

/// How long an author may change a message after posting it.
pub const EDIT_TIME: Duration = Duration::minutes(15);
/// How long a moderator's deletion can be taken back.
pub const RESTORE_TIME: Duration = Duration::hours(24);

/// A message as a decision about it sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageFacts {
    /// The one who asks wrote it.
    pub is_own: bool,
    pub posted_at: OffsetDateTime,
    pub deletion: Option<Deletion>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deletion {
    pub by: DeletedBy,
    pub at: OffsetDateTime,
}

/// Authors change their own words, for [`EDIT_TIME`], while they may post. Nobody changes another's.
///
/// # Errors
/// As [`may_post`]; [`Denied::NotYourMessage`], [`Denied::EditTimeOver`]; [`Conflict::MessageDeleted`].
pub fn may_edit(post: &PostStanding, message: &MessageFacts, now: OffsetDateTime) -> Result<(), AppError> {
    may_post(post)?;
    if !message.is_own {
        return Err(Denied::NotYourMessage.into());
    }
    if message.deletion.is_some() {
        return Err(Conflict::MessageDeleted.into());
    }
    if message.posted_at + EDIT_TIME <= now {
        return Err(Denied::EditTimeOver.into());
    }
    Ok(())
}

/// Authors delete their own messages at any time, muted or not, also in a closed room; moderators anybody's.
///
/// # Errors
/// As [`may_read`]; [`Conflict::EventArchived`]; for another's message as [`may_moderate`].
pub fn may_delete(post: &PostStanding, message: &MessageFacts) -> Result<(), AppError> {
    may_read(post.kind, post.speaks_here, &post.standing)?;
    if message.is_own { not_archived(post) } else { may_moderate(post) }
}

/// Moderators bring back what a moderator deleted, for [`RESTORE_TIME`]; what its author deleted stays deleted. A
/// message that is there already stays.
///
/// # Errors
/// As [`may_moderate`]; [`Denied::DeletedByAuthor`]; [`Gone::RestoreOver`].
pub fn may_restore(post: &PostStanding, message: &MessageFacts, now: OffsetDateTime) -> Result<(), AppError> {
    may_moderate(post)?;
    match message.deletion {
        None => Ok(()),
        Some(Deletion { by: DeletedBy::Author, .. }) => Err(Denied::DeletedByAuthor.into()),
        Some(Deletion { by: DeletedBy::Moderator, at }) if at + RESTORE_TIME <= now => {
            Err(AppError::Gone(Gone::RestoreOver))
        }
        Some(Deletion { by: DeletedBy::Moderator, .. }) => Ok(()),
    }
}

/// Whoever may post reacts to what is there.
///
/// # Errors
/// As [`may_post`]; [`Conflict::MessageDeleted`].
pub fn may_react(post: &PostStanding, message: &MessageFacts) -> Result<(), AppError> {
    may_post(post)?;
    match message.deletion {
        Some(_) => Err(Conflict::MessageDeleted.into()),
        None => Ok(()),
    }
}
