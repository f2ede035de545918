use domain::accounts::tint;
use domain::agenda::SessionKind;
use leptos::prelude::*;
use services::agenda::{self, AgendaSession, Brief, BriefSpeaker, Meanwhile};
use services::attending::OwnChoices;
use services::events::EventHead;
use services::time_zones::TimeZoneName;
use services::uploads::AvatarPixels;
use services::{ServiceError, Services};
use time::Date;

use super::by_day::AgendaByDay;
use super::session_card::SessionTime;
use super::zone::ShownZone;
use crate::attending::StarButton;
use crate::ssr;
use crate::ui::avatar::{Avatar, AvatarSize};

/// Speakers the page of an event shows; the others are one click away.
const SPEAKERS: usize = 12;

/// What is on now and next, who speaks, and the days, for an event's public page.
///
/// # Errors
/// As [`agenda::zone_of`].
pub fn agenda_in_brief(services: &Services, head: &EventHead, brief: Brief) -> Result<AnyView, ServiceError> {
    let Brief { meanwhile, speakers, days, more } = brief;
    let zone = agenda::zone_of(head)?;
    let now = services.clock.now();
    let today = zone.date_at(now);
    let slug = head.slug.clone();
    let meanwhile = if head.is_ongoing { meanwhile } else { Meanwhile::default() };
    let view = view! {
        <div class="wrap">
            <HappeningNow slug=slug.clone() meanwhile=meanwhile own=None zone=zone.clone() today=today/>
            <SpeakersInBrief slug=slug.clone() speakers=speakers/>
            <AgendaByDay slug=slug days=days more=more zone=zone now=now/>
        </div>
    };
    Ok(view.into_any())
}

#[component]
fn SpeakersInBrief(slug: String, speakers: Vec<BriefSpeaker>) -> impl IntoView {
    let count = speakers.len();
    let faces = speakers
        .into_iter()
        .take(SPEAKERS)
        .map(|BriefSpeaker { speaker, session }| {
            let href = format!("/events/{slug}/speakers/{}", speaker.user);
            let picture = ssr::avatar(speaker.avatar, AvatarPixels::Small);
            view! {
                <li class="face">
                    <Avatar name=speaker.full_name.clone() tint=tint(speaker.user) size=AvatarSize::Medium picture=picture/>
                    <div class="row-body">
                        <a class="row-title" href=href>{speaker.full_name}</a>
                        <p class="meta">{session}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    let all =
        if count > SPEAKERS { format!("All {count} speakers") } else { "More about the speakers".to_owned() };
    (count > 0).then(|| {
        view! {
            <section class="section" aria-labelledby="speakers">
                <h2 id="speakers">"Speakers"</h2>
                <ul class="faces" role="list">{faces}</ul>
                <p><a href=format!("/events/{slug}/speakers")>{all}</a></p>
            </section>
        }
    })
}

/// The star of a session in a list on the event's start page.
#[component]
pub fn OwnStar(slug: String, session: AgendaSession, own: OwnChoices) -> impl IntoView {
    let is_starred = own.starred.contains(&session.id);
    (session.kind != SessionKind::Break || is_starred).then(|| {
        let next = format!("/events/{slug}/now");
        view! {
            <div class="row-end">
                <StarButton event=slug session=session.id title=session.title is_starred=is_starred next=next/>
            </div>
        }
    })
}

/// What is on now and next, for the pages of an event; nothing where there is neither. With the viewer's `own` choices
/// each has its star.
#[component]
pub fn HappeningNow(
    slug: String,
    meanwhile: Meanwhile,
    #[prop(into)] own: Option<OwnChoices>,
    zone: TimeZoneName,
    today: Date,
) -> impl IntoView {
    let zone = ShownZone::of_event(&zone, today);
    let is_any = !meanwhile.now.is_empty() || !meanwhile.next.is_empty();
    let list = |heading: &'static str, id: &'static str, sessions: Vec<AgendaSession>| {
        (!sessions.is_empty()).then(|| {
            let rows = sessions
                .into_iter()
                .map(|session| {
                    let href = format!("/events/{slug}/sessions/{}", session.id);
                    let room = session.room.clone().map(|room| format!(" · {}", room.name));
                    let star = own.clone().map(|own| {
                        view! { <OwnStar slug=slug.clone() session=session.clone() own=own/> }
                    });
                    view! {
                        <li class="row">
                            <div class="row-body">
                                <a class="row-title" href=href>{session.title.clone()}</a>
                                <p class="meta"><SessionTime session=session day=today zone=zone.clone()/>{room}</p>
                            </div>
                            {star}
                        </li>
                    }
                })
                .collect_view();
            view! {
                <div class="meanwhile-part">
                    <h3 id=id>{heading}</h3>
                    <ul class="rows" role="list" aria-labelledby=id>{rows}</ul>
                </div>
            }
        })
    };
    let now = list("On now", "on-now", meanwhile.now);
    let next = list("Next", "on-next", meanwhile.next);
    is_any.then(|| {
        view! {
            <section class="section meanwhile" aria-labelledby="meanwhile">
                <h2 id="meanwhile">"Sessions"</h2>
                {now}{next}
                <p><a href=format!("/events/{slug}/agenda")>"The whole agenda"</a></p>
            </section>
        }
    })
}
