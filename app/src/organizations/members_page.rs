use domain::FieldErrors;
use domain::accounts::tint;
use domain::organizations::{OrganizationAction, OrganizationRole, OrganizationSummary, grantable, may};
use domain::paging::PageRequest;
use domain::search::SearchText;
use leptos::prelude::*;
use services::organizations::{self, Member, MemberFilter, MembersPage as Found};
use services::uploads::AvatarPixels;

use super::frame::{OrganizationHead, OrganizationTab};
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::avatar::Avatar;
use crate::ui::badge::Badge;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::check_box::CheckBox;
use crate::ui::empty::EmptyState;
use crate::ui::field::HiddenField;
use crate::ui::icon::Icon;
use crate::ui::notice::Notice;
use crate::ui::pager::Pager;
use crate::ui::time::LocalTime;

/// Who belongs to an organization; its owners and admins change roles and remove people here.
#[component]
pub fn MembersPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("organization")?;
        let person = viewer.signed_in()?.clone();
        let filter = MemberFilter {
            text: SearchText::parse(ssr::query("search").as_deref())?,
            role: role_filter(&ssr::query("role").unwrap_or_default())?,
        };
        let (page, per_page) = (ssr::query("page"), ssr::query("per_page"));
        let request = PageRequest::parse(page.as_deref(), per_page.as_deref())?;
        let found = organizations::members(&services, &person, &slug, &filter, request).await?;
        let flash = ssr::take_flash().await?;
        let taken_over = flash.value("taken_over");
        let organization = found.organization.clone();
        let path = format!("/organizations/{slug}/members");
        let may_invite = may(OrganizationAction::SeeInvitations, Some(organization.role)).is_ok();
        let leave = leave(&organization);
        let list = view! { <Members found=found slug=slug.clone() filter=filter path=path.clone() own=person.user/> };
        Ok(view! {
            <SignedInLayout
                head=Head::new(format!("Members · {}", organization.name), path)
                viewer=viewer
                flash=flash
            >
                <OrganizationHead organization=organization current=OrganizationTab::Members/>
                {(!taken_over.is_empty()).then(|| view! {
                    <Notice>
                        <p>"They were the only admin of "<strong>{taken_over}</strong>". You are an admin there now, so that somebody is."</p>
                    </Notice>
                })}
                {may_invite.then(|| view! {
                    <p>
                        <LinkButton href=OrganizationTab::Invitations.path(&slug) icon="mail">"Invite people"</LinkButton>
                    </p>
                })}
                {list}
                <section class="section" aria-label="Your membership">{leave}</section>
            </SignedInLayout>
        }
        .into_any())
    })
}

/// Empty means all roles.
fn role_filter(asked: &str) -> Result<Option<OrganizationRole>, FieldErrors> {
    if asked.is_empty() {
        return Ok(None);
    }
    let role = OrganizationRole::from_stored(asked);
    role.map(Some).ok_or_else(|| FieldErrors::one("role", "Choose one of the roles."))
}

/// The way out; for the last owner why there is none, and what there is instead.
fn leave(organization: &OrganizationSummary) -> AnyView {
    let is_owner = organization.role == OrganizationRole::Owner;
    let body = if is_owner && organization.owner_count <= 1 {
        let ownership = OrganizationTab::Ownership.path(&organization.slug);
        view! {
            <div class="form">
                <p>
                    "You are its last owner, and an organization keeps at least one. "
                    <a href=ownership>"Transfer it or delete it"</a>"."
                </p>
                <Button kind=ButtonKind::Danger disabled=true>"Leave"</Button>
            </div>
        }
        .into_any()
    } else {
        view! {
            <form class="form" method="post" action="/api/organizations/leave">
                <HiddenField name="organization" value=organization.slug.clone()/>
                <p>{leaving_means(is_owner)}</p>
                <Button kind=ButtonKind::Danger>"Leave"</Button>
            </form>
        }
        .into_any()
    };
    view! { <details class="disclosure"><summary>"Leave this organization"</summary>{body}</details> }
        .into_any()
}

const fn leaving_means(is_owner: bool) -> &'static str {
    if is_owner {
        "You lose your say in all its events."
    } else {
        "You don't see its drafts and private events any more. Events you joined stay yours."
    }
}

