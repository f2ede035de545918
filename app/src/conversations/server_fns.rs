use domain::chat::MessageView;
use domain::ids::ConversationId;
use domain::paging::Slice;
use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::place::{inbox_path, message_path, opened_from, parse_conversation, parse_message},
    crate::conversations::ConversationNotice,
    crate::flash::Notice,
    crate::form::{Done, Form, form, is_plain},
    crate::ssr,
    domain::accounts::ON,
    domain::chat::MessageBody,
    domain::paging::{PageSize, Window},
    domain::{FieldErrors, SignedIn},
    services::conversations::{self, NewConversation, NewDirectMessage},
    services::{ServiceError, Services},
};

/// Opens the conversation with somebody, the one of an event where one is named, or finds it.
#[server(endpoint = "conversations/open", input = PostForm)]
pub async fn open_conversation(
    #[server(default)] person: String,
    #[server(default)] event: String,
) -> Result<ConversationId, CallError> {
    form(Form::at(opened_from(&event, &person)), async move {
        let (services, viewer) = ssr::request()?;
        let me = viewer.signed_in()?;
        let person = person.parse().map_err(|_| ServiceError::NOT_FOUND)?;
        let event = Some(event).filter(|event| !event.is_empty());
        let opened = conversations::start(&services, me, &NewConversation { person, event }).await?;
        Ok(Done::new(opened, format!("/inbox/{opened}#latest")))
    })
    .await
}

/// Sends a message; the answer is the acknowledgement. The same client id again answers with the first message.
#[server(endpoint = "conversations/post_message", input = PostForm)]
pub async fn send_message(
    #[server(default)] conversation: String,
    #[server(default)] body: String,
    #[server(default)] client_message_id: String,
    #[server(default)] reply_to: String,
) -> Result<MessageView, CallError> {
    let back = inbox_path(&conversation);
    let kept = Form::at(format!("{back}#latest"))
        .keep("body", &body)
        .keep("client_message_id", &client_message_id)
        .keep("reply_to", &reply_to);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let typed = [&*body, &*client_message_id, &*reply_to];
        let new = parse(&services, person, &conversation, typed).await?;
        let message = conversations::send(&services, person, &new).await?;
        if is_plain() {
            // They saw at least what they answered.
            conversations::mark_read(&services, person, new.conversation, message.seq).await?;
        }
        Ok(Done::new(message, format!("{back}#latest")))
    })
    .await
}

/// The messages before a position, newest 50 of them, in order. Changes nothing.
#[server(endpoint = "conversations/older_messages", input = PostForm)]
pub async fn older_direct_messages(
    #[server(default)] conversation: String,
    #[server(default)] before_seq: i64,
) -> Result<Slice<MessageView>, CallError> {
    form(Form::at("/inbox"), async move {
        let (services, viewer) = ssr::request()?;
        let (person, id) = (viewer.signed_in()?, parse_conversation(&conversation)?);
        let window = Window::Before(before_seq);
        let page = conversations::history(&services, person, id, window, PageSize::MESSAGES).await?;
        Ok(Done::new(page, "/inbox"))
    })
    .await
}

/// Moves the reader's pointer to a message they saw: the button for browsers without scripts.
#[server(endpoint = "conversations/mark_read", input = PostForm)]
pub async fn mark_conversation_read(
    #[server(default)] conversation: String,
    #[server(default)] seq: i64,
) -> Result<(), CallError> {
    let back = inbox_path(&conversation);
    form(Form::at(back.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let (person, id) = (viewer.signed_in()?, parse_conversation(&conversation)?);
        conversations::mark_read(&services, person, id, seq).await?;
        Ok(Done::new((), format!("{back}#latest")))
    })
    .await
}

/// Gives an own message another text.
#[server(endpoint = "conversations/edit_message", input = PostForm)]
pub async fn edit_direct_message(
    #[server(default)] conversation: String,
    #[server(default)] message: String,
    #[server(default)] body: String,
) -> Result<MessageView, CallError> {
    let back = inbox_path(&conversation);
    let kept =
        Form::at(format!("{back}?edit={message}#latest")).keep("body", &body).keep("message", &message);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let (person, id) = (viewer.signed_in()?, parse_conversation(&conversation)?);
        let message = parse_message(&message)?;
        let body = match MessageBody::parse(&body) {
            Ok(body) => body,
            Err(error) => {
                conversations::check_may_send(&services, person, id).await?;
                return Err(FieldErrors::one("body", error).into());
            }
        };
        let edited = conversations::edit_message(&services, person, id, message, &body).await?;
        let seq = edited.seq;
        Ok(Done::new(edited, format!("{back}#message-{seq}")))
    })
    .await
}

