#![expect(clippy::too_many_arguments, reason = "one argument per form field: the names are the wire format")]

use domain::ids::{ConnectionId, ConversationId};
use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::notice::ConnectionNotice,
    super::place::{answered_path, connection_id, contact_path, list_path, person_id, profile_path},
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::connections::ContactList,
    services::connections,
};

/// Asks somebody of the same event to connect; answers the id of the request. Own words count before one of the event's
/// suggestions.
#[server(endpoint = "connections/request", input = PostForm)]
pub async fn request_connection(
    #[server(default)] event: String,
    #[server(default)] person: String,
    #[server(default)] icebreaker: String,
    #[server(default)] suggestion: String,
) -> Result<ConnectionId, CallError> {
    let page = profile_path(&event, &person);
    let kept = Form::at(page.clone()).keep("icebreaker", &icebreaker).keep("suggestion", &suggestion);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let words = if icebreaker.trim().is_empty() { &suggestion } else { &icebreaker };
        let recipient = person_id(&person);
        let id = connections::request(&services, viewer.signed_in()?, &event, recipient, words).await?;
        Ok(Done::new(id, page).notice(Notice::Connection(ConnectionNotice::Requested)))
    })
    .await
}

/// Accepts a request; answers the conversation that opens with its icebreaker. `event` and `person` name the profile on which
/// it is accepted, where that stands in an event.
#[server(endpoint = "connections/accept", input = PostForm)]
pub async fn accept_connection(
    #[server(default)] connection: String,
    #[server(default)] event: String,
    #[server(default)] person: String,
) -> Result<ConversationId, CallError> {
    form(Form::at(answered_path(&event, &person, ContactList::Received)), async move {
        let (services, viewer) = ssr::request()?;
        let opened = connections::accept(&services, viewer.signed_in()?, connection_id(&connection)?).await?;
        let next = answered_path(&event, &person, ContactList::Connected);
        Ok(Done::new(opened, next).notice(Notice::Connection(ConnectionNotice::Accepted)))
    })
    .await
}

/// Declines a request, silently; `event` and `person` as for [`accept_connection`].
#[server(endpoint = "connections/decline", input = PostForm)]
pub async fn decline_connection(
    #[server(default)] connection: String,
    #[server(default)] event: String,
    #[server(default)] person: String,
) -> Result<(), CallError> {
    let page = answered_path(&event, &person, ContactList::Received);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        connections::decline(&services, viewer.signed_in()?, connection_id(&connection)?).await?;
        Ok(Done::new((), page).notice(Notice::Connection(ConnectionNotice::Declined)))
    })
    .await
}

/// Takes an own request back; `event` and `person` as for [`accept_connection`].
#[server(endpoint = "connections/withdraw", input = PostForm)]
pub async fn withdraw_connection(
    #[server(default)] connection: String,
    #[server(default)] event: String,
    #[server(default)] person: String,
) -> Result<(), CallError> {
    let page = answered_path(&event, &person, ContactList::Sent);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        connections::withdraw(&services, viewer.signed_in()?, connection_id(&connection)?).await?;
        Ok(Done::new((), page).notice(Notice::Connection(ConnectionNotice::Withdrawn)))
    })
    .await
}

/// Ends a connection.
#[server(endpoint = "connections/remove", input = PostForm)]
pub async fn remove_connection(#[server(default)] connection: String) -> Result<(), CallError> {
    let page = list_path(ContactList::Connected);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        connections::remove(&services, viewer.signed_in()?, connection_id(&connection)?).await?;
        Ok(Done::new((), page).notice(Notice::Connection(ConnectionNotice::Removed)))
    })
    .await
}

/// Writes the own note about a contact, unless another window changed it from `before`. The others name the part of the list
/// it stands in.
#[server(endpoint = "connections/save_note", input = PostForm)]
pub async fn save_contact_note(
    #[server(default)] connection: String,
    #[server(default)] note: String,
    #[server(default)] before: String,
    #[server(default)] search: String,
    #[server(default)] sort: String,
    #[server(default)] event: String,
    #[server(default)] page: String,
    #[server(default)] per_page: String,
) -> Result<(), CallError> {
    let back = contact_path(&connection, [&search, &sort, &event, &page, &per_page]);
    // Which of the notes on the page it was.
    let kept = Form::at(back.clone()).keep("note", &note).keep("connection", &connection);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let id = connection_id(&connection)?;
        connections::save_note(&services, viewer.signed_in()?, id, &note, &before).await?;
        Ok(Done::new((), back).notice(Notice::Connection(ConnectionNotice::NoteSaved)))
    })
    .await
}
