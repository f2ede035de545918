use domain::Viewer;
use domain::events::{EventFormat, EventStatus, EventVisibility, PrimaryAction, Programme};
use domain::text::capitalized;
use leptos::prelude::*;
use services::agenda::{self, Brief};
use services::dates;
use services::events::{self, EventContent, EventHead};
use services::sponsors::{self, ShownTier};
use services::time_zones::TimeZoneName;
use services::uploads::{self, EventImages};
use services::{ServiceError, Services};

use super::json_ld::JsonLd;
use super::keep::KeepSection;
use super::look::{EventLogo, HeadPicture, accent_style};
use super::opening::RegistrationOpening;
use super::sections::{ClosingSections, WelcomeSections};
use crate::agenda::agenda_in_brief;
use crate::attendees::LeaveWaitlistSection;
use crate::layouts::{Head, PublicLayout};
use crate::sponsors::SponsorsInBrief;
use crate::ssr;
use crate::ui::button::{Button, LinkButton};
use crate::ui::field::HiddenField;
use crate::ui::form::Form;
use crate::ui::icon::Icon;
use crate::ui::markdown::Markdown;
use crate::ui::notice::{Notice, NoticeKind};
use crate::ui::time::DateRange;
use crate::ui::user_text::Paragraphs;

/// The page everybody sees: what, when, where, and one action by state.
#[component]
pub fn EventPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let page = events::open(&services, &viewer, &slug).await?;
        let flash = ssr::take_flash().await?;
        let head = page.head;
        let parts = Parts::load(&services, &viewer, &head, page.not_open_yet).await?;
        let Parts { sponsors, images, content, brief } = parts;
        let action = page.action.in_programme(&programme(&head, brief.as_ref()));
        let sessions = brief.map(|brief| agenda_in_brief(&services, &head, brief)).transpose()?;
        let meta = meta(&head);
        let line = Line { length: content.waitlisted, place: content.place_in_line };
        let is_listed = head.visibility == EventVisibility::Public && head.status != EventStatus::Draft;
        let description = head.description.clone().filter(|_| !page.not_open_yet);
        Ok(view! {
            <PublicLayout head=meta viewer=viewer.clone() flash=flash>
                <article class="event">
                    {accent_style(head.accent)}
                    {is_listed.then(|| view! { <JsonLd head=head.clone()/> })}
                    <HeadPicture images=images.clone()/>
                    <header class="event-hero">
                        <div class="wrap event-hero-row">
                            <div class="event-hero-text">
                                <StatusNotice status=head.status reason=head.cancel_reason.clone()/>
                                <EventLogo images=images/>
                                <p class="page-kicker">{head.host_name.clone()}" invites"</p>
                                <h1>{head.title.clone()}</h1>
                                {head.hero_text.clone().filter(|_| !page.not_open_yet).map(|text| view! { <p class="lead">{text}</p> })}
                                <Facts head=head.clone() with_place=!page.not_open_yet/>
                            </div>
                            <div class="event-hero-action">
                                <Action
                                    slug=slug.clone() viewer=viewer action=action line=line format=head.format
                                    zone=TimeZoneName::parse(&head.time_zone).ok()
                                />
                            </div>
                        </div>
                    </header>
                    <WelcomeSections content=content.clone()/>
                    {description.map(|text| view! {
                        <section class="wrap section" aria-labelledby="about">
                            <h2 id="about">"About"</h2>
                            <Markdown text=text under=2/>
                        </section>
                    })}
                    {sessions}
                    <SponsorsInBrief slug=slug.clone() tiers=sponsors/>
                    {(!page.not_open_yet).then(|| view! {
                        <Where head=head.clone() is_member=page.role.is_some()/>
                        <KeepSection
                            calendar=format!("/events/{slug}/calendar.ics")
                            shared=is_listed.then(|| format!("{}/events/{slug}", ssr::public_url()))
                        />
                    })}
                    <ClosingSections content=content/>
                </article>
            </PublicLayout>
        }
        .into_any())
    })
}

