use domain::search::SearchText;
use leptos::prelude::*;
use services::organizations::{self, Heir};

use super::frame::{OrganizationHead, OrganizationTab};
use crate::flash::Flash;
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::empty::EmptyState;
use crate::ui::field::{HiddenField, SelectField, TextField};
use crate::ui::form::{Form, FormErrors};

/// What only owners decide: giving the organization to somebody else, taking a copy of its data, and deleting it.
#[component]
pub fn OwnershipPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("organization")?;
        let search = SearchText::parse(ssr::query("search").as_deref())?;
        let page = organizations::ownership(&services, viewer.signed_in()?, &slug, &search).await?;
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        let organization = page.organization.clone();
        let name = organization.name.clone();
        let heirs = Heirs { shown: page.heirs, count: page.heir_count, search };
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
                <CopyOfData slug=slug.clone()/>
                <DeleteForm slug=slug name=name form=form/>
            </SignedInLayout>
        }
        .into_any())
    })
}

#[component]
fn TransferForm(slug: String, name: String, heirs: Heirs, form: Flash) -> impl IntoView {
    let lead = "The member you choose becomes an owner, you become an admin. You both get a mail.";
    let search = heirs.search_form(&slug);
    let is_searched = !heirs.search.as_str().is_empty();
    let body = if heirs.shown.is_empty() && is_searched {
        view! { <EmptyState title="Nobody found" text="Try another part of the name." icon="users"/> }
            .into_any()
    } else if heirs.shown.is_empty() {
        view! { <EmptyState title="You are alone here" text="Ownership goes to another member; invite somebody first." icon="users"/> }
            .into_any()
    } else {
        let heir =
            |heir: Heir| (heir.user.to_string(), format!("{} ({})", heir.full_name, heir.role.label()));
        let searched = heirs.search.as_str().to_owned();
        let none = std::iter::once((String::new(), "Choose a member".to_owned()));
        let options = none.chain(heirs.shown.into_iter().map(heir)).collect();
        view! {
            <Form action="/api/organizations/transfer_ownership">
                <HiddenField name="organization" value=slug/>
                <HiddenField name="search" value=searched/>
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
            {search}
            {body}
        </section>
    }
}

/// Who could become an owner, as far as they are shown.
struct Heirs {
    shown: Vec<Heir>,
    count: i64,
    search: SearchText,
}

impl Heirs {
    /// Only where not everybody is shown.
    fn search_form(&self, slug: &str) -> Option<AnyView> {
        let shown = i64::try_from(self.shown.len()).unwrap_or(i64::MAX);
        let searched = self.search.as_str().to_owned();
        if shown >= self.count && searched.is_empty() {
            return None;
        }
        let path = OrganizationTab::Ownership.path(slug);
        let all = (!searched.is_empty()).then(|| view! { <a href=path.clone()>"Show all"</a> });
        let says = format!("{shown} of {} members are listed below. ", self.count);
        let view = view! {
            <form class="filter" method="get" action=path.clone() role="search" autocomplete="off" aria-label="New owner">
                <label class="visually-hidden" for="search">"Search by name"</label>
                <input
                    class="input" id="search" type="search" name="search" value=searched placeholder="Search by name"
                    minlength="2" maxlength="200"
                />
                <Button kind=ButtonKind::Secondary>"Search"</Button>
            </form>
            <p class="meta" role="status">{says}{all}</p>
        };
        Some(view.into_any())
    }
}

#[component]
fn CopyOfData(slug: String) -> impl IntoView {
    view! {
        <section class="section settings" aria-labelledby="copy">
            <h2 id="copy">"A copy of its data"</h2>
            <p class="meta">
                "Settings, members with their addresses and roles, events with their sessions, and open invitations, as a file for programs (JSON)."
            </p>
            <p>
                <a class="button button-secondary" href=format!("/organizations/{slug}/export.json") download="">
                    <span class="button-text">"Download"</span>
                </a>
            </p>
        </section>
    }
}

#[component]
fn DeleteForm(slug: String, name: String, form: Flash) -> impl IntoView {
    view! {
        <section class="section settings" aria-labelledby="delete">
            <h2 id="delete">"Delete the organization"</h2>
            <p class="meta">
                "It and all of its events disappear for everybody at once, and open invitations stop working. For 30 days every owner can bring all of it back; then it is gone for good."
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
