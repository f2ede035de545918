use leptos::prelude::*;
use services::organizations::{self, SettingsPage};
use services::time_zones;

use super::frame::{OrganizationHead, OrganizationTab};
use crate::flash::Flash;
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::button::Button;
use crate::ui::differences::{Differences, stored_fields};
use crate::ui::field::{HiddenField, SelectField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};

const LABELS: [(&str, &str); 7] = [
    ("name", "Name"),
    ("slug", "Address"),
    ("description", "Description"),
    ("website", "Website"),
    ("contact_email", "Contact address"),
    ("default_time_zone", "Time zone of new events"),
    ("mail_from_name", "Sender's name in mails"),
];

/// What an organization is called, where it is, and how people reach it; for its owners and admins.
///
/// After a stale edit the form keeps what was typed and carries the newest version, so that saving again is a
/// decision and not an accident.
#[component]
pub fn OrganizationSettingsPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("organization")?;
        let page = organizations::settings(&services, viewer.signed_in()?, &slug).await?;
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        let organization = page.organization.clone();
        let path = OrganizationTab::Settings.path(&slug);
        Ok(view! {
            <SignedInLayout
                head=Head::new(format!("Settings · {}", organization.name), path)
                viewer=viewer
                flash=form.clone()
            >
                <OrganizationHead organization=organization current=OrganizationTab::Settings/>
                <FormErrors errors=errors labels=LABELS.to_vec()/>
                <p><a href=format!("/organizations/{slug}/settings/streaming")>"Streaming accounts"</a></p>
                <SettingsForm page=page form=form/>
            </SignedInLayout>
        }
        .into_any())
    })
}

#[component]
fn SettingsForm(page: SettingsPage, form: Flash) -> impl IntoView {
    let save = if form.is_stale() { "Save over the newer version" } else { "Save" };
    let stored = page.fields;
    let now = stored_fields(&LABELS, |name| match name {
        "name" => stored.name.clone(),
        "slug" => stored.slug.clone(),
        "description" => stored.description.clone(),
        "website" => stored.website.clone(),
        "contact_email" => stored.contact_email.clone(),
        "default_time_zone" => stored.default_time_zone.clone(),
        _ => stored.mail_from_name.clone(),
    });
    let zones = time_zones::names_with(&stored.default_time_zone)
        .into_iter()
        .map(|name| (name.clone(), name.replace('_', " ")));
    let zones = std::iter::once((String::new(), "The organizer's own".to_owned())).chain(zones).collect();
    let former = (!page.former_slugs.is_empty()).then(|| {
        let slugs = page.former_slugs.join(", ");
        view! { <p class="meta">{format!("Addresses before, which lead here: {slugs}")}</p> }
    });
    view! {
        <Differences form=form.clone() stored=now/>
        <Form action="/api/organizations/save_settings" guarded=true>
            <HiddenField name="organization" value=stored.slug.clone()/>
            <HiddenField name="version" value=page.version.to_string()/>
            <TextField
                name="name" label="Name" autocomplete="organization" required=true minlength=2 maxlength=100
                value=form.value_or("name", &stored.name) error=form.error("name")
            />
            <TextField
                name="slug" label="Address" required=true minlength=3 maxlength=60
                value=form.value_or("slug", &stored.slug) error=form.error("slug")
                hint="The last part of /organizations/… When you change it, the old address leads to the new one."
            />
            {former}
            <TextArea
                name="description" label="Description" maxlength=1000 rows=4
                value=form.value_or("description", &stored.description) error=form.error("description")
            />
            <TextField
                name="website" label="Website" inputmode="url" autocomplete="url" maxlength=500
                placeholder="https://" value=form.value_or("website", &stored.website) error=form.error("website")
            />
            <TextField
                name="contact_email" label="Contact address" input_type="email" inputmode="email"
                autocomplete="off" maxlength=254 value=form.value_or("contact_email", &stored.contact_email)
                error=form.error("contact_email") hint="Members see it on the organization's page."
            />
            <SelectField
                name="default_time_zone" label="Time zone of new events" options=zones
                value=form.value_or("default_time_zone", &stored.default_time_zone)
                error=form.error("default_time_zone")
            />
            <TextField
                name="mail_from_name" label="Sender's name in mails" maxlength=100
                placeholder="Atria" value=form.value_or("mail_from_name", &stored.mail_from_name)
                error=form.error("mail_from_name")
                hint="Stands before the sender's address in mails about this organization and its events."
            />
            <Button>{save}</Button>
        </Form>
    }
}
