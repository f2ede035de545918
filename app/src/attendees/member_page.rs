use domain::accounts::tint;
use domain::attendees::{EventRole, MembershipStatus};
use domain::moderation::RestrictionReason;
use leptos::prelude::*;
use services::attendees::{self, MemberChoices, MemberDetails, MemberPage as Found};
use services::organizations::audit::LoggedEntry;
use services::uploads::AvatarPixels;

use super::place::{member_id, member_path, people_path};
use super::text_fields::{TextFieldSet, is_about_texts, save_label};
use super::words::role_options;
use crate::events::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::moderation::{BanFields, moderated_path};
use crate::organizations::in_words;
use crate::ssr;
use crate::ui::avatar::{Avatar, AvatarSize};
use crate::ui::badge::Badge;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::field::{HiddenField, SelectField, TextArea};
use crate::ui::form::{Form, FormErrors};
use crate::ui::notice::{Notice, NoticeKind};
use crate::ui::time::LocalTime;

/// One of an event's people: what is known of them here, and what an organizer may do.
#[component]
pub fn MemberPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let asked: String = ssr::param("member")?;
        let page = attendees::member(&services, viewer.signed_in()?, &slug, member_id(&asked)).await?;
        let flash = ssr::take_flash().await?;
        let Found { head, role, member, choices, history } = page;
        let id = member.user.to_string();
        let errors = flash.errors().cloned().unwrap_or_default();
        let labels = vec![
            ("role", "Role"),
            ("event_title", "Title here"),
            ("event_bio", "About, for this event"),
            ("reason", "Reason"),
            ("note", "Note"),
            ("delete", "Also delete"),
        ];
        Ok(view! {
            <EventLayout
                head=Head::new(format!("{} · People · {}", member.full_name, head.title), member_path(&slug, &id))
                viewer=viewer
                flash=flash.clone()
                event=frame(&head, role, &[])
                current=EventTab::Manage
            >
                <FormErrors errors=errors labels=labels/>
                <Person slug=slug.clone() member=member.clone()/>
                {choices.message.then(|| message_form(&slug, &member))}
                {(!choices.roles.is_empty()).then(|| role_section(&slug, &member, &choices))}
                {choices.check_in.then(|| check_in_section(&slug, &member))}
                {choices.ban.then(|| mute_section(&slug, &member))}
                {choices.edit_texts.then(|| texts_section(&slug, &member, &flash))}
                {choices.bring_back.then(|| bring_back_section(&slug, &member))}
                {choices.remove.then(|| remove_section(&slug, &member))}
                {choices.ban.then(|| ban_section(&slug, &member, &flash))}
                {choices.unban.then(|| unban_section(&slug, &member))}
                <History history=history/>
            </EventLayout>
        }
        .into_any())
    })
}

#[component]
fn Person(slug: String, member: MemberDetails) -> impl IntoView {
    let work: Vec<String> =
        [member.title_here.or(member.title), member.company].into_iter().flatten().collect();
    let status = match member.status {
        MembershipStatus::Active => NoticeKind::Ok,
        MembershipStatus::Waitlisted => NoticeKind::Info,
        MembershipStatus::Left | MembershipStatus::Removed => NoticeKind::Warn,
        MembershipStatus::Banned => NoticeKind::Danger,
    };
    view! {
        <header class="page-head member-head">
            <Avatar
                name=member.full_name.clone() tint=tint(member.user) size=AvatarSize::Large
                picture=ssr::avatar(member.avatar, AvatarPixels::Large)
            />
            <div>
                <p class="page-kicker"><a href=people_path(&slug)>"People"</a></p>
                <h1>{member.full_name.clone()}</h1>
                <p class="member-badges">
                    <Badge text=member.role.label()/>
                    <Badge text=member.status.label() kind=status/>
                    {member.is_owner.then(|| view! { <Badge text="Owner of the organization" kind=NoticeKind::Info/> })}
                </p>
                <p class="meta">{work.join(", ")}</p>
                <p class="meta">{member.email}" · since "<LocalTime at=member.joined_at/></p>
                {member.checked_in.map(|(at, by)| view! {
                    <p class="meta">"Checked in "<LocalTime at=at/>{by.map(|by| format!(" by {by}"))}</p>
                })}
            </div>
        </header>
        {member.ban.map(|ban| view! {
            <Notice kind=NoticeKind::Warn>
                <p>"Banned by "{ban.by}", "<LocalTime at=ban.at/>"."</p>
                <p class="member-reason">{ban.reason}</p>
                {ban.note.map(|note| view! { <p class="member-reason">"Note: "{note}</p> })}
            </Notice>
        })}
    }
}

