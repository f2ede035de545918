//! What owners and admins do with an organization as a whole.

#![expect(clippy::too_many_arguments, reason = "one per field of a form")]

use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::ids::OrganizationId,
    domain::{AppError, FieldErrors},
    services::ServiceError,
    services::organizations::{self, SettingsFields},
};

/// Saves what an organization is called and set to; answers its address from now on.
#[server(endpoint = "organizations/save_settings", input = PostForm)]
pub async fn save_settings(
    #[server(default)] organization: String,
    #[server(default)] version: i32,
    #[server(default)] name: String,
    #[server(default)] slug: String,
    #[server(default)] description: String,
    #[server(default)] website: String,
    #[server(default)] contact_email: String,
    #[server(default)] default_time_zone: String,
    #[server(default)] mail_from_name: String,
) -> Result<String, CallError> {
    let kept = Form::at(below(&organization, "settings"))
        .keep("name", &name)
        .keep("slug", &slug)
        .keep("description", &description)
        .keep("website", &website)
        .keep("contact_email", &contact_email)
        .keep("default_time_zone", &default_time_zone)
        .keep("mail_from_name", &mail_from_name);
    let fields =
        SettingsFields { name, slug, description, website, contact_email, default_time_zone, mail_from_name };
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let slug = organizations::save_settings(&services, person, &organization, &fields, version).await?;
        let next = below(&slug, "settings");
        Ok(Done::new(slug, next).notice(Notice::SettingsSaved))
    })
    .await
}

/// Makes another member an owner and the caller an admin.
#[server(endpoint = "organizations/transfer_ownership", input = PostForm)]
pub async fn transfer_ownership(
    #[server(default)] organization: String,
    #[server(default)] user: String,
    #[server(default)] transfer_name: String,
    /// What the list of members was searched for, to come back to it.
    #[server(default)]
    search: String,
) -> Result<(), CallError> {
    let query = if search.is_empty() { String::new() } else { format!("?search={}", ssr::encoded(&search)) };
    let back = format!("{}{query}", below(&organization, "danger"));
    let kept = Form::at(back).keep("user", &user).keep("transfer_name", &transfer_name);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let (person, heir) = (viewer.signed_in()?, user.parse().ok());
        organizations::transfer_ownership(&services, person, &organization, heir, &transfer_name)
            .await
            .map_err(|error| on_field(error, "transfer_name"))?;
        let next = format!("/organizations/{}", ssr::encoded(&organization));
        Ok(Done::new((), next).notice(Notice::OwnershipTransferred))
    })
    .await
}

/// Deletes an organization with its events, for 30 days.
#[server(endpoint = "organizations/delete", input = PostForm)]
pub async fn delete_organization(
    #[server(default)] organization: String,
    #[server(default)] delete_name: String,
) -> Result<(), CallError> {
    form(Form::at(below(&organization, "danger")).keep("delete_name", &delete_name), async move {
        let (services, viewer) = ssr::request()?;
        organizations::delete(&services, viewer.signed_in()?, &organization, &delete_name)
            .await
            .map_err(|error| on_field(error, "delete_name"))?;
        Ok(Done::new((), "/organizations/deleted").notice(Notice::OrganizationDeleted))
    })
    .await
}

/// Brings a deleted organization back; answers its address.
#[server(endpoint = "organizations/restore", input = PostForm)]
pub async fn restore_organization(#[server(default)] organization: String) -> Result<String, CallError> {
    form(Form::at("/organizations/deleted"), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let id: OrganizationId = organization.parse().map_err(|_| AppError::NotFound)?;
        let slug = organizations::restore(&services, person, id).await?;
        let next = format!("/organizations/{slug}");
        Ok(Done::new(slug, next).notice(Notice::OrganizationRestored))
    })
    .await
}

#[cfg(feature = "ssr")]
fn below(organization: &str, page: &str) -> String {
    format!("/organizations/{}/{page}", ssr::encoded(organization))
}

/// Puts the message about the typed name at the field of this form: the page has two of them.
#[cfg(feature = "ssr")]
fn on_field(error: ServiceError, field: &str) -> ServiceError {
    match error {
        ServiceError::Refused(AppError::Invalid(errors)) => {
            let mut moved = FieldErrors::default();
            for (name, message) in errors.iter() {
                moved.add(if name == "name" { field } else { name }, message);
            }
            AppError::Invalid(moved).into()
        }
        error => error,
    }
}
