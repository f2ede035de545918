use domain::Viewer;
use domain::ids::EventId;
use domain::realtime::Topic;
use leptos::prelude::*;

use super::event_nav::{EventRail, EventTabs};
use super::head::{Head, HeadTags};
use super::header::{FlashMessages, PersonMenu, SkipLink};
use super::manage_nav::ManageNav;
use crate::flash::Flash;
use crate::ui::badge::Badge;
use crate::ui::notice::NoticeKind;

/// What the frame of an event's pages says about the event and the viewer in it.
#[derive(Debug, Clone)]
pub struct EventFrame {
    pub id: EventId,
    pub slug: String,
    pub title: String,
    /// Its days in words.
    pub when: String,
    /// The word for its status; shown unless it is "Published".
    pub status: String,
    /// The word for the viewer's role.
    pub role: String,
    pub can_manage: bool,
    /// Reports and the log are open to them.
    pub can_moderate: bool,
    /// At least one session has a time.
    pub has_sessions: bool,
    /// At least one sponsor is shown.
    pub has_sponsors: bool,
    /// What waits in all rooms; `None` where the page didn't look, and the script asks.
    pub waiting: Option<WaitingInRooms>,
}

/// Over rooms, those that the page shows apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WaitingInRooms {
    pub unread: i64,
    pub mentions: i64,
}

impl EventFrame {
    /// The word for its status, where it says something: nearly every event is published.
    pub(super) fn notable_status(&self) -> Option<String> {
        (self.status != "Published" && !self.status.is_empty()).then(|| self.status.clone())
    }
}

/// Which part of the event area is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventTab {
    Now,
    Agenda,
    Schedule,
    Speakers,
    People,
    Chat,
    Page,
    Sponsors,
    Me,
    Manage,
}

/// The one line under the header; of several reasons the most urgent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Banner {
    pub kind: NoticeKind,
    pub text: String,
}

impl Banner {
    const fn class(&self) -> &'static str {
        match self.kind {
            NoticeKind::Ok => "banner banner-ok",
            NoticeKind::Warn => "banner banner-warn",
            NoticeKind::Danger => "banner banner-danger",
            NoticeKind::Info => "banner banner-info",
        }
    }
}

/// The frame of an event's own area: rail on wide screens, tabs at the bottom on phones.
///
/// `fill` gives `children` the whole height below the header, for pages that scroll in themselves (chat);
/// others scroll with the page and are kept to its measure, or with `wide` to the window's. `children` bring the H1.
#[component]
pub fn EventLayout(
    head: Head,
    viewer: Viewer,
    #[prop(optional)] flash: Flash,
    event: EventFrame,
    current: EventTab,
    #[prop(optional_no_strip)] banner: Option<Banner>,
    #[prop(optional)] fill: bool,
    #[prop(optional)] wide: bool,
    children: Children,
) -> impl IntoView {
    let class = if fill { "event-area event-area-fill" } else { "event-area" };
    let status = event.notable_status();
    let (slug, topic) = (event.slug.clone(), Topic::Event(event.id).to_string());
    let counted = event.waiting.is_some().then_some("");
    let person = viewer.signed_in().ok().cloned();
    let manages = current == EventTab::Manage && (event.can_manage || event.can_moderate);
    let manage_nav = manages.then(|| {
        view! { <ManageNav slug=event.slug.clone() path=head.path.clone() organizes=event.can_manage/> }
    });
    view! {
        <HeadTags head=head.noindex()/>
        <SkipLink/>
        <div class=class data-rooms=slug data-rooms-topic=topic data-rooms-counted=counted>
            <EventRail viewer=viewer event=event.clone() current=current/>
            <div class="event-column">
                <header class="event-top">
                    <a class="event-top-title" href=format!("/events/{}/now", event.slug)>{event.title.clone()}</a>
                    {status.map(|status| view! { <Badge text=status kind=NoticeKind::Warn/> })}
                    {person.map(|person| view! { <PersonMenu person=person/> })}
                </header>
                {banner.map(|banner| view! {
                    <section class=banner.class() aria-label="State of the event"><p>{banner.text.clone()}</p></section>
                })}
                <main class=if wide { "event-main event-main-wide" } else { "event-main" } id="main" tabindex="-1">
                    {manage_nav}
                    <FlashMessages flash=flash/>
                    {children()}
                </main>
            </div>
            <EventTabs event=event.clone() current=current/>
        </div>
    }
    .into_any()
}