fn message_form(slug: &str, member: &MemberDetails) -> impl IntoView + use<> {
    let (event, person) = (slug.to_owned(), member.user.to_string());
    view! {
        <Form action="/api/conversations/open">
            <HiddenField name="event" value=event/>
            <HiddenField name="person" value=person/>
            <p><Button kind=ButtonKind::Secondary icon="mail">"Message"</Button></p>
        </Form>
    }
}

/// Event, person, and the role they are shown with.
fn fields(slug: &str, member: &MemberDetails) -> impl IntoView + use<> {
    view! {
        <HiddenField name="event" value=slug.to_owned()/>
        <HiddenField name="member" value=member.user.to_string()/>
    }
}

fn role_section(slug: &str, member: &MemberDetails, choices: &MemberChoices) -> impl IntoView + use<> {
    let hint = match member.role {
        EventRole::Attendee => "Anybody but an attendee takes no seat; theirs goes to whoever waits.",
        EventRole::Speaker => "As an attendee they need a free seat, and leave all sessions they speak in.",
        EventRole::Moderator | EventRole::Organizer | EventRole::Admin => {
            "As an attendee they need a free seat."
        }
    };
    let (own, options) = (member.role.as_str(), role_options(&choices.roles));
    let fields = fields(slug, member);
    view! {
        <section class="settings" aria-labelledby="role">
            <h2 id="role">"Role"</h2>
            <Form action="/api/attendees/change_role">
                {fields}
                <HiddenField name="seen_role" value=own/>
                <SelectField
                    name="role" label="Role in this event" options=options value=own hint=hint required=true
                />
                <Button kind=ButtonKind::Secondary>"Change role"</Button>
            </Form>
        </section>
    }
}

fn check_in_section(slug: &str, member: &MemberDetails) -> impl IntoView + use<> {
    let (value, label) =
        if member.checked_in.is_some() { ("no", "Take the check-in back") } else { ("yes", "Check in") };
    let fields = fields(slug, member);
    view! {
        <section class="settings" aria-labelledby="check-in">
            <h2 id="check-in">"Check-in"</h2>
            <form class="form" method="post" action="/api/attendees/check_in">
                {fields}
                <HiddenField name="back" value="member"/>
                <Button kind=ButtonKind::Secondary name="present" value=value>{label}</Button>
            </form>
        </section>
    }
}

fn texts_section(slug: &str, member: &MemberDetails, flash: &Flash) -> impl IntoView + use<> {
    let fields = fields(slug, member);
    let (title, bio) =
        (member.title_here.clone().unwrap_or_default(), member.bio_here.clone().unwrap_or_default());
    let (form, version, save) = (flash.clone(), member.texts_version, save_label(flash));
    let is_open = is_about_texts(flash);
    view! {
        <section class="settings" aria-labelledby="texts">
            <h2 id="texts">"In this event"</h2>
            <details class="disclosure" open=is_open>
                <summary>"Title and biography"</summary>
                <Form action="/api/attendees/save_texts">
                    {fields}
                    <TextFieldSet form=form title=title bio=bio profile="their profile" version=version/>
                    <Button kind=ButtonKind::Secondary>{save}</Button>
                </Form>
            </details>
        </section>
    }
}

fn bring_back_section(slug: &str, member: &MemberDetails) -> impl IntoView + use<> {
    let role = member.role.label().to_lowercase();
    let fields = fields(slug, member);
    view! {
        <section class="settings" aria-labelledby="back">
            <h2 id="back">"Bring back"</h2>
            <Form action="/api/attendees/bring_back">
                {fields}
                <p>{format!("They are {role} again. Sign-ups and talks that ended don't come back.")}</p>
                <Button>"Bring back"</Button>
            </Form>
        </section>
    }
}

