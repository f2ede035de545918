//! The HTML document around every page.

use http::request::Parts;
use leptos::hydration::{AutoReload, HydrationScripts};
use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};

use crate::layouts::{Dock, dock_stands_at};
use crate::routes::{self, Routed};
use crate::ssr::{self, Site};

/// Renders the document. Pages without islands get no WASM and no hydration data.
#[expect(clippy::needless_pass_by_value, reason = "Leptos hands the options over")]
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let live = routes::is_live(&ssr::path());
    if !live {
        // Every render starts as "hydrating"; only HydrationScripts switches that off by itself.
        if let Some(shared) = Owner::current_shared_context() {
            shared.set_is_hydrating(false);
        }
    }
    let assets = use_context::<Site>().map(|site| site.assets);
    let css = assets.as_ref().map(|assets| format!("/pkg/{}", assets.css));
    let page_js = assets.as_ref().map(|assets| format!("/pkg/{}", assets.page_js));
    let ends = ssr::extension::<SessionEnds>();
    let docked = ssr::viewer().user().filter(|_| dock_stands_at(&ssr::path()));
    let renew = ssr::extension::<RenewalDue>().is_some().then_some("");
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme() data-renew=renew>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="icon" href="/favicon.png" type="image/png" sizes="48x48"/>
                <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <link rel="stylesheet" href=css/>
                <script src=page_js defer></script>
                <AutoReload options=options.clone()/>
                {live.then(|| view! { <HydrationScripts options=options.clone() islands=true/> })}
                <MetaTags/>
            </head>
            <body>
                <App/>
                {docked.map(|person| view! { <Dock person=person/> })}
                {ends.map(|ends| view! { <SessionWarning ends=ends/> })}
            </body>
        </html>
    }
}

/// Present in a request of somebody signed in: when their login session ends unless they go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionEnds {
    pub in_seconds: i64,
    /// It can't be made longer any more.
    pub is_final: bool,
}

/// Hidden until two minutes before the end, where `page.js` shows what is true by then.
#[component]
fn SessionWarning(ends: SessionEnds) -> impl IntoView {
    let when = if ends.is_final { "final" } else { "soon" };
    view! {
        <div
            class="session-warning" role="alert" hidden=true data-session-warning=when
            data-seconds=ends.in_seconds.to_string()
        >
            <p hidden=true data-when="soon">"You will be signed out in two minutes, because nothing happened here for a while."</p>
            <p hidden=true data-when="final">
                "You will be signed out in two minutes: a sign-in lasts 30 days. Save what you have typed."
            </p>
            <p hidden=true data-when="over">
                "You are signed out. Send what you have typed: it is kept while you sign in again."
            </p>
            <button class="button button-secondary button-small" type="button" hidden=true data-when="soon">
                "Stay signed in"
            </button>
        </div>
    }
}

/// Present in a request whose session id is due for rotation; the page's script renews it.
#[derive(Debug, Clone, Copy)]
pub struct RenewalDue;

/// The theme chosen on this device, from its cookie, so that nothing flashes.
fn theme() -> Option<&'static str> {
    let parts = use_context::<Parts>()?;
    let cookies = parts.headers.get(http::header::COOKIE)?.to_str().ok()?;
    cookies.split(';').find_map(|cookie| match cookie.trim() {
        "theme=light" => Some("light"),
        "theme=dark" => Some("dark"),
        _ => None,
    })
}

/// The pages and their meta tags.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! { <Routed/> }
}
