//! Direct messages: conversations of exactly two people. Who may open one and write in it is `domain::conversations`'
//! policy; every load names the person who asks, and gives them what is theirs.

mod clear;
mod deletion;
mod edit;
mod list;
mod listeners;
mod message_page;
mod messages;
mod of_person;
mod online;
mod opening;
mod place;
mod post;
mod queries;
mod react;
mod read;
mod reminders;
mod rules;
mod start;
mod tell;

pub use clear::{clear, set_muted};
pub use deletion::delete_message;
pub use edit::edit_message;
pub use list::{ConversationList, ListRequest, ListedConversation, conversations_of};
pub use listeners::{heads, open_for_socket, pairs};
pub use message_page::{MessagePage, open_message};
pub use messages::{changes_after, find_in, history};
pub(crate) use of_person::{forget_person, written_by};
pub(crate) use online::acquainted_pair;
pub use online::{Acquainted, acquainted};
pub(crate) use opening::{Opening, open};
pub use post::{NewDirectMessage, check_may_send, send};
pub use react::react;
pub use read::{ConversationPage, Receipts, mark_delivered, mark_read, open_page};
pub use reminders::{remind, run_reminders};
pub use start::{NewConversation, start};

use domain::conversations::{Pair, Scope};
use domain::events::EventStatus;
use domain::ids::{ConversationId, UserId};
use sqlx::{PgConnection, PgExecutor};

use crate::events::StandingFacts;
use crate::{Outcome, ServiceError};

/// A conversation of this person: one statement.
///
/// # Errors
/// [`domain::AppError::NotFound`] for everybody else's.
async fn load(
    db: impl PgExecutor<'_>,
    user: UserId,
    conversation: ConversationId,
) -> Outcome<queries::StandingRow> {
    let mut rows = queries::standings(db, &[user.get()], &[conversation.get()]).await?;
    rows.pop().ok_or(ServiceError::NOT_FOUND)
}

/// As [`load`], once nobody else changes anything between the two: what is decided then holds until COMMIT.
async fn hold(
    tx: &mut PgConnection,
    user: UserId,
    conversation: ConversationId,
) -> Outcome<queries::StandingRow> {
    if !queries::lock(tx, conversation.get(), user.get()).await? {
        return Err(ServiceError::NOT_FOUND);
    }
    load(&mut *tx, user, conversation).await
}

/// Locks what two people have with each other, in the caller's transaction: a block that waits for it is followed by no
/// message. After the locks of people and of their connection.
///
/// # Errors
/// Database errors only.
pub async fn hold_pair(tx: &mut PgConnection, one: UserId, other: UserId) -> Outcome<()> {
    Ok(queries::lock_pair(tx, one.get(), other.get()).await?)
}

impl queries::StandingRow {
    /// What the policy asks.
    fn pair(&self) -> Outcome<Pair> {
        let scope = match &self.event_status {
            None => Scope::Global { connected: self.is_connected },
            Some(status) => {
                let deleted = self.organization_is_deleted == Some(true);
                let status = if deleted { EventStatus::Deleted.as_str() } else { status };
                let own = StandingFacts {
                    event_status: status,
                    role: self.own_role.as_deref(),
                    membership: self.own_membership.as_deref(),
                    organization_role: self.own_organization_role.as_deref(),
                    muted: false,
                };
                let other = StandingFacts {
                    event_status: status,
                    role: self.other_role.as_deref(),
                    membership: self.other_membership.as_deref(),
                    organization_role: self.other_organization_role.as_deref(),
                    muted: false,
                };
                Scope::Event { own: own.read()?, other: other.read()? }
            }
        };
        Ok(Pair { blocked: self.is_blocked, other_is_active: self.other_is_active, scope })
    }

    /// What this person may see of the messages.
    fn view(&self) -> queries::ViewOf {
        queries::ViewOf {
            viewer: self.user_id,
            conversation: self.conversation_id,
            cleared: self.cleared_before_seq,
        }
    }

    fn other(&self) -> domain::accounts::PersonCard {
        domain::accounts::PersonCard {
            id: UserId::new(self.other_id),
            full_name: domain::accounts::full_name(&self.other_first_name, &self.other_last_name),
        }
    }
}
