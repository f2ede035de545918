use leptos::prelude::*;
use services::accounts::{self, AccountExport, OwnProfile};
use services::organizations::OwnedAlone;

use super::{SettingsHead, Tab};
use crate::flash::Flash;
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::field::TextField;
use crate::ui::form::{Form, FormErrors};
use crate::ui::icon::Icon;
use crate::ui::notice::{Notice, NoticeKind};
use crate::ui::time::LocalTime;

/// A copy of one's data, and the ways to leave.
#[component]
pub fn AccountPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?.clone();
        let own = accounts::own_profile(&services, &person).await?;
        let export = accounts::newest_export(&services, &person).await?;
        let owned_alone = accounts::owned_alone(&services, &person).await?;
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        Ok(view! {
            <SignedInLayout
                head=Head::new("Account · Settings", "/settings/account")
                viewer=viewer
                flash=form.clone()
            >
                <SettingsHead current=Tab::Account/>
                <FormErrors errors=errors labels=vec![("confirmation", "Your address or name")]/>
                <Export export=export/>
                <Leaving form=form own=own owned_alone=owned_alone/>
            </SignedInLayout>
        }
        .into_any())
    })
}

#[component]
fn Export(export: Option<AccountExport>) -> impl IntoView {
    let ask = |label: &'static str| {
        view! {
            <form method="post" action="/api/accounts/request_export">
                <Button kind=ButtonKind::Secondary>{label}</Button>
            </form>
        }
    };
    let state = match export {
        None => ask("Prepare my data").into_any(),
        Some(AccountExport::Preparing { since }) => view! {
            <p role="status" data-look-again="">"Being prepared since "<LocalTime at=since/>". It takes a few seconds."</p>
            <LinkButton href="/settings/account" kind=ButtonKind::Secondary>"Look again"</LinkButton>
        }
        .into_any(),
        Some(AccountExport::Ready { id, until }) => view! {
            <p role="status">"Ready until "<LocalTime at=until/>"."</p>
            <LinkButton href=format!("/settings/account/export/{id}")>"Download my data"</LinkButton>
            {ask("Prepare it anew")}
        }
        .into_any(),
        Some(AccountExport::Failed) => view! {
            <p role="status">"Your copy could not be made. That is our fault: ask again, or tell your host."</p>
            {ask("Ask again")}
        }
        .into_any(),
        Some(AccountExport::Expired) => view! {
            <p role="status">"The last copy is over: we keep one for 24 hours."</p>
            {ask("Prepare my data")}
        }
        .into_any(),
    };
    view! {
        <section class="settings" aria-labelledby="export">
            <h2 id="export">"A copy of your data"</h2>
            <p class="meta">
                "A JSON file with your profile and settings, your memberships and invitations, what you wrote in \
                 rooms, what stands under your name in logs, and where you signed in."
            </p>
            {state}
        </section>
    }
}

#[component]
fn Leaving(
    form: Flash,
    own: OwnProfile,
    /// The organizations that keep this account.
    owned_alone: Vec<OwnedAlone>,
) -> impl IntoView {
    view! {
        <section class="settings section" aria-labelledby="leave">
            <h2 id="leave">"Leave for a while"</h2>
            <p>
                "Nobody finds you in lists any more, and you are signed out everywhere. Your memberships and what you \
                 wrote stay. Sign in whenever you like, and all is as it was."
            </p>
            <details class="disclosure">
                <summary>"Deactivate my account"<Icon name="chevron-down" size=16/></summary>
                <form class="form" method="post" action="/api/accounts/deactivate">
                    <p>"You are signed out on every device now. To return, sign in and say so."</p>
                    <Button kind=ButtonKind::Secondary>"Deactivate now"</Button>
                </form>
            </details>
        </section>
        <section class="settings section" aria-labelledby="delete">
            <h2 id="delete">"Leave for good"</h2>
            <p>
                "You are hidden and signed out at once. For 30 days you can sign in and keep your account. Then your \
                 profile, your address and your settings are erased; what you wrote in rooms stays for the others, \
                 without your name."
            </p>
            {if owned_alone.is_empty() {
                view! { <DeleteForm form=form own=own/> }.into_any()
            } else {
                view! { <LastOwner of=owned_alone/> }.into_any()
            }}
        </section>
    }
}

/// Why there is no form, and where it can be changed.
#[component]
fn LastOwner(of: Vec<OwnedAlone>) -> impl IntoView {
    let names = of
        .into_iter()
        .enumerate()
        .map(|(index, organization)| {
            let ownership = format!("/organizations/{}/danger", organization.slug);
            view! { {(index > 0).then_some(", ")}<a href=ownership>{organization.name}</a> }
        })
        .collect_view();
    view! {
        <Notice kind=NoticeKind::Info>
            "You are the last owner of "{names}". Make somebody else an owner there first, or delete it."
        </Notice>
    }
}

#[component]
fn DeleteForm(form: Flash, own: OwnProfile) -> impl IntoView {
    let is_deleting = form.values.contains_key("confirmation");
    view! {
        <details class="disclosure" open=is_deleting>
            <summary>"Delete my account"<Icon name="chevron-down" size=16/></summary>
            <Form action="/api/accounts/delete_account">
                <p>
                    "To be sure, type "<strong>{own.profile.email}</strong>" or "
                    <strong>{own.profile.full_name}</strong>"."
                </p>
                <TextField
                    name="confirmation" label="Your address or name" required=true
                    value=form.value("confirmation") error=form.error("confirmation")
                />
                <Button kind=ButtonKind::Danger>"Delete my account"</Button>
            </Form>
        </details>
    }
}
