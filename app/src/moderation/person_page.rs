use domain::accounts::tint;
use domain::attendees::MembershipStatus;
use domain::moderation::{MuteDuration, RestrictionReason};
use leptos::prelude::*;
use services::attendees::{self, ModeratedPerson};
use services::uploads::AvatarPixels;

use super::ban_fields::BanFields;
use super::place::{log_of_path, moderated_path, queue_path};
use crate::events::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::avatar::{Avatar, AvatarSize};
use crate::ui::badge::Badge;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::{HiddenField, SelectField, TextArea};
use crate::ui::form::{Form, FormErrors};
use crate::ui::notice::{Notice, NoticeKind};
use crate::ui::time::LocalTime;

/// One of an event's people as its moderators see them: what they may not do now, and what to take or give back.
#[component]
pub fn ModeratedPersonPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let asked: String = ssr::param("member")?;
        let page = attendees::moderated(&services, viewer.signed_in()?, &slug, asked.parse().ok()).await?;
        let flash = ssr::take_flash().await?;
        let person = page.person;
        let path = moderated_path(&slug, &person.user.to_string());
        let labels =
            vec![("duration", "For"), ("reason", "Reason"), ("note", "Note"), ("delete", "Also delete")];
        Ok(view! {
            <EventLayout
                head=Head::new(format!("{} · Moderation · {}", person.full_name, page.head.title), path)
                viewer=viewer
                flash=flash.clone()
                event=frame(&page.head, page.role, &[])
                current=EventTab::Manage
            >
                <Person slug=slug.clone() person=person.clone()/>
                <FormErrors errors=flash.errors().cloned().unwrap_or_default() labels=labels/>
                {match page.out_of_reach {
                    Some(why) => view! { <p class="meta">{why.to_string()}</p> }.into_any(),
                    None => view! {
                        {(person.ban.is_none() || person.mute.is_some()).then(|| mute_section(&slug, &person, &flash))}
                        {ban_section(&slug, &person, &flash)}
                    }.into_any(),
                }}
            </EventLayout>
        }
        .into_any())
    })
}

#[component]
fn Person(slug: String, person: ModeratedPerson) -> impl IntoView {
    let log = log_of_path(&slug, &person.user.to_string());
    view! {
        <header class="page-head member-head">
            <Avatar
                name=person.full_name.clone() tint=tint(person.user) size=AvatarSize::Large
                picture=ssr::avatar(person.avatar, AvatarPixels::Large)
            />
            <div>
                <p class="page-kicker"><a href=queue_path(&slug)>"Moderation"</a></p>
                <h1>{person.full_name.clone()}</h1>
                <p class="member-badges">
                    <Badge text=person.role.label()/>
                    {(person.status != MembershipStatus::Active).then(|| view! {
                        <Badge text=person.status.label() kind=NoticeKind::Warn/>
                    })}
                    {person.mute.is_some().then(|| view! { <Badge text="Muted" kind=NoticeKind::Danger/> })}
                </p>
                <p><a href=log>"What was done to them so far"</a></p>
            </div>
        </header>
        {person.mute.map(|mute| view! {
            <Notice kind=NoticeKind::Warn>
                <p>
                    "Muted by "{mute.by}", "<LocalTime at=mute.since/>
                    {match mute.until {
                        Some(until) => view! { ", until "<LocalTime at=until/> }.into_any(),
                        None => ", for the whole event".into_any(),
                    }}
                    "."
                </p>
                <p class="member-reason">{mute.reason}</p>
            </Notice>
        })}
        {person.ban.map(|ban| view! {
            <Notice kind=NoticeKind::Warn>
                <p>"Banned by "{ban.by}", "<LocalTime at=ban.at/>"."</p>
                <p class="member-reason">{ban.reason}</p>
                {ban.note.map(|note| view! { <p class="member-reason">"Note: "{note}</p> })}
            </Notice>
        })}
    }
}

