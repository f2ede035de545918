use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::ids::UserId,
    domain::organizations::OrganizationRole,
    domain::{AppError, FieldErrors},
    services::ServiceError,
    services::organizations::{self, EventMemberships, SeenMember},
};

#[cfg(feature = "ssr")]
fn members_of(organization: &str) -> String {
    format!("/organizations/{}/members", ssr::encoded(organization))
}

#[cfg(feature = "ssr")]
fn user_id(text: &str) -> Result<UserId, ServiceError> {
    text.parse().map_err(|_| AppError::NotFound.into())
}

/// Gives a member another role.
#[server(endpoint = "organizations/change_role", input = PostForm)]
pub async fn change_role(
    #[server(default)] organization: String,
    #[server(default)] user: String,
    #[server(default)] role: String,
    #[server(default)] seen_role: String,
) -> Result<(), CallError> {
    let path = members_of(&organization);
    form(Form::at(path.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        organizations::role_in(&services, person, &organization).await?;
        let to = OrganizationRole::from_stored(&role)
            .ok_or_else(|| FieldErrors::one("role", "Choose one of the roles."))?;
        let member = SeenMember { user: user_id(&user)?, role: OrganizationRole::from_stored(&seen_role) };
        organizations::change_role(&services, person, &organization, member, to).await?;
        Ok(Done::new((), path).notice(Notice::RoleChanged))
    })
    .await
}

/// Ends somebody's membership; a ticked `from_events` also those in the organization's events. Whoever does it is told
/// of which events they are the admin now.
#[server(endpoint = "organizations/remove_member", input = PostForm)]
pub async fn remove_member(
    #[server(default)] organization: String,
    #[server(default)] user: String,
    #[server(default)] seen_role: String,
    #[server(default)] from_events: Option<String>,
) -> Result<(), CallError> {
    let path = members_of(&organization);
    let events = if from_events.is_some() { EventMemberships::End } else { EventMemberships::Stay };
    form(Form::at(path.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let member = SeenMember { user: user_id(&user)?, role: OrganizationRole::from_stored(&seen_role) };
        let taken_over = organizations::remove(&services, person, &organization, member, events).await?;
        let done = Done::new((), path).notice(Notice::MemberRemoved);
        Ok(if taken_over.is_empty() { done } else { done.carry("taken_over", &taken_over.join(", ")) })
    })
    .await
}

/// Ends the own membership.
#[server(endpoint = "organizations/leave", input = PostForm)]
pub async fn leave_organization(#[server(default)] organization: String) -> Result<(), CallError> {
    form(Form::at(members_of(&organization)), async move {
        let (services, viewer) = ssr::request()?;
        organizations::leave(&services, viewer.signed_in()?, &organization).await?;
        Ok(Done::new((), "/home").notice(Notice::OrganizationLeft))
    })
    .await
}
