use domain::invitations::{InvitationDelivery, InvitationStatus, InvitedRole, TargetKind};
use domain::paging::PageRequest;
use domain::search::SearchText;
use domain::{AppError, Conflict, FieldErrors};
use leptos::prelude::*;
use services::invitations::{self, InvitationFilter, InvitationsPage, TargetPath};

use super::place::{Place, path_of, role_options};
use super::rows::invitation_row;
use crate::flash::Flash;
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::empty::EmptyState;
use crate::ui::field::{HiddenField, SelectField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::icon::Icon;
use crate::ui::notice::Notice;
use crate::ui::pager::Pager;

/// Whom an organization invited, for its owners and admins.
#[component]
pub fn OrganizationInvitationsPage() -> impl IntoView {
    page(TargetKind::Organization)
}

/// Whom an event invited, for its organizers.
#[component]
pub fn EventInvitationsPage() -> impl IntoView {
    page(TargetKind::Event)
}

fn page(kind: TargetKind) -> impl IntoView {
    ssr::page(async move {
        let (services, viewer) = ssr::request()?;
        let path = path_of(kind)?;
        let person = viewer.signed_in()?.clone();
        let filter = asked()?;
        let (page, per_page) = (ssr::query("page"), ssr::query("per_page"));
        let request = PageRequest::parse(page.as_deref(), per_page.as_deref())?;
        let found = invitations::list(&services, &person, &path, &filter, request).await?;
        let place = Place::open(&services, &person, &path).await?;
        let flash = ssr::take_flash().await?;
        let form = invite_form(&found, &path, flash.clone());
        let list = view! { <Invitations found=found path=path.clone() filter=filter/> };
        let content = view! { {form}{list} }.into_any();
        Ok(place.list(viewer, flash, &path, content))
    })
}

/// The filter as it stands in the address of the page.
fn asked() -> Result<InvitationFilter, FieldErrors> {
    let (status, delivery) = (ssr::query("status"), ssr::query("delivery"));
    Ok(InvitationFilter {
        text: SearchText::parse(ssr::query("search").as_deref())?,
        status: chosen("status", status.as_deref(), InvitationStatus::from_stored)?,
        delivery: chosen("delivery", delivery.as_deref(), InvitationDelivery::from_stored)?,
    })
}

/// One value of a filter; missing and empty mean all.
fn chosen<T>(
    field: &str,
    value: Option<&str>,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, FieldErrors> {
    match value {
        None | Some("") => Ok(None),
        Some(value) => {
            read(value).map(Some).ok_or_else(|| FieldErrors::one(field, "Choose one of the list."))
        }
    }
}

/// One invitation at a time, and the way to many; open when it has something to say.
fn invite_form(found: &InvitationsPage, path: &TargetPath, flash: Flash) -> AnyView {
    if found.grantable.is_empty() {
        return view! { <Notice>"Nobody can be invited any more."</Notice> }.into_any();
    }
    let errors = flash.errors().cloned().unwrap_or_default();
    // About the address, so at the address.
    let email_error = flash.error("email").or_else(|| match &flash.problem {
        Some(AppError::Conflict(
            refusal @ (Conflict::AlreadyMember | Conflict::PersonBanned | Conflict::AlreadyInvited),
        )) => Some(refusal.to_string()),
        _ => None,
    });
    let can_do = match path.kind {
        TargetKind::Organization => {
            "Members see the organization, its people and its events. Admins also run its events, invite people and change \
             its settings. Owners can do everything, and give the organization away."
        }
        TargetKind::Event => {
            "Attendees take part. Speakers also have the rooms behind their sessions, moderators keep order in the rooms, \
             organizers run the event, and admins decide about it too."
        }
    };
    let is_open = found.invitations.total_items == 0 || flash.problem.is_some();
    let options = role_options(&found.grantable);
    let first = options.first().map(|(value, _)| value.clone()).unwrap_or_default();
    let (target, many) = (path.as_field(), format!("{}/many", path.list()));
    let labels = vec![("email", "Email address"), ("role", "Role"), ("message", "Message")];
    view! {
        <section class="section invite" aria-labelledby="invite">
            <h2 class="visually-hidden" id="invite">"Invite"</h2>
            <FormErrors errors=errors labels=labels/>
            <details class="disclosure" open=is_open>
                <summary><Icon name="plus" size=16/>"Invite somebody"</summary>
                <Form action="/api/invitations/invite">
                    <HiddenField name="target" value=target/>
                    <TextField
                        name="email" label="Email address" input_type="email" inputmode="email" required=true
                        maxlength=254 autocomplete="off" value=flash.value("email") error=email_error
                    />
                    <SelectField
                        name="role" label="Role" options=options required=true
                        value=flash.value_or("role", &first) error=flash.error("role") hint=can_do
                    />
                    <TextArea
                        name="message" label="Message" rows=3 maxlength=500 hint="A few words for the mail."
                        value=flash.value("message") error=flash.error("message")
                    />
                    <Button icon="send">"Send invitation"</Button>
                </Form>
            </details>
            <p><a href=many>"Invite many at once"</a></p>
        </section>
    }
    .into_any()
}

#[component]
fn Invitations(found: InvitationsPage, path: TargetPath, filter: InvitationFilter) -> impl IntoView {
    let invitations = found.invitations;
    let count = match invitations.total_items {
        1 => "1 invitation".to_owned(),
        count => format!("{count} invitations"),
    };
    let is_filtered =
        !filter.text.as_str().is_empty() || filter.status.is_some() || filter.delivery.is_some();
    let status = filter.status.map_or("", InvitationStatus::as_str);
    let delivery = filter.delivery.map_or("", InvitationDelivery::as_str);
    let base = format!(
        "{}?search={}&status={status}&delivery={delivery}&per_page={}",
        path.list(),
        ssr::encoded(filter.text.as_str()),
        invitations.per_page
    );
    let pages =
        (u32::try_from(invitations.page).unwrap_or(1), u32::try_from(invitations.total_pages).unwrap_or(1));
    let empty = invitations.items.is_empty().then(|| nothing(is_filtered, &path));
    let shown = (!invitations.items.is_empty() || is_filtered)
        .then(|| view! { <Filter path=path.clone() filter=filter/> });
    let grantable: Vec<InvitedRole> = found.grantable;
    let rows = invitations.items.into_iter().map(|row| invitation_row(row, &path, &grantable)).collect_view();
    view! {
        <section class="section" aria-label="Invitations">
            {shown}
            <p class="meta" role="status">{count}</p>
            {empty}
            <ul class="rows" role="list">{rows}</ul>
            <Pager base=base page=pages.0 pages=pages.1/>
        </section>
    }
}

fn nothing(is_filtered: bool, path: &TargetPath) -> AnyView {
    if is_filtered {
        let all = path.list();
        return view! {
            <EmptyState title="No such invitation" text="Try a part of the address, or all states." icon="mail"/>
            <p><a href=all>"Show all invitations"</a></p>
        }
        .into_any();
    }
    view! {
        <EmptyState
            title="Nobody was invited yet" text="Invited people get a mail with a link that works for seven days."
            icon="mail"
        />
    }
    .into_any()
}

#[component]
fn Filter(path: TargetPath, filter: InvitationFilter) -> impl IntoView {
    let statuses = InvitationStatus::ALL
        .map(|status| {
            let is_chosen = filter.status == Some(status);
            view! { <option value=status.as_str() selected=is_chosen>{status.label()}</option> }
        })
        .collect_view();
    let deliveries = InvitationDelivery::ALL
        .map(|delivery| {
            let is_chosen = filter.delivery == Some(delivery);
            view! { <option value=delivery.as_str() selected=is_chosen>{delivery.label()}</option> }
        })
        .collect_view();
    view! {
        <form class="filter" method="get" action=path.list() role="search" autocomplete="off" aria-label="Invitations">
            <label class="visually-hidden" for="search">"Search by address"</label>
            <input
                class="input" id="search" type="search" name="search" value=filter.text.as_str().to_owned()
                placeholder="Search by address" maxlength="200"
            />
            <label class="visually-hidden" for="status">"State"</label>
            <select class="input" id="status" name="status"><option value="">"All states"</option>{statuses}</select>
            <label class="visually-hidden" for="delivery">"Mail"</label>
            <select class="input" id="delivery" name="delivery">
                <option value="">"All mails"</option>{deliveries}
            </select>
            <Button kind=ButtonKind::Secondary>"Search"</Button>
        </form>
    }
}
