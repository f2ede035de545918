use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    services::organizations::{self, NewOrganization},
};

/// Creates an organization with the person as its owner; answers its address.
#[server(endpoint = "organizations/create", input = PostForm)]
pub async fn create_organization(
    #[server(default)] name: String,
    #[server(default)] slug: String,
    #[server(default)] description: String,
    #[server(default)] form_key: String,
) -> Result<String, CallError> {
    let kept = Form::at("/organizations/new")
        .keep("name", &name)
        .keep("slug", &slug)
        .keep("description", &description)
        .keep("form_key", &form_key);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let new = NewOrganization::parse(&name, &slug, &description, &form_key)?;
        let slug = organizations::create(&services, person, &new).await?;
        let next = format!("/organizations/{slug}");
        Ok(Done::new(slug, next).notice(Notice::OrganizationCreated))
    })
    .await
}
