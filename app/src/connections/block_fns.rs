use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::notice::ConnectionNotice,
    super::place::person_id,
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    services::connections,
};

/// Where a person sees whom they block.
#[cfg(feature = "ssr")]
const PAGE: &str = "/settings/blocked";

/// Makes two people invisible to each other.
#[server(endpoint = "connections/block", input = PostForm)]
pub async fn block_person(#[server(default)] person: String) -> Result<(), CallError> {
    form(Form::at(PAGE), async move {
        let (services, viewer) = ssr::request()?;
        connections::block(&services, viewer.signed_in()?, person_id(&person)).await?;
        Ok(Done::new((), PAGE).notice(Notice::Connection(ConnectionNotice::Blocked)))
    })
    .await
}

/// Lifts a block.
#[server(endpoint = "connections/unblock", input = PostForm)]
pub async fn unblock_person(#[server(default)] person: String) -> Result<(), CallError> {
    form(Form::at(PAGE), async move {
        let (services, viewer) = ssr::request()?;
        connections::unblock(&services, viewer.signed_in()?, person_id(&person)).await?;
        Ok(Done::new((), PAGE).notice(Notice::Connection(ConnectionNotice::Unblocked)))
    })
    .await
}