fn remove_section(slug: &str, member: &MemberDetails) -> impl IntoView + use<> {
    let (name, own) = (member.full_name.clone(), member.role.as_str());
    let fields = fields(slug, member);
    view! {
        <section class="settings" aria-labelledby="remove">
            <h2 id="remove">"Remove"</h2>
            <details class="disclosure">
                <summary>{format!("Remove {}", name.clone())}</summary>
                <Form action="/api/attendees/remove">
                    {fields}
                    <HiddenField name="seen_role" value=own/>
                    <p>"Their role, sign-ups and talks here end at once, and a seat goes to whoever waits. You can bring them back."</p>
                    <Button kind=ButtonKind::Danger>{format!("Remove {name}")}</Button>
                </Form>
            </details>
        </section>
    }
}

fn mute_section(slug: &str, member: &MemberDetails) -> impl IntoView + use<> {
    let href = moderated_path(slug, &member.user.to_string());
    view! {
        <section class="settings" aria-labelledby="mute">
            <h2 id="mute">"Mute"</h2>
            <p>"Who is muted goes on reading, and can't write or react in the rooms for a while."</p>
            <p><LinkButton href=href kind=ButtonKind::Secondary>"Mute …"</LinkButton></p>
        </section>
    }
}

fn ban_section(slug: &str, member: &MemberDetails, flash: &Flash) -> impl IntoView + use<> {
    let name = member.full_name.clone();
    let (typed, error) = (flash.value("reason"), flash.error("reason"));
    let is_open = ["reason", "note", "delete"].into_iter().any(|field| flash.error(field).is_some());
    let (fields, more) = (fields(slug, member), view! { <BanFields flash=flash.clone()/> });
    view! {
        <section class="settings" aria-labelledby="ban">
            <h2 id="ban">"Ban"</h2>
            <details class="disclosure" open=is_open>
                <summary>{format!("Ban {}", name.clone())}</summary>
                <Form action="/api/attendees/ban">
                    {fields}
                    <p>"The event is closed to them: pages, rooms and calls. They can't register or be invited until you lift the ban."</p>
                    <TextArea
                        name="reason" label="Reason" rows=3 required=true maxlength=RestrictionReason::MAX_CHARS
                        hint="They read it." value=typed error=error
                    />
                    {more}
                    <Button kind=ButtonKind::Danger>{format!("Ban {name}")}</Button>
                </Form>
            </details>
        </section>
    }
}

fn unban_section(slug: &str, member: &MemberDetails) -> impl IntoView + use<> {
    let fields = fields(slug, member);
    view! {
        <section class="settings" aria-labelledby="unban">
            <h2 id="unban">"Lift the ban"</h2>
            <Form action="/api/attendees/unban">
                {fields}
                <p>"Role and place are as before. When all seats are taken they wait for one."</p>
                <Button>"Lift the ban"</Button>
            </Form>
        </section>
    }
}

#[component]
fn History(history: Vec<LoggedEntry>) -> impl IntoView {
    let lines = history
        .into_iter()
        .map(|entry| {
            let action = entry.action;
            let told = |value: String| in_words(action, value);
            let change = match (entry.before.map(told), entry.after.map(told)) {
                (Some(before), Some(after)) => Some(format!("{before} → {after}")),
                (None, Some(value)) | (Some(value), None) => Some(value),
                (None, None) => None,
            };
            view! {
                <li class="row">
                    <div class="row-body">
                        <p><strong>{entry.actor_name}</strong>" "{entry.action.label()}" "{entry.subject}</p>
                        <p class="meta"><LocalTime at=entry.at/>{change.map(|change| format!(" · {change}"))}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="section" aria-labelledby="history">
                <h2 id="history">"History"</h2>
                <ol class="rows" role="list">{lines}</ol>
            </section>
        }
    })
}
