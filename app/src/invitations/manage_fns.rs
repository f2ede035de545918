use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::notice::InvitationNotice,
    super::place::list_of,
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::AppError,
    domain::ids::InvitationId,
    services::ServiceError,
    services::invitations::{self, TargetPath, Wish},
};

#[cfg(feature = "ssr")]
fn invitation_id(text: &str) -> Result<InvitationId, ServiceError> {
    text.parse().map_err(|_| AppError::NotFound.into())
}

/// Invites one address; `target` is `organizations/{slug}` or `events/{slug}`.
#[server(endpoint = "invitations/invite", input = PostForm)]
pub async fn invite(
    #[server(default)] target: String,
    #[server(default)] email: String,
    #[server(default)] role: String,
    #[server(default)] message: String,
) -> Result<(), CallError> {
    let kept = Form::at(list_of(&target)).keep("email", &email).keep("role", &role).keep("message", &message);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let (person, path) = (viewer.signed_in()?, target.parse::<TargetPath>()?);
        invitations::create(&services, person, &path, &email, &Wish { role, message }).await?;
        Ok(Done::new((), path.list()).notice(Notice::Invitation(InvitationNotice::Sent)))
    })
    .await
}

/// Gives an open invitation another role.
#[server(endpoint = "invitations/change_role", input = PostForm)]
pub async fn change_invited_role(
    #[server(default)] target: String,
    #[server(default)] invitation: String,
    #[server(default)] role: String,
) -> Result<(), CallError> {
    form(Form::at(list_of(&target)), async move {
        let (services, viewer) = ssr::request()?;
        let (person, path) = (viewer.signed_in()?, target.parse::<TargetPath>()?);
        invitations::change_role(&services, person, &path, invitation_id(&invitation)?, &role).await?;
        Ok(Done::new((), path.list()).notice(Notice::Invitation(InvitationNotice::RoleChanged)))
    })
    .await
}

/// Sends a new link; the old one is dead.
#[server(endpoint = "invitations/resend", input = PostForm)]
pub async fn resend_invitation(
    #[server(default)] target: String,
    #[server(default)] invitation: String,
) -> Result<(), CallError> {
    form(Form::at(list_of(&target)), async move {
        let (services, viewer) = ssr::request()?;
        let (person, path) = (viewer.signed_in()?, target.parse::<TargetPath>()?);
        invitations::resend(&services, person, &path, invitation_id(&invitation)?).await?;
        Ok(Done::new((), path.list()).notice(Notice::Invitation(InvitationNotice::Resent)))
    })
    .await
}

/// Ends an open invitation.
#[server(endpoint = "invitations/cancel", input = PostForm)]
pub async fn cancel_invitation(
    #[server(default)] target: String,
    #[server(default)] invitation: String,
) -> Result<(), CallError> {
    form(Form::at(list_of(&target)), async move {
        let (services, viewer) = ssr::request()?;
        let (person, path) = (viewer.signed_in()?, target.parse::<TargetPath>()?);
        invitations::cancel(&services, person, &path, invitation_id(&invitation)?).await?;
        Ok(Done::new((), path.list()).notice(Notice::Invitation(InvitationNotice::Cancelled)))
    })
    .await
}