/// Event and person, for every form of the page.
fn fields(slug: &str, person: &ModeratedPerson) -> impl IntoView + use<> {
    view! {
        <HiddenField name="event" value=slug.to_owned()/>
        <HiddenField name="member" value=person.user.to_string()/>
    }
}

fn mute_section(slug: &str, person: &ModeratedPerson, flash: &Flash) -> impl IntoView + use<> {
    let durations = MuteDuration::ALL
        .into_iter()
        .map(|duration| (duration.as_str().to_owned(), duration.label().to_owned()))
        .collect();
    let is_this = flash.values.contains_key("mute_reason");
    let error = |field| if is_this { flash.error(field) } else { None };
    let (duration_error, reason_error) = (error("duration"), error("reason"));
    let (typed, chosen) =
        (flash.value("mute_reason"), flash.value_or("duration", MuteDuration::TenMinutes.as_str()));
    let is_muted = person.mute.is_some();
    let hidden = fields(slug, person);
    let unmute = is_muted.then(|| {
        let hidden = fields(slug, person);
        view! {
            <form method="post" action="/api/moderation/unmute">
                {hidden}
                <Button kind=ButtonKind::Secondary>"Let them write again"</Button>
            </form>
        }
    });
    view! {
        <section class="settings" aria-labelledby="mute">
            <h2 id="mute">"Mute"</h2>
            {unmute}
            <Form action="/api/moderation/mute">
                {hidden}
                <p>"They go on reading, and can't write or react in the rooms of this event. It ends by itself."</p>
                <SelectField name="duration" label="For" options=durations value=chosen error=duration_error required=true/>
                <TextArea
                    name="reason" label="Reason" rows=2 required=true maxlength=RestrictionReason::MAX_CHARS
                    hint="They read it." value=typed error=reason_error
                />
                <Button kind=ButtonKind::Danger>{if is_muted { "Mute anew" } else { "Mute" }}</Button>
            </Form>
        </section>
    }
}

fn ban_section(slug: &str, person: &ModeratedPerson, flash: &Flash) -> impl IntoView + use<> {
    let hidden = fields(slug, person);
    if person.status == MembershipStatus::Banned {
        return view! {
            <section class="settings" aria-labelledby="unban">
                <h2 id="unban">"Lift the ban"</h2>
                <form class="form" method="post" action="/api/attendees/unban">
                    {hidden}
                    <HiddenField name="back" value="moderation"/>
                    <p>"Role and place are as before. When all seats are taken they wait for one."</p>
                    <Button>"Lift the ban"</Button>
                </form>
            </section>
        }
        .into_any();
    }
    let is_this = flash.values.contains_key("ban_reason");
    let error = if is_this { flash.error("reason") } else { None };
    let typed = flash.value("ban_reason");
    view! {
        <section class="settings" aria-labelledby="ban">
            <h2 id="ban">"Ban"</h2>
            <details class="disclosure" open=is_this>
                <summary>"Ban from the event"</summary>
                <form class="form" method="post" action="/api/attendees/ban">
                    {hidden}
                    <HiddenField name="back" value="moderation"/>
                    <p>"The event is closed to them: pages, rooms and calls. They can't register or be invited until you lift the ban."</p>
                    <div class="field">
                        <label class="field-label" for="field-ban-reason">"Reason"</label>
                        <p class="field-hint" id="hint-ban-reason">"They read it."</p>
                        <textarea
                            class="input" id="field-ban-reason" name="reason" rows="2" required
                            maxlength=RestrictionReason::MAX_CHARS.to_string() aria-describedby="hint-ban-reason error-ban-reason"
                            inner_html=crate::ui::user_text::textarea_text(&typed)
                        ></textarea>
                        {error.map(|error| view! { <p class="field-error" id="error-ban-reason">{error}</p> })}
                    </div>
                    <BanFields flash=flash.clone()/>
                    <Button kind=ButtonKind::Danger>"Ban from the event"</Button>
                </form>
            </details>
        </section>
    }
    .into_any()
}
