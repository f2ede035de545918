use leptos::prelude::*;
use services::organizations;

use super::frame::{OrganizationHead, OrganizationTab};
use crate::flash::Flash;
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::empty::EmptyState;
use crate::ui::field::{HiddenField, SelectField, TextField};
use crate::ui::form::{Form, FormErrors};

/// What only owners decide: giving the organization to somebody else, and deleting it.
#[component]
pub fn OwnershipPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("organization")?;
        let page = organizations::ownership(&services, viewer.signed_in()?, &slug).await?;
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        let organization = page.organization.clone();
        let name = organization.name.clone();
        let heirs = page
            .heirs
            .into_iter()
            .map(|heir| (heir.user.to_string(), format!("{} ({})", heir.full_name, heir.role.label())))
            .collect();
        Ok(view! {
            <SignedInLayout
                head=Head::new(format!("Ownership · {name}"), OrganizationTab::Ownership.path(&slug))
                viewer=viewer
                flash=form.clone()
            >
                <OrganizationHead organization=organization current=OrganizationTab::Ownership/>
                <FormErrors
                    errors=errors labels=vec![("user", "New owner"), ("transfer_name", "Name"), ("delete_name", "Name")]
                />
                <TransferForm slug=slug.clone() name=name.clone() heirs=heirs form=form.clone()/>
                <DeleteForm slug=slug name=name form=form/>
            </SignedInLayout>
        }
        .into_any())
    })
}

#[component]
fn TransferForm(slug: String, name: String, heirs: Vec<(String, String)>, form: Flash) -> impl IntoView {
    let lead = "The member you choose becomes an owner, you become an admin. You both get a mail.";
    let body = if heirs.is_empty() {
        view! { <EmptyState title="You are alone here" text="Ownership goes to another member; invite somebody first." icon="users"/> }
            .into_any()
    } else {
        let options = std::iter::once((String::new(), "Choose a member".to_owned())).chain(heirs).collect();
        view! {
            <Form action="/api/organizations/transfer_ownership">
                <HiddenField name="organization" value=slug/>
                <SelectField
                    name="user" label="New owner" options=options required=true value=form.value("user")
                    error=form.error("user")
                />
                <NameField name="transfer_name" organization=name form=form/>
                <Button kind=ButtonKind::Secondary>"Transfer ownership"</Button>
            </Form>
        }
        .into_any()
    };
    view! {
        <section class="settings" aria-labelledby="transfer">
            <h2 id="transfer">"Transfer ownership"</h2>
            <p class="meta">{lead}</p>
            {body}
        </section>
    }
}

#[component]
fn DeleteForm(slug: String, name: String, form: Flash) -> impl IntoView {
    view! {
        <section class="section settings" aria-labelledby="delete">
            <h2 id="delete">"Delete the organization"</h2>
            <p class="meta">
                "It and all of its events disappear for everybody at once, and pending invitations end. For 30 days every owner can bring it back; then it is gone for good."
            </p>
            <Form action="/api/organizations/delete">
                <HiddenField name="organization" value=slug/>
                <NameField name="delete_name" organization=name form=form/>
                <Button kind=ButtonKind::Danger>"Delete with all events"</Button>
            </Form>
        </section>
    }
}

/// The organization's name, typed as a confirmation.
#[component]
fn NameField(name: &'static str, organization: String, form: Flash) -> impl IntoView {
    view! {
        <TextField
            name=name label=format!("Type “{organization}” to confirm") autocomplete="off" required=true maxlength=100
            value=form.value(name) error=form.error(name)
        />
    }
}
