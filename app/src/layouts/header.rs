use domain::notifications::Waiting;
use domain::{AppError, SignedIn, Viewer};
use leptos::prelude::*;
use services::uploads::AvatarPixels;

use crate::flash::Flash;
use crate::ssr;
use crate::ui::avatar::Avatar;
use crate::ui::badge::LiveCount;
use crate::ui::icon::Icon;
use crate::ui::notice::{Notice, NoticeKind};
use crate::ui::toast::Toast;

/// Where the sign-out form posts to: the path of `accounts::SignOut`.
const SIGN_OUT: &str = "/api/accounts/sign_out";

/// The first thing a keyboard reaches: jumps over the header.
#[component]
pub(super) fn SkipLink() -> impl IntoView {
    view! { <a class="skip-link" href="#main">"Skip to content"</a> }
}

/// The name of the product as a link to the landing page, or home for people who are signed in.
#[component]
pub(super) fn Wordmark(#[prop(default = "/")] href: &'static str) -> impl IntoView {
    view! {
        <a class="wordmark" href=href>
            <svg class="wordmark-sign" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
                <path d="M3 21V11a9 9 0 0 1 18 0v10"/>
                <path d="M8 21V12a4 4 0 0 1 8 0v9"/>
            </svg>
            <span>"Atria"</span>
        </a>
    }
    .into_any()
}

/// Wordmark, the way to events, and signing in or the person's own menu.
#[component]
pub(super) fn SiteHeader(viewer: Viewer) -> impl IntoView {
    let (home, person) = match viewer {
        Viewer::Anonymous => ("/", view! { <SignInLinks/> }.into_any()),
        Viewer::SignedIn(person) => ("/home", view! { <PersonMenu person=person/> }.into_any()),
    };
    view! {
        <header class="site-header">
            <div class="site-header-row">
                <Wordmark href=home/>
                <nav class="site-nav" aria-label="Main">
                    <a class="site-nav-link" href="/events">"Find an event"</a>
                </nav>
                {person}
            </div>
        </header>
    }
    .into_any()
}

#[component]
fn SignInLinks() -> impl IntoView {
    // Back to where one was; the start page has nothing to come back to.
    let sign_in = match ssr::path().as_str() {
        "/" | "/signup" | "/signup/sent" => "/signin".to_owned(),
        _ => ssr::sign_in_path(&ssr::address()),
    };
    view! {
        <div class="site-account">
            <a class="site-nav-link" href=sign_in>"Sign in"</a>
            <a class="button button-secondary button-small" href="/signup">"Sign up"</a>
        </div>
    }
    .into_any()
}

/// The ways to news and messages, and the person's own menu: a disclosure that works without scripts. `page.js` closes it
/// on Escape and outside clicks.
#[component]
pub(super) fn PersonMenu(person: SignedIn) -> impl IntoView {
    let tint = domain::accounts::tint(person.user);
    let picture = ssr::avatar(person.avatar, AvatarPixels::Small);
    let name = person.full_name;
    let Waiting { news, messages, requests } = ssr::extension::<Waiting>().unwrap_or_default();
    let connections = if requests > 0 { "/connections?list=received" } else { "/connections" };
    let menu_name = format!("Your menu, {name}");
    let menu_label = match requests {
        0 => menu_name.clone(),
        1 => format!("{menu_name}, 1 request"),
        100.. => format!("{menu_name}, 99+ requests"),
        requests => format!("{menu_name}, {requests} requests"),
    };
    view! {
        <a class="icon-button inbox-link" href="/notifications">
            <Icon name="bell" label="Notifications"/>
            <LiveCount of="news" words="unread" count=news/>
        </a>
        <a class="icon-button inbox-link" href="/inbox">
            <Icon name="mail" label="Messages"/>
            <LiveCount of="messages" words="unread" count=messages/>
        </a>
        <details class="menu" data-menu="">
            <summary class="menu-opener" aria-label=menu_label data-menu-name=menu_name>
                <Avatar name=name.clone() tint=tint picture=picture/>
                <LiveCount of="requests" words="waiting" count=requests/>
                <span class="menu-name">{name.clone()}</span>
                <Icon name="chevron-down" size=16/>
            </summary>
            <div class="menu-sheet">
                <p class="menu-head">{name}</p>
                <a class="menu-item" href="/home"><Icon name="house"/>"Home"</a>
                <a class="menu-item" href="/events"><Icon name="search"/>"Find an event"</a>
                <a class="menu-item" href=connections>
                    <Icon name="users"/>"Connections"<LiveCount of="requests" words="waiting" count=requests/>
                </a>
                <a class="menu-item" href="/settings/profile"><Icon name="user"/>"Profile"</a>
                <a class="menu-item" href="/settings/security"><Icon name="settings"/>"Settings"</a>
                <ThemeChoice/>
                <form method="post" action=SIGN_OUT data-person=person.user.to_string()>
                    <button class="menu-item" type="submit"><Icon name="log-out"/>"Sign out"</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

/// Light, dark or as the device says; shown only where scripts run, because they set the cookie.
#[component]
pub(super) fn ThemeChoice() -> impl IntoView {
    let choices = [("system", "Device", "monitor"), ("light", "Light", "sun"), ("dark", "Dark", "moon")];
    let buttons = choices
        .map(|(theme, label, icon)| {
            view! {
                <button class="theme-choice" type="button" data-theme-set=theme aria-pressed="false">
                    <Icon name=icon size=16/>
                    {label}
                </button>
            }
        })
        .collect_view();
    view! { <div class="theme-choices" role="group" aria-label="Appearance" data-needs-script="" hidden=true>{buttons}</div> }
}

/// What the last action did (a toast) or why it was refused; field errors are left to the form's own summary.
#[component]
pub(super) fn FlashMessages(flash: Flash) -> impl IntoView {
    let problem = flash.problem.filter(|problem| !matches!(problem, AppError::Invalid(_)));
    view! {
        {flash.notice.map(|notice| view! { <Toast text=notice.text() undo=flash.undo/> })}
        {problem.map(|problem| view! { <Notice kind=NoticeKind::Danger takes_focus=true>{problem.to_string()}</Notice> })}
    }
    .into_any()
}

/// What the instance runs, at the end of public pages.
#[component]
pub(super) fn SiteFooter() -> impl IntoView {
    view! {
        <footer class="site-footer">
            <div class="site-footer-row">
                <p>"Atria is open software. No trackers, no third parties."</p>
                <nav class="site-footer-links" aria-label="About">
                    <a href="/events">"Events"</a>
                    <a href="/organizations/new">"Host an event"</a>
                </nav>
                <ThemeChoice/>
            </div>
        </footer>
    }
    .into_any()
}
