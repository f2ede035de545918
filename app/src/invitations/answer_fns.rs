use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::notice::InvitationNotice,
    crate::accounts::{begin_login_session, caller, end_login_session, keep_device},
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::AppError,
    services::accounts,
    services::invitations::{self, Accepted, Key},
};

/// The page behind a link, or home where invitations are answered without one.
#[cfg(feature = "ssr")]
fn page_of(token: &str) -> String {
    if token.is_empty() { "/home".to_owned() } else { format!("/invitations/{}", ssr::encoded(token)) }
}

/// By the link's token where there is one, else by the id from one's own list.
#[cfg(feature = "ssr")]
fn key<'a>(token: &'a str, invitation: &str) -> Result<Key<'a>, AppError> {
    match token {
        "" => invitation.parse().map(Key::Id).map_err(|_| AppError::NotFound),
        token => Ok(Key::Token(token)),
    }
}

#[cfg(feature = "ssr")]
const fn told(accepted: Accepted) -> Notice {
    match accepted {
        Accepted::AsInvited => Notice::Invitation(InvitationNotice::Accepted),
        Accepted::Lowered => Notice::Invitation(InvitationNotice::Lowered),
        Accepted::Kept => Notice::Invitation(InvitationNotice::Kept),
        Accepted::Waitlisted => Notice::OnWaitlist,
    }
}

/// Accepts an invitation to the own address.
#[server(endpoint = "invitations/accept", input = PostForm)]
pub async fn accept_invitation(
    #[server(default)] token: String,
    #[server(default)] invitation: String,
) -> Result<(), CallError> {
    form(Form::at(page_of(&token)), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let key = key(&token, &invitation)?;
        let (next, came_of_it) = invitations::accept(&services, person, key, &caller(&services)).await?;
        Ok(Done::new((), next).notice(told(came_of_it)))
    })
    .await
}

/// Declines an invitation to the own address; without an account the link is enough.
#[server(endpoint = "invitations/decline", input = PostForm)]
pub async fn decline_invitation(
    #[server(default)] token: String,
    #[server(default)] invitation: String,
) -> Result<(), CallError> {
    form(Form::at(page_of(&token)), async move {
        let (services, viewer) = ssr::request()?;
        let person = match viewer.signed_in() {
            Ok(person) => person,
            // From the start page, after the login session's end.
            Err(refusal) if token.is_empty() => return Err(refusal.into()),
            Err(_) => {
                invitations::decline_by_link(&services, &token, &caller(&services)).await?;
                return Ok(Done::new((), "/").notice(Notice::Invitation(InvitationNotice::Declined)));
            }
        };
        invitations::decline(&services, person, key(&token, &invitation)?, &caller(&services)).await?;
        Ok(Done::new((), "/home").notice(Notice::Invitation(InvitationNotice::Declined)))
    })
    .await
}

/// Makes the account of an invited address, accepts with it and signs it in; whoever is signed in accepts.
#[server(endpoint = "invitations/join", input = PostForm)]
pub async fn join_by_invitation(
    #[server(default)] token: String,
    #[server(default)] first_name: String,
    #[server(default)] last_name: String,
    #[server(default)] password: String,
) -> Result<(), CallError> {
    let kept = Form::at(page_of(&token)).keep("first_name", &first_name).keep("last_name", &last_name);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let from = caller(&services);
        // Confirmed and signed in meanwhile, in another tab: there is nothing left to make.
        if let Ok(person) = viewer.signed_in() {
            let (next, came_of_it) =
                invitations::accept(&services, person, Key::Token(&token), &from).await?;
            return Ok(Done::new((), next).notice(told(came_of_it)));
        }
        let person = [&*first_name, &*last_name, &*password];
        let zone = ssr::told_zone();
        let (admitted, next, came_of_it) =
            invitations::join(&services, &token, person, zone.as_deref(), &from).await?;
        begin_login_session(admitted).await?;
        keep_device(&services, accounts::remember_device(&services, admitted.user, &from).await?.as_ref());
        Ok(Done::new((), next).notice(told(came_of_it)))
    })
    .await
}

/// Signs this browser out, to come back to an open invitation with the invited account.
#[server(endpoint = "invitations/switch_account", input = PostForm)]
pub async fn switch_account(#[server(default)] token: String) -> Result<(), CallError> {
    form(Form::at(page_of(&token)), async move {
        let (services, viewer) = ssr::request()?;
        invitations::find(&services, &viewer, &token, &caller(&services)).await?;
        end_login_session().await?;
        Ok(Done::new((), page_of(&token)))
    })
    .await
}
