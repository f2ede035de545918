use domain::invitations::BulkRow;
use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::notice::InvitationNotice,
    super::place::many_of,
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    services::invitations::{self, AddressList, BulkFields, TargetPath, Wish},
};

/// Reads addresses, pasted or from a file, and says what would become of each; sends nothing.
#[server(endpoint = "invitations/preview", input = PostForm)]
pub async fn preview_invitations(
    #[server(default)] target: String,
    #[server(default)] addresses: String,
    #[server(default)] file: String,
    #[server(default)] column: String,
    #[server(default)] role: String,
    #[server(default)] message: String,
) -> Result<Vec<BulkRow>, CallError> {
    let kept = Form::at(many_of(&target)).keep_addresses("addresses", &addresses).keep("column", &column);
    form(kept.keep("role", &role).keep("message", &message), async move {
        let (services, viewer) = ssr::request()?;
        let (person, path) = (viewer.signed_in()?, target.parse::<TargetPath>()?);
        let (fields, wish) = (BulkFields { addresses, file, column }, Wish { role, message });
        let list = invitations::read_list(&services, person, &path, &fields, &wish).await?;
        let rows = invitations::preview(&services, person, &path, &list).await?;
        let done = Done::new(rows, many_of(&target)).carry("list", &list.as_text());
        Ok(done.carry("role", &wish.role).carry("message", &wish.message))
    })
    .await
}

/// Invites everybody of a list who can be; answers each row with what became of it.
#[server(endpoint = "invitations/send", input = PostForm)]
pub async fn send_invitations(
    #[server(default)] target: String,
    #[server(default)] addresses: String,
    #[server(default)] role: String,
    #[server(default)] message: String,
) -> Result<Vec<BulkRow>, CallError> {
    let kept = Form::at(many_of(&target)).keep_addresses("addresses", &addresses).keep("role", &role);
    form(kept.keep("message", &message), async move {
        let (services, viewer) = ssr::request()?;
        let (person, path) = (viewer.signed_in()?, target.parse::<TargetPath>()?);
        let list = AddressList::read_back(&addresses, path.kind)?;
        let wish = Wish { role, message };
        let sent = invitations::create_many(&services, person, &path, &list, &wish).await?;
        let result = super::many_page::as_text(&sent.rows);
        Ok(Done::new(sent.rows, many_of(&target)).carry("result", &result))
    })
    .await
}

/// Cancels what is still open of a list that was sent; answers how many those were.
#[server(endpoint = "invitations/undo_import", input = PostForm)]
pub async fn undo_import(
    #[server(default)] target: String,
    #[server(default)] import: String,
) -> Result<usize, CallError> {
    form(Form::at(many_of(&target)), async move {
        let (services, viewer) = ssr::request()?;
        let (person, path) = (viewer.signed_in()?, target.parse::<TargetPath>()?);
        let cancelled = invitations::undo_import(&services, person, &path, import.parse().ok()).await?;
        let notice = Notice::Invitation(InvitationNotice::ImportUndone);
        Ok(Done::new(cancelled, many_of(&target)).notice(notice))
    })
    .await
}
