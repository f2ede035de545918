use domain::ids::{ChatMessageId, ConversationId};
use domain::slug::Slug;
use services::ServiceError;

/// The conversation's page, or the list when the form names none of ours.
pub(super) fn inbox_path(conversation: &str) -> String {
    parse_conversation(conversation).map_or_else(|_| "/inbox".to_owned(), |id| format!("/inbox/{id}"))
}

/// Where the button stands that opens a conversation: the organizers' page about a member, else the list of conversations.
pub(super) fn opened_from(event: &str, person: &str) -> String {
    match (Slug::parse(event), person.parse::<domain::ids::UserId>()) {
        (Ok(_), Ok(person)) => format!("/events/{}/manage/people/{person}", event.trim()),
        _ => "/inbox".to_owned(),
    }
}

/// The page of one message; an unreadable id is nobody's, so the conversation's.
pub(super) fn message_path(conversation: &str, message: &str) -> String {
    parse_message(message)
        .map_or_else(|_| conversation.to_owned(), |message| format!("{conversation}/messages/{message}"))
}

/// An unreadable id is the id of nothing.
pub(super) fn parse_conversation(id: &str) -> Result<ConversationId, ServiceError> {
    id.parse().map_err(|_| ServiceError::NOT_FOUND)
}

pub(super) fn parse_message(id: &str) -> Result<ChatMessageId, ServiceError> {
    id.parse().map_err(|_| ServiceError::NOT_FOUND)
}