/// What a page shows beside the head of the event; nothing where it is not open yet.
#[derive(Default)]
struct Parts {
    sponsors: Vec<ShownTier>,
    images: EventImages,
    content: EventContent,
    brief: Option<Brief>,
}

impl Parts {
    async fn load(
        services: &Services,
        viewer: &Viewer,
        head: &EventHead,
        not_open_yet: bool,
    ) -> Result<Self, ServiceError> {
        if not_open_yet {
            return Ok(Self::default());
        }
        let (user, event) = (viewer.user(), head.id);
        let (images, logos) =
            uploads::event_pictures(services, user, event, head.visibility, head.status).await?;
        let sponsors =
            if head.has_sponsors { sponsors::shown(services, event, &logos).await? } else { Vec::new() };
        let content = events::content(services, viewer.user(), head.id).await?;
        let brief = if head.has_sessions { Some(agenda::brief(services, head).await?) } else { None };
        Ok(Self { sponsors, images, content, brief })
    }
}

fn programme(head: &EventHead, brief: Option<&Brief>) -> Programme {
    Programme {
        status: head.status,
        is_past: head.is_past,
        has_sessions: head.has_sessions,
        live: brief.and_then(Brief::live),
        main: head.main_session,
    }
}

/// The waitlist, as somebody sees it.
#[derive(Debug, Clone, Copy)]
struct Line {
    length: i64,
    /// Their own place, from 1.
    place: Option<i64>,
}

/// Only what everybody may find is found by search engines.
fn meta(head: &EventHead) -> Head {
    let when = dates::range(head.start_date, head.end_date);
    let meta = Head::new(head.title.clone(), format!("/events/{}", head.slug)).describe(format!(
        "{when}, {}. Hosted by {}.",
        head.place_in_words(),
        head.host_name
    ));
    let is_found = head.visibility == EventVisibility::Public && head.status == EventStatus::Published;
    let meta = meta.shown_by(share_picture(head));
    if is_found { meta } else { meta.noindex() }
}

/// The picture that link previews show, of an event that everybody may open.
pub fn share_picture(head: &EventHead) -> Option<String> {
    let is_public = head.visibility == EventVisibility::Public && head.status != EventStatus::Draft;
    is_public.then(|| format!("/events/{}/og.png", head.slug))
}

#[component]
fn StatusNotice(status: EventStatus, reason: Option<String>) -> impl IntoView {
    match status {
        EventStatus::Draft => Some(
            view! { <Notice kind=NoticeKind::Warn>"This event is a draft. Only its organizers and speakers see it."</Notice> }.into_any(),
        ),
        EventStatus::Cancelled => {
            Some(view! {
                <Notice kind=NoticeKind::Warn>"This event is cancelled. "{reason.unwrap_or_default()}</Notice>
            }.into_any())
        }
        EventStatus::Archived => Some(view! { <Notice kind=NoticeKind::Warn>"This event is over."</Notice> }.into_any()),
        EventStatus::Published | EventStatus::Deleted => None,
    }
}

#[component]
fn Facts(head: EventHead, with_place: bool) -> impl IntoView {
    let place = capitalized(&head.place_in_words());
    view! {
        <ul class="facts" role="list">
            <li class="fact">
                <Icon name="calendar"/>
                <span>
                    <DateRange start=head.start_date end=head.end_date/>
                    <span class="meta">{head.zone_in_words}</span>
                </span>
            </li>
            {with_place.then(|| view! {
                <li class="fact">
                    <Icon name=if head.format == EventFormat::Virtual { "globe" } else { "map-pin" }/>
                    <span>{place}</span>
                </li>
            })}
        </ul>
    }
}

