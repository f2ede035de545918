use domain::accounts::tint;
use domain::ids::UserId;
use leptos::prelude::*;
use services::agenda::{self, DirectoryEntry, SpokenSession};
use services::attending::{self, OwnChoices};
use services::dates;
use services::time_zones::TimeZoneName;
use services::uploads::AvatarPixels;

use super::public_frame::AgendaFrame;
use super::zone::{ShownZone, clock_on};
use crate::accounts::ProfileCard;
use crate::attending::{StarButton, kept_stars};
use crate::layouts::{EventTab, Head};
use crate::ssr;
use crate::ui::avatar::{Avatar, AvatarSize};
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::empty::EmptyState;

/// Everybody with a part in the agenda, by last name; `?q=` searches.
#[component]
pub fn SpeakersPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let search = ssr::query("q").unwrap_or_default();
        let page = agenda::speakers_directory(&services, &viewer, &slug, &search).await?;
        let own = attending::own_choices(&services, &viewer, page.head.id, &kept_stars(&services)).await?;
        let back = ssr::address();
        let flash = ssr::take_flash().await?;
        let path = format!("/events/{slug}/speakers");
        let has_searched = !search.trim().is_empty();
        let is_empty = page.speakers.is_empty();
        let meta = Head::new(format!("Speakers · {}", page.head.title), path.clone())
            .describe(format!("Who speaks at {}.", page.head.title));
        let rows = page.speakers.into_iter().map(|entry| row(&slug, entry, &own, &back)).collect_view();
        let cleared = path.clone();
        Ok(view! {
            <AgendaFrame
                meta=meta viewer=viewer flash=flash head=page.head role=page.role current=EventTab::Speakers
            >
                <header class="page-head"><h1>"Speakers"</h1></header>
                <form class="form-line" method="get" action=path autocomplete="off">
                    <label for="speaker-search">"Name, title or company"</label>
                    <input class="input" id="speaker-search" name="q" type="search" maxlength="200" value=search/>
                    <Button kind=ButtonKind::Secondary icon="search">"Search"</Button>
                </form>
                {(is_empty && !has_searched).then(|| view! {
                    <EmptyState title="No speakers yet" text="Those who have a part in a session will stand here." icon="mic"/>
                })}
                {(is_empty && has_searched).then(|| view! {
                    <EmptyState title="Nobody fits" text="Search for other words." icon="search">
                        <LinkButton href=cleared kind=ButtonKind::Secondary>"Show all speakers"</LinkButton>
                    </EmptyState>
                })}
                <ul class="rows speaker-rows" role="list">{rows}</ul>
            </AgendaFrame>
        }
        .into_any())
    })
}

fn row(slug: &str, entry: DirectoryEntry, own: &OwnChoices, back: &str) -> impl IntoView + use<> {
    let profile = entry.profile;
    let work: Vec<String> = [profile.title, profile.company].into_iter().flatten().collect();
    let picture = ssr::avatar(profile.avatar, AvatarPixels::Small);
    let sessions = entry
        .sessions
        .into_iter()
        .map(|session| {
            let href = format!("/events/{slug}/sessions/{}", session.id);
            let star = star(slug, &session, own, back);
            view! { <li><a href=href>{session.title}</a>{star}</li> }
        })
        .collect_view();
    view! {
        <li class="row">
            <Avatar name=profile.full_name.clone() tint=tint(profile.user) size=AvatarSize::Medium picture=picture/>
            <div class="row-body">
                <a class="row-title" href=format!("/events/{slug}/speakers/{}", profile.user)>{profile.full_name}</a>
                {(!work.is_empty()).then(|| view! { <p class="meta">{work.join(", ")}</p> })}
                <ul class="speaker-sessions">{sessions}</ul>
            </div>
        </li>
    }
}

fn star(slug: &str, session: &SpokenSession, own: &OwnChoices, back: &str) -> impl IntoView + use<> {
    view! {
        <StarButton
            event=slug.to_owned() session=session.id title=session.title.clone()
            is_starred=own.starred.contains(&session.id) next=back.to_owned()
        />
    }
}

/// One speaker with their sessions.
#[component]
pub fn SpeakerPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let speaker: UserId = ssr::param("speaker")?;
        let page = agenda::open_speaker(&services, &viewer, &slug, speaker).await?;
        let own = attending::own_choices(&services, &viewer, page.head.id, &kept_stars(&services)).await?;
        let flash = ssr::take_flash().await?;
        let name = page.speaker.profile.full_name.clone();
        let meta = Head::new(
            format!("{name} · Speakers · {}", page.head.title),
            format!("/events/{slug}/speakers/{speaker}"),
        );
        let sessions = sessions(&slug, &page.speaker, &page.zone, &own);
        let is_member = page.role.is_some();
        Ok(view! {
            <AgendaFrame
                meta=meta viewer=viewer flash=flash head=page.head role=page.role current=EventTab::Speakers
            >
                <header class="page-head">
                    <p class="page-kicker"><a href=format!("/events/{slug}/speakers")>"Speakers"</a></p>
                    <h1>{name}</h1>
                </header>
                <ProfileCard shown=page.speaker.profile.clone()/>
                {is_member.then(|| view! {
                    <p><LinkButton href=format!("/events/{slug}/people/{speaker}") kind=ButtonKind::Secondary icon="users">"Profile and connecting"</LinkButton></p>
                })}
                <section class="section" aria-labelledby="sessions">
                    <h2 id="sessions">"Sessions"</h2>
                    <ul class="rows" role="list">{sessions}</ul>
                </section>
            </AgendaFrame>
        }
        .into_any())
    })
}

fn sessions(
    slug: &str,
    entry: &DirectoryEntry,
    zone: &TimeZoneName,
    own: &OwnChoices,
) -> impl IntoView + use<> {
    let back = format!("/events/{slug}/speakers/{}", entry.profile.user);
    entry
        .sessions
        .iter()
        .map(|session| {
            let href = format!("/events/{slug}/sessions/{}", session.id);
            let when = session.times.map(|times| {
                let shown = ShownZone::of_event(zone, zone.date_at(times.starts_at()));
                let local = shown.local_times(times);
                let day = local.start.date();
                format!(
                    "{}, {} – {}",
                    dates::range(day, day),
                    clock_on(local.start, day),
                    clock_on(local.end, day)
                )
            });
            view! {
                <li class="row">
                    <div class="row-body">
                        <a class="row-title" href=href>{session.title.clone()}</a>
                        <p class="meta">{when}" · "{session.role.label()}</p>
                    </div>
                    <div class="row-end">{star(slug, session, own, &back)}</div>
                </li>
            }
        })
        .collect_view()
}
