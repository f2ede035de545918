//! What a node asks about everybody who listens there: one statement each, none when nobody listens.

use std::collections::HashMap;

use domain::conversations::{Pair, may_read, may_send};
use domain::ids::{ConversationId, UserId};
use uuid::Uuid;

use super::{load, queries};
use crate::{Outcome, Services};

/// What the socket needs to know about a conversation it lets somebody into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConversationAdmission {
    pub last_rev: i64,
    pub may_send: bool,
}

/// Admits one of the two to the topic by the policy that admits them to the page.
///
/// # Errors
/// As [`may_read`].
pub async fn open_for_socket(
    services: &Services,
    user: UserId,
    conversation: ConversationId,
) -> Outcome<ConversationAdmission> {
    let row = load(&services.db, user, conversation).await?;
    let pair = row.pair()?;
    may_read(&pair)?;
    Ok(ConversationAdmission { last_rev: row.last_rev, may_send: may_send(&pair).is_ok() })
}

/// Where each of these people stands in their conversation, for the policy; others' conversations are left out.
///
/// # Errors
/// Database errors only.
pub async fn pairs(
    services: &Services,
    listening: &[(UserId, ConversationId)],
) -> Outcome<HashMap<(UserId, ConversationId), Pair>> {
    if listening.is_empty() {
        return Ok(HashMap::new());
    }
    let (users, conversations): (Vec<Uuid>, Vec<Uuid>) =
        listening.iter().map(|(user, conversation)| (user.get(), conversation.get())).unzip();
    let rows = queries::standings(&services.db, &users, &conversations).await?;
    rows.iter()
        .map(|row| {
            let listening = (UserId::new(row.user_id), ConversationId::new(row.conversation_id));
            Ok((listening, row.pair()?))
        })
        .collect()
}

/// The newest revision of each of these conversations; those that are gone are left out.
///
/// # Errors
/// Database errors only.
pub async fn heads(
    services: &Services,
    conversations: &[ConversationId],
) -> Outcome<Vec<(ConversationId, i64)>> {
    if conversations.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = conversations.iter().map(|conversation| conversation.get()).collect();
    let rows = queries::heads(&services.db, &ids).await?;
    Ok(rows.into_iter().map(|row| (ConversationId::new(row.id), row.last_rev)).collect())
}