/// The one primary action; its words say what happens.
#[component]
fn Action(
    slug: String,
    viewer: Viewer,
    action: PrimaryAction,
    line: Line,
    format: EventFormat,
    zone: Option<TimeZoneName>,
) -> impl IntoView {
    let path = format!("/events/{slug}");
    let waiting = slug.clone();
    let member = move |label: &'static str, page: String| {
        let is_now = page == "now";
        view! {
            <LinkButton href=format!("{path}/{page}")>{label}</LinkButton>
            {(!is_now).then(|| view! { <p class="meta"><a href=format!("{path}/now")>"Open event"</a></p> })}
        }
        .into_any()
    };
    let register = move |label: &'static str, note: Option<String>| {
        view! {
            <Form action="/api/events/register">
                <HiddenField name="event" value=slug.clone()/>
                <Button>{label}</Button>
            </Form>
            {(viewer == Viewer::Anonymous)
                .then(|| view! { <p class="meta">"You sign in or sign up first, then you're back here."</p> })}
            {note.map(|note| view! { <p class="meta">{note}</p> })}
        }
        .into_any()
    };
    let reason = |text: &'static str| view! { <p class="event-closed">{text}</p> }.into_any();
    match action {
        PrimaryAction::Register { seats_left } => register("Register", seats_left.map(seats_in_words)),
        PrimaryAction::RegistrationOpens(at) => {
            view! { <RegistrationOpening at=at zone=zone/> }.into_any()
        }
        PrimaryAction::JoinWaitlist => register("Join waitlist", Some(waiting_in_words(line.length))),
        PrimaryAction::Waiting => view! {
            <p class="event-closed">{place_in_words(line)}" We'll write when a seat is free."</p>
            <LeaveWaitlistSection slug=waiting/>
        }
        .into_any(),
        PrimaryAction::MySchedule => member("My schedule", "agenda?mine=yes".to_owned()),
        PrimaryAction::MainSession(session) => member("Open session", format!("sessions/{session}")),
        PrimaryAction::WatchLive(session) => {
            let label = if format == EventFormat::InPerson { "Happening now" } else { "Watch live" };
            member(label, format!("sessions/{session}"))
        }
        PrimaryAction::Recap => member("Recap", "now".to_owned()),
        PrimaryAction::OpenEvent => member("Open event", "now".to_owned()),
        PrimaryAction::NotOpenYet => reason("Not open yet."),
        PrimaryAction::RegistrationClosed => reason("Registration is closed."),
        PrimaryAction::Past => reason("This event has taken place."),
        PrimaryAction::Cancelled => reason("This event is cancelled."),
        PrimaryAction::Banned => view! {
            <p class="event-closed">"You were banned from this event. The reason is among your "<a href="/notifications">"notifications"</a>"."</p>
        }
        .into_any(),
    }
}

fn place_in_words(line: Line) -> String {
    match line.place {
        Some(1) => "You're the first on the waitlist.".to_owned(),
        Some(place) => format!("You're number {place} of {} on the waitlist.", line.length),
        None => "You're on the waitlist.".to_owned(),
    }
}

fn waiting_in_words(waitlisted: i64) -> String {
    match waitlisted {
        0 => "All seats are taken. You would be the first to get a free one.".to_owned(),
        1 => "All seats are taken, and one person waits.".to_owned(),
        count => format!("All seats are taken, and {count} people wait."),
    }
}

fn seats_in_words(left: i64) -> String {
    match left {
        1 => "One seat left.".to_owned(),
        left => format!("{left} seats left."),
    }
}

/// Venue and, for members only, how to join online; nothing where neither is known.
#[component]
fn Where(head: EventHead, is_member: bool) -> impl IntoView {
    let online_note = head.online_note.filter(|_| is_member);
    let venue = head.venue;
    let lines: Vec<String> = [venue.name, venue.address, venue.city, venue.region, venue.country]
        .into_iter()
        .flatten()
        .filter(|_| head.format.has_venue())
        .collect();
    let has_content = !lines.is_empty() || online_note.is_some();
    has_content.then(|| {
        view! {
            <section class="wrap section" aria-labelledby="where">
                <h2 id="where">"Where"</h2>
                {(!lines.is_empty()).then(|| view! {
                    <address class="venue">
                        {lines.into_iter().map(|line| view! { <span>{line}</span> }).collect_view()}
                    </address>
                })}
                {online_note.map(|note| view! { <Paragraphs text=note/> })}
            </section>
        }
    })
}