#[component]
fn Members(
    found: Found,
    slug: String,
    filter: MemberFilter,
    path: String,
    own: domain::ids::UserId,
) -> impl IntoView {
    let actor = found.organization.role;
    let members = found.members;
    let role = filter.role.map_or("", OrganizationRole::as_str);
    let options = OrganizationRole::ALL
        .into_iter()
        .rev()
        .map(|choice| {
            let is_chosen = choice.as_str() == role;
            view! { <option value=choice.as_str() selected=is_chosen>{format!("{}s", choice.label())}</option> }
        })
        .collect_view();
    let count = match members.total_items {
        1 => "1 person".to_owned(),
        count => format!("{count} people"),
    };
    let text = filter.text.as_str().to_owned();
    let base = format!("{path}?search={}&role={role}&per_page={}", ssr::encoded(&text), members.per_page);
    let pages = (u32::try_from(members.page).unwrap_or(1), u32::try_from(members.total_pages).unwrap_or(1));
    let is_empty = members.items.is_empty();
    let rows = members
        .items
        .into_iter()
        .map(|member| view! { <MemberRow member=member slug=slug.clone() actor=actor own=own/> })
        .collect_view();
    view! {
        <form class="filter" method="get" action=path.clone() role="search" autocomplete="off" aria-label="Members">
            <label class="visually-hidden" for="search">"Search by name"</label>
            <input class="input" id="search" type="search" name="search" value=text placeholder="Search by name" minlength="2" maxlength="200"/>
            <label class="visually-hidden" for="role">"Role"</label>
            <select class="input" id="role" name="role"><option value="">"All roles"</option>{options}</select>
            <Button kind=ButtonKind::Secondary>"Search"</Button>
        </form>
        <p class="meta" role="status">{count}</p>
        {is_empty.then(|| view! {
            <EmptyState title="Nobody found" text="Try a part of the name, or all roles." icon="users"/>
            <p><a href=path>"Show all members"</a></p>
        })}
        <ul class="rows" role="list">{rows}</ul>
        <Pager base=base page=pages.0 pages=pages.1/>
    }
}

#[component]
fn MemberRow(
    member: Member,
    slug: String,
    actor: OrganizationRole,
    own: domain::ids::UserId,
) -> impl IntoView {
    let is_own = member.user == own;
    let from = member.role;
    let may_remove = may(OrganizationAction::Remove { role: from }, Some(actor)).is_ok();
    let manage = (!is_own && may_remove).then(|| manage(&member, slug, actor));
    let name = member.full_name.clone();
    let name = if !is_own && member.is_seen {
        view! { <a href=format!("/people/{}", member.user)>{name}</a> }.into_any()
    } else {
        name.into_any()
    };
    view! {
        <li class="row">
            <Avatar name=member.full_name tint=tint(member.user) picture=ssr::avatar(member.avatar, AvatarPixels::Small)/>
            <div class="row-body">
                <p><strong>{name}</strong>{is_own.then_some(" (you)")}</p>
                <p class="meta">
                    {member.email.map(|email| format!("{email} · "))}"since "<LocalTime at=member.joined_at/>
                </p>
                {manage}
            </div>
            <div class="row-end"><Badge text=from.label()/></div>
        </li>
    }
}

/// What this actor may do to this member, closed until it is asked for.
fn manage(member: &Member, slug: String, actor: OrganizationRole) -> impl IntoView + use<> {
    let name = member.full_name.clone();
    let user = member.user.to_string();
    let seen = member.role.as_str();
    let field = format!("role-{user}");
    let leaves_events = format!("from-events-{user}");
    // Giving somebody the organization is a step of its own.
    let owner = OrganizationRole::Owner;
    let may_make_owner = member.role != owner && grantable(actor).contains(&owner);
    let options = grantable(actor)
        .into_iter()
        .filter(|role| *role != owner || member.role == owner)
        .map(
            |role| view! { <option value=role.as_str() selected=role == member.role>{role.label()}</option> },
        )
        .collect_view();
    let make_owner = may_make_owner.then(|| make_owner(&name, &slug, &user, seen));
    view! {
        <details class="disclosure">
            <summary aria-label=format!("Manage {name}")>"Manage"<Icon name="chevron-down" size=16/></summary>
            <form class="form-line" method="post" action="/api/organizations/change_role">
                <HiddenField name="organization" value=slug.clone()/>
                <HiddenField name="user" value=user.clone()/>
                <HiddenField name="seen_role" value=seen/>
                <label class="field-label" for=field.clone()>"Role"</label>
                <select class="input" id=field name="role">{options}</select>
                <Button kind=ButtonKind::Secondary>"Change role"</Button>
            </form>
            {make_owner}
            <details class="disclosure">
                <summary>{format!("Remove {name}")}</summary>
                <form class="form" method="post" action="/api/organizations/remove_member">
                    <HiddenField name="organization" value=slug/>
                    <HiddenField name="user" value=user/>
                    <HiddenField name="seen_role" value=seen/>
                    <p class="meta">{format!("{name} loses all rights here at once, also those an owner has in its events.")}</p>
                    <CheckBox id=leaves_events name="from_events" label="End their memberships in its events too" hint="Where they are the only admin, you become one."/>
                    <Button kind=ButtonKind::Danger>{format!("Remove {name}")}</Button>
                </form>
            </details>
        </details>
    }
}

/// What an owner can do is said before somebody becomes one.
fn make_owner(name: &str, slug: &str, user: &str, seen: &'static str) -> AnyView {
    view! {
        <details class="disclosure">
            <summary>{format!("Make {name} an owner")}</summary>
            <form class="form" method="post" action="/api/organizations/change_role">
                <HiddenField name="organization" value=slug.to_owned()/>
                <HiddenField name="user" value=user.to_owned()/>
                <HiddenField name="seen_role" value=seen/>
                <HiddenField name="role" value=OrganizationRole::Owner.as_str()/>
                <p class="meta">
                    {format!("{name} can then do everything you can: change roles, yours too, and delete the organization with all its events.")}
                </p>
                <Button kind=ButtonKind::Secondary>{format!("Make {name} an owner")}</Button>
            </form>
        </details>
    }
    .into_any()
}
