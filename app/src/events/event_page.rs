use domain::Viewer;
use domain::events::{EventFormat, EventStatus, EventVisibility, PrimaryAction};
use leptos::prelude::*;
use services::dates;
use services::events::{self, EventContent, EventHead};
use services::sponsors::{self, ShownTier};
use services::uploads::{self, EventImages};
use services::{ServiceError, Services};

use super::json_ld::JsonLd;
use super::look::{EventLogo, HeadPicture, accent_style};
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
use crate::ui::time::{DateRange, LocalTime};
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
        let Parts { sponsors, images, content } = parts;
        let sessions = if page.not_open_yet { None } else { agenda_in_brief(&services, &head).await? };
        let meta = meta(&head);
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
                                <Action slug=slug.clone() viewer=viewer action=page.action waitlisted=content.waitlisted/>
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
                    <SponsorsInBrief slug=slug tiers=sponsors/>
                    {(!page.not_open_yet).then(|| view! { <Where head=head.clone() is_member=page.role.is_some()/> })}
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
        let sponsors = if head.has_sponsors { sponsors::shown(services, head.id).await? } else { Vec::new() };
        let images =
            uploads::event_images(services, viewer.user(), head.id, head.visibility, head.status).await?;
        Ok(Self { sponsors, images, content: events::content(services, head.id).await? })
    }
}

/// Only what everybody may find is found by search engines.
fn meta(head: &EventHead) -> Head {
    let when = dates::range(head.start_date, head.end_date);
    let meta = Head::new(head.title.clone(), format!("/events/{}", head.slug)).describe(format!(
        "{when}, {}. Hosted by {}.",
        place_line(head),
        head.host_name
    ));
    let is_found = head.visibility == EventVisibility::Public && head.status == EventStatus::Published;
    if is_found { meta } else { meta.noindex() }
}

/// City and country, or "online".
fn place_line(head: &EventHead) -> String {
    let city =
        [&head.venue.city, &head.venue.country].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
    match (head.format, city.is_empty()) {
        (EventFormat::Virtual, _) => "online".to_owned(),
        (EventFormat::InPerson, true) => "in person".to_owned(),
        (EventFormat::InPerson, false) => city,
        (EventFormat::Hybrid, true) => "in person and online".to_owned(),
        (EventFormat::Hybrid, false) => format!("{city} and online"),
    }
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
    let place = place_line(&head);
    let place =
        place.chars().take(1).flat_map(char::to_uppercase).chain(place.chars().skip(1)).collect::<String>();
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
fn Action(slug: String, viewer: Viewer, action: PrimaryAction, waitlisted: i64) -> impl IntoView {
    let open = format!("/events/{slug}/now");
    let waiting = slug.clone();
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
            view! { <p class="event-closed">"Registration opens on "<LocalTime at=at/>"."</p> }.into_any()
        }
        PrimaryAction::JoinWaitlist => register("Join waitlist", Some(waiting_in_words(waitlisted))),
        PrimaryAction::Waiting => view! {
            {reason("You're on the waitlist. We'll write when a seat is free.")}
            <LeaveWaitlistSection slug=waiting/>
        }
        .into_any(),
        PrimaryAction::OpenEvent => view! { <LinkButton href=open>"Open event"</LinkButton> }.into_any(),
        PrimaryAction::NotOpenYet => reason("Not open yet."),
        PrimaryAction::RegistrationClosed => reason("Registration is closed."),
        PrimaryAction::Past => reason("This event has taken place."),
        PrimaryAction::Cancelled => reason("This event is cancelled."),
        PrimaryAction::Nothing => ().into_any(),
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
