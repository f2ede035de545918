use domain::agenda::StreamingPlatform;
use domain::ids::AgendaSessionId;
use domain::streaming::StageAccess;
use domain::time::Timestamp;
use leptos::prelude::*;
use services::streaming::{self, Player, StageState};

use crate::events::frame;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::button::LinkButton;
use crate::ui::empty::EmptyState;
use crate::ui::time::LocalTime;

/// Where a session is watched or joined. Nothing of a third party is loaded before somebody asks for it: players come
/// with `?play=yes`, behind a link that names whose they are.
#[component]
pub fn StagePage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let session: AgendaSessionId = ssr::param("session")?;
        let page = streaming::stage(&services, viewer.signed_in()?, &slug, session).await?;
        let flash = ssr::take_flash().await?;
        let plays = ssr::query("play").as_deref() == Some("yes");
        let back = format!("/events/{slug}/sessions/{session}");
        let path = format!("{back}/stage");
        let stage = match page.state {
            StageState::None => view! {
                <EmptyState title="This session isn't streamed" text="If it takes place somewhere, its page says where." icon="monitor"/>
            }
            .into_any(),
            StageState::Closed(access) => closed(access, back.clone()),
            StageState::NotConfigured(platform) => not_configured(platform),
            StageState::Open(player) => open(player, &path, &page.title, plays),
        };
        Ok(view! {
            <EventLayout
                head=Head::new(format!("Stage · {} · {}", page.title, page.head.title), path)
                viewer=viewer
                flash=flash
                event=frame(&page.head, page.role, &[])
                current=EventTab::Agenda
            >
                <header class="page-head">
                    <p class="page-kicker"><a href=back>"About this session"</a></p>
                    <h1>{page.title.clone()}</h1>
                </header>
                <section class="stage" aria-label="Stage">{stage}</section>
            </EventLayout>
        }
        .into_any())
    })
}

fn closed(access: StageAccess, session: String) -> AnyView {
    match access {
        StageAccess::NotYet(Some(opens_at)) => view! {
            <div class="empty">
                <p class="empty-title">"The stage isn't open yet"</p>
                <p class="empty-text">"It opens "<LocalTime at=Timestamp::from(opens_at)/>"."</p>
            </div>
        }
        .into_any(),
        StageAccess::NotYet(None) => {
            view! { <EmptyState title="The stage isn't open yet" text="The session has no time yet."/> }
                .into_any()
        }
        StageAccess::SignUpFirst => view! {
            <EmptyState title="This session is for those who signed up">
                <LinkButton href=session>"Sign up on its page"</LinkButton>
            </EmptyState>
        }
        .into_any(),
        StageAccess::Cancelled => view! { <EmptyState title="This session is cancelled"/> }.into_any(),
        StageAccess::Over | StageAccess::Open => {
            view! { <EmptyState title="This session is over" text="There is no recording here."/> }.into_any()
        }
    }
}

fn not_configured(platform: StreamingPlatform) -> AnyView {
    let text = format!(
        "The organization's account at {} is missing. Organizers can put that right.",
        platform.label()
    );
    view! { <EmptyState title="The stream is not configured" text=text icon="circle-alert"/> }.into_any()
}

fn open(player: Player, path: &str, title: &str, plays: bool) -> AnyView {
    match player {
        Player::Vimeo { address } => framed("Vimeo", "https://player.vimeo.com", address, path, title, plays),
        Player::Mux { address } => framed("Mux", "https://player.mux.com", address, path, title, plays),
        Player::Zoom { link, passcode } => view! {
            {leaves("Zoom", link)}
            {passcode.map(|passcode| view! {
                <p class="stage-passcode">"Passcode: "<strong>{passcode}</strong></p>
            })}
        }
        .into_any(),
        Player::Jitsi { link } => leaves("Jitsi on 8x8.vc", link),
        Player::Other { link } => {
            let host = link.trim_start_matches("https://").split(['/', '?', '#']).next().unwrap_or_default();
            leaves(host, link.clone())
        }
    }
}

/// Plays inside the page, which allows this one origin in its frames, and only now.
fn framed(
    name: &'static str,
    origin: &'static str,
    address: String,
    path: &str,
    title: &str,
    plays: bool,
) -> AnyView {
    if !plays {
        return view! {
            <div class="empty">
                <p class="empty-title">"Ready when you are"</p>
                <p class="empty-text">{format!("The player comes from {name}, which learns that you watch.")}</p>
                <div class="empty-action">
                    <LinkButton href=format!("{path}?play=yes") icon="monitor">{format!("Play with {name}")}</LinkButton>
                </div>
            </div>
        }
        .into_any();
    }
    ssr::allow_frames_of(origin);
    view! {
        <iframe
            class="stage-player" src=address title=format!("{title}, played by {name}")
            allow="autoplay; fullscreen; picture-in-picture" allowfullscreen=true
            referrerpolicy="strict-origin-when-cross-origin"
        ></iframe>
    }
    .into_any()
}

fn leaves(name: &str, link: String) -> AnyView {
    view! {
        <div class="empty">
            <p class="empty-title">{format!("It takes place on {name}")}</p>
            <p class="empty-text">{format!("The button leads there; {name} learns that you join.")}</p>
            <div class="empty-action">
                <a class="button button-primary" href=link rel="noopener noreferrer" target="_blank">
                    <span class="button-text">{format!("Join on {name}")}</span>
                </a>
            </div>
        </div>
    }
    .into_any()
}