/// Deletes an own message for both.
#[server(endpoint = "conversations/delete_message", input = PostForm)]
pub async fn delete_direct_message(
    #[server(default)] conversation: String,
    #[server(default)] message: String,
) -> Result<MessageView, CallError> {
    let back = inbox_path(&conversation);
    form(Form::at(message_path(&back, &message)), async move {
        let (services, viewer) = ssr::request()?;
        let (person, id) = (viewer.signed_in()?, parse_conversation(&conversation)?);
        let message = parse_message(&message)?;
        let tombstone = conversations::delete_message(&services, person, id, message).await?;
        let notice = Notice::Conversations(ConversationNotice::MessageDeleted);
        Ok(Done::new(tombstone, format!("{back}#latest")).notice(notice))
    })
    .await
}

/// Reacts with an emoji, or takes that back.
#[server(endpoint = "conversations/react", input = PostForm)]
pub async fn react_to_direct_message(
    #[server(default)] conversation: String,
    #[server(default)] message: String,
    #[server(default)] emoji: String,
) -> Result<MessageView, CallError> {
    let back = inbox_path(&conversation);
    form(Form::at(message_path(&back, &message)).keep("emoji", &emoji), async move {
        let (services, viewer) = ssr::request()?;
        let (person, id) = (viewer.signed_in()?, parse_conversation(&conversation)?);
        let message = conversations::react(&services, person, id, parse_message(&message)?, &emoji).await?;
        let seq = message.seq;
        Ok(Done::new(message, format!("{back}#message-{seq}")))
    })
    .await
}

/// Takes everything up to now away from the own side.
#[server(endpoint = "conversations/clear", input = PostForm)]
pub async fn clear_conversation(#[server(default)] conversation: String) -> Result<(), CallError> {
    form(Form::at(inbox_path(&conversation)), async move {
        let (services, viewer) = ssr::request()?;
        let (person, id) = (viewer.signed_in()?, parse_conversation(&conversation)?);
        conversations::clear(&services, person, id).await?;
        Ok(Done::new((), "/inbox").notice(Notice::Conversations(ConversationNotice::Cleared)))
    })
    .await
}

/// Silences a conversation for the own side (`muted` is "yes"), or lets it be heard again.
#[server(endpoint = "conversations/set_muted", input = PostForm)]
pub async fn set_conversation_muted(
    #[server(default)] conversation: String,
    #[server(default)] muted: String,
) -> Result<(), CallError> {
    let back = inbox_path(&conversation);
    form(Form::at(back.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let (person, id) = (viewer.signed_in()?, parse_conversation(&conversation)?);
        let muted = muted == ON;
        conversations::set_muted(&services, person, id, muted).await?;
        let notice = if muted { ConversationNotice::Muted } else { ConversationNotice::Unmuted };
        Ok(Done::new((), back).notice(Notice::Conversations(notice)))
    })
    .await
}

/// What was typed, once it is sure that this person may write here: the conversation comes before its text, so that a
/// stranger's bad message and good message answer alike.
#[cfg(feature = "ssr")]
async fn parse(
    services: &Services,
    person: &SignedIn,
    conversation: &str,
    [body, client_message_id, reply_to]: [&str; 3],
) -> Result<NewDirectMessage, ServiceError> {
    let conversation = parse_conversation(conversation)?;
    let mut errors = FieldErrors::default();
    let body = errors.take("body", MessageBody::parse(body));
    let id = client_message_id.parse().map_err(|_| "This form is out of date. Load the page again.");
    let id = errors.take("client_message_id", id);
    let reply_to = match reply_to.trim() {
        "" => Some(None),
        target => {
            let target = target.parse().map(Some).map_err(|_| "What you answer isn't in this conversation.");
            errors.take("reply_to", target)
        }
    };
    match (id, body, reply_to) {
        (Some(client_message_id), Some(body), Some(reply_to)) => {
            Ok(NewDirectMessage { conversation, client_message_id, body, reply_to })
        }
        _ => {
            conversations::check_may_send(services, person, conversation).await?;
            Err(errors.into())
        }
    }
}
