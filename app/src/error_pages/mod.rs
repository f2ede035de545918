//! Pages for what went wrong, in the look of all others. Each says what to do next.

#![expect(clippy::needless_pass_by_value, reason = "components own their props")]

use std::sync::Arc;

use domain::{AppError, Viewer};
use leptos::prelude::*;

use crate::layouts::{Head, PublicLayout};
use crate::ssr;
use crate::ui::button::{ButtonKind, LinkButton};

/// What one kind of failure says: a heading, and where to go on.
struct Words {
    heading: &'static str,
    action: (&'static str, &'static str),
}

fn words(error: &AppError) -> Words {
    let (heading, action) = match error {
        AppError::Unauthenticated(_) => ("Sign in to go on", ("Sign in", "/signin")),
        AppError::Denied(_) => ("That isn't open to you", ("Go home", "/home")),
        AppError::NotFound | AppError::NoSuchPage { .. } => ("Nothing here", ("Find an event", "/events")),
        AppError::Conflict(_) => ("That can't be done now", ("Go home", "/home")),
        AppError::Gone(_) => ("This link doesn't work", ("Sign in", "/signin")),
        AppError::Invalid(_) => ("Something in this address doesn't fit", ("Find an event", "/events")),
        AppError::TooMany { .. } => ("One moment", ("Go home", "/home")),
        AppError::Busy => ("Busy right now", ("Try again", "")),
        AppError::Internal(_) => ("That's on us", ("Go home", "/home")),
    };
    Words { heading, action }
}

/// What the person reads. Of an address that doesn't fit, what is wrong with it: there are no fields to mark.
fn sentence(error: &AppError) -> String {
    let first = match error {
        AppError::Invalid(errors) => errors.iter().next().map(|(_, message)| message.to_owned()),
        AppError::Unauthenticated(_)
        | AppError::Denied(_)
        | AppError::NotFound
        | AppError::NoSuchPage { .. }
        | AppError::Conflict(_)
        | AppError::Gone(_)
        | AppError::TooMany { .. }
        | AppError::Busy
        | AppError::Internal(_) => None,
    };
    first.unwrap_or_else(|| error.to_string())
}

/// The way back: people who are signed in have a home, others the start page.
fn way_back(viewer: &Viewer) -> (&'static str, &'static str) {
    match viewer {
        Viewer::SignedIn(_) => ("Go home", "/home"),
        Viewer::Anonymous => ("To the start page", "/"),
    }
}

/// A failure as a page of its own. Sets no status: the caller does.
#[component]
pub fn ErrorPage(error: AppError) -> impl IntoView {
    let Words { heading, action: (label, href) } = words(&error);
    let request_id = (error.status() >= 500).then(ssr::request_id).flatten();
    view! {
        <Message
            code=error.status().to_string()
            heading=heading
            text=sentence(&error)
            label=label
            href=href
            request_id=request_id
        />
    }
}

/// For addresses that no page has; sets 404.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    ssr::set_status(&AppError::NotFound);
    view! { <ErrorPage error=AppError::NotFound/> }
}

/// What installed and cached pages show without a network.
#[component]
pub fn OfflinePage() -> impl IntoView {
    view! {
        <Message
            code="Offline"
            heading="No connection"
            text="This page needs the network. What you typed in a room is kept on this device and is sent when you're back."
            label="Try again"
            href=""
            request_id=None
        />
    }
}

/// One failure in a page: large code, a heading, a sentence, one way on. An empty `href` is this very page.
#[component]
fn Message(
    #[prop(into)] code: String,
    heading: &'static str,
    #[prop(into)] text: String,
    label: &'static str,
    href: &'static str,
    request_id: Option<Arc<str>>,
) -> impl IntoView {
    let viewer = ssr::viewer();
    let (back_label, back_href) = way_back(&viewer);
    view! {
        <PublicLayout head=Head::new(heading, ssr::path()).noindex() viewer=viewer>
            <div class="wrap error-page">
                <p class="error-code" aria-hidden="true">{code}</p>
                <h1>{heading}</h1>
                <p class="lead">{text}</p>
                <p class="error-actions">
                    <LinkButton href=href>{label}</LinkButton>
                    {(href != back_href).then(|| view! {
                        <LinkButton href=back_href kind=ButtonKind::Quiet>{back_label}</LinkButton>
                    })}
                </p>
                {request_id.map(|id| view! { <p class="error-request">"Request "<code>{id.to_string()}</code></p> })}
            </div>
        </PublicLayout>
    }
}
