use leptos::prelude::*;
use services::streaming::{self, CredentialKind, CredentialsPage, StoredSet};

use crate::flash::Flash;
use crate::layouts::{Head, SignedInLayout};
use crate::organizations::{OrganizationHead, OrganizationTab};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::{HiddenField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};

const LABELS: [(&str, &str); 3] =
    [("application_id", "Application ID"), ("id", "ID"), ("secret", "Secret or private key")];

/// An organization's accounts at streaming services. What was saved is never shown again but for the end of its id.
#[component]
pub fn StreamingSettingsPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("organization")?;
        let page = streaming::credentials(&services, viewer.signed_in()?, &slug).await?;
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        let path = format!("{}/streaming", OrganizationTab::Settings.path(&slug));
        let organization = page.organization.clone();
        let sets = CredentialKind::ALL
            .into_iter()
            .map(|kind| view! { <CredentialSet slug=slug.clone() kind=kind page=page.clone() form=form.clone()/> })
            .collect_view();
        Ok(view! {
            <SignedInLayout
                head=Head::new(format!("Streaming · {}", organization.name), path)
                viewer=viewer
                flash=form.clone()
            >
                <OrganizationHead organization=organization current=OrganizationTab::Settings/>
                <p class="lead">"Your own accounts at streaming services. They are kept encrypted and never shown again."</p>
                <FormErrors errors=errors labels=LABELS.to_vec()/>
                {sets}
            </SignedInLayout>
        }
        .into_any())
    })
}

const fn purpose(kind: CredentialKind) -> &'static str {
    match kind {
        CredentialKind::MuxToken => "Lets Atria speak to Mux for you.",
        CredentialKind::MuxSigning => "For Mux streams that only members of the event may play.",
        CredentialKind::Jaas => "For sessions in Jitsi rooms, where everybody enters under their own name.",
    }
}

#[component]
fn CredentialSet(slug: String, kind: CredentialKind, page: CredentialsPage, form: Flash) -> impl IntoView {
    let stored = page.of(kind).cloned();
    let heading = kind.as_str().to_lowercase().replace('_', "-");
    view! {
        <section class="section" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{kind.label()}</h2>
            <p class="meta">{purpose(kind)}</p>
            {match stored {
                Some(stored) => view! { <Stored slug=slug stored=stored/> }.into_any(),
                None => view! { <Missing slug=slug kind=kind form=form/> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Stored(slug: String, stored: StoredSet) -> impl IntoView {
    view! {
        <form class="form-line" method="post" action="/api/streaming/remove_credentials">
            <HiddenField name="organization" value=slug/>
            <HiddenField name="kind" value=stored.kind.as_str()/>
            <p>{format!("Configured. The ID ends with {}.", stored.id_ends_with)}</p>
            <Button kind=ButtonKind::Secondary>
                "Remove"<span class="visually-hidden">{format!(" {}", stored.kind.label())}</span>
            </Button>
        </form>
    }
}

/// One form at a time is open: what was refused, else none.
#[component]
fn Missing(slug: String, kind: CredentialKind, form: Flash) -> impl IntoView {
    let is_refused = form.value("kind") == kind.as_str();
    let form = if is_refused { form } else { Flash::default() };
    let fields =
        if is_refused { open_fields(kind, &form).into_any() } else { closed_fields(kind).into_any() };
    view! {
        <details class="disclosure" open=is_refused>
            <summary>{format!("Add {}", kind.label())}</summary>
            <Form action="/api/streaming/save_credentials">
                <HiddenField name="organization" value=slug/>
                <HiddenField name="kind" value=kind.as_str()/>
                {fields}
                <Button kind=ButtonKind::Secondary>"Save"</Button>
            </Form>
        </details>
    }
}

const fn id_label(kind: CredentialKind) -> &'static str {
    match kind {
        CredentialKind::MuxToken => "Token ID",
        CredentialKind::MuxSigning | CredentialKind::Jaas => "Key ID",
    }
}

fn open_fields(kind: CredentialKind, form: &Flash) -> impl IntoView + use<> {
    view! {
        {(kind == CredentialKind::Jaas).then(|| view! {
            <TextField
                name="application_id" label="Application ID" required=true maxlength=200 autocomplete="off"
                value=form.value("application_id") error=form.error("application_id")
            />
        })}
        <TextField
            name="id" label=id_label(kind) required=true maxlength=200 autocomplete="off"
            value=form.value("id") error=form.error("id")
        />
        {match kind {
            CredentialKind::MuxToken => view! {
                <TextField
                    name="secret" label="Token secret" required=true maxlength=200 autocomplete="off"
                    error=form.error("secret")
                />
            }
            .into_any(),
            CredentialKind::MuxSigning | CredentialKind::Jaas => view! {
                <TextArea
                    name="secret" label="Private key" required=true rows=6 error=form.error("secret")
                    hint="As the service gave it to you: the PEM text, or its base 64."
                />
            }
            .into_any(),
        }}
    }
}

/// Ids of fields are unique on a page: forms nobody filled in yet carry those of their set.
fn closed_fields(kind: CredentialKind) -> impl IntoView + use<> {
    let id = |field: &str| format!("{}-{field}", kind.as_str().to_lowercase());
    let line = |field: &'static str, label: &'static str| {
        view! {
            <div class="field">
                <label class="field-label" for=id(field)>{label}</label>
                <input class="input" id=id(field) name=field required=true maxlength="200" autocomplete="off"/>
            </div>
        }
    };
    let application = (kind == CredentialKind::Jaas).then(|| line("application_id", "Application ID"));
    let secret = match kind {
        CredentialKind::MuxToken => line("secret", "Token secret").into_any(),
        CredentialKind::MuxSigning | CredentialKind::Jaas => view! {
            <div class="field">
                <label class="field-label" for=id("secret")>"Private key"</label>
                <textarea class="input" id=id("secret") name="secret" rows="6" required=true></textarea>
            </div>
        }
        .into_any(),
    };
    view! { {application} {line("id", id_label(kind))} {secret} }
}
