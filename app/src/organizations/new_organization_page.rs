use domain::organizations::{OrganizationAction, OrganizationSummary, may};
use leptos::prelude::*;
use services::organizations;

use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::button::Button;
use crate::ui::field::{HiddenField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};

/// The form for a new organization.
#[component]
pub fn NewOrganizationPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?.clone();
        let mine = organizations::mine(&services, &person).await?;
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        let fresh_key = services.rng.id(services.clock.now()).to_string();
        Ok(view! {
            <SignedInLayout
                head=Head::new("New organization", "/organizations/new")
                viewer=viewer
                flash=form.clone()
            >
                <header class="page-head">
                    <h1>"Create your organization"</h1>
                    <p class="lead">"Events belong to an organization. Name yours first: it owns your events, and nobody outside sees what happens inside it."</p>
                </header>
                <OwnOrganizations organizations=mine/>
                <FormErrors
                    errors=errors
                    labels=vec![("name", "Name"), ("slug", "Address"), ("description", "Description")]
                />
                <Form action="/api/organizations/create" guarded=true>
                    <HiddenField name="form_key" value=form.value_or("form_key", &fresh_key)/>
                    <TextField
                        name="name" label="Name" autocomplete="organization" required=true minlength=2 maxlength=100
                        value=form.value("name") error=form.error("name")
                    />
                    <TextField
                        name="slug" label="Address" maxlength=60 placeholder="made from the name"
                        value=form.value("slug") error=form.error("slug")
                        hint="Part of the web address: small letters, digits and hyphens."
                    />
                    <TextArea
                        name="description" label="Description" maxlength=1000 rows=4
                        value=form.value("description") error=form.error("description")
                    />
                    <Button>"Create organization"</Button>
                </Form>
            </SignedInLayout>
        }
        .into_any())
    })
}

/// "Host an event" leads here: whoever has an organization already needs no second one for that.
#[component]
fn OwnOrganizations(organizations: Vec<OrganizationSummary>) -> impl IntoView {
    let links: Vec<_> = organizations
        .into_iter()
        .filter(|organization| may(OrganizationAction::CreateEvent, Some(organization.role)).is_ok())
        .map(|organization| {
            view! {
                <li class="row">
                    <div class="row-body">
                        <a class="row-title" href=format!("/organizations/{}/events/new", organization.slug)>
                            "New event of "{organization.name}
                        </a>
                    </div>
                </li>
            }
        })
        .collect();
    (!links.is_empty()).then(|| {
        view! {
            <section class="section" aria-labelledby="own">
                <h2 id="own">"Add an event to one you have"</h2>
                <ul class="rows" role="list">{links}</ul>
            </section>
            <h2 class="section">"Or a new organization"</h2>
        }
    })
}
