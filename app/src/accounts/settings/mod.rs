//! The pages about one's own account, with the way between them.

mod account_page;
mod devices_page;
mod notifications_page;
mod photo;
mod privacy_page;
mod profile_page;
mod security_page;

pub use account_page::AccountPage;
pub use devices_page::DevicesPage;
pub use notifications_page::NotificationsPage;
pub use privacy_page::PrivacyPage;
pub use profile_page::ProfilePage;
pub use security_page::SecurityPage;

use leptos::prelude::*;

/// The pages of settings, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    Profile,
    Privacy,
    Blocked,
    Notifications,
    Security,
    Devices,
    Account,
}

impl Tab {
    const ALL: [Self; 7] = [
        Self::Profile,
        Self::Privacy,
        Self::Blocked,
        Self::Notifications,
        Self::Security,
        Self::Devices,
        Self::Account,
    ];

    const fn label(self) -> &'static str {
        match self {
            Self::Profile => "Profile",
            Self::Privacy => "Privacy",
            Self::Blocked => "Blocked",
            Self::Notifications => "Notifications",
            Self::Security => "Security",
            Self::Devices => "Devices",
            Self::Account => "Account",
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Profile => "/settings/profile",
            Self::Privacy => "/settings/privacy",
            Self::Blocked => "/settings/blocked",
            Self::Notifications => "/settings/notifications",
            Self::Security => "/settings/security",
            Self::Devices => "/settings/devices",
            Self::Account => "/settings/account",
        }
    }
}

/// The head of the settings page about whom one blocks, which is another slice's.
#[component]
pub fn BlockedHead() -> impl IntoView {
    view! { <SettingsHead current=Tab::Blocked/> }
}

/// The head of a settings page with the way to the others.
#[component]
fn SettingsHead(current: Tab) -> impl IntoView {
    let links = Tab::ALL
        .map(|tab| {
            let is_current = (tab == current).then_some("page");
            view! { <li><a class="subnav-link" href=tab.path() aria-current=is_current>{tab.label()}</a></li> }
        })
        .collect_view();
    view! {
        <header class="page-head">
            <p class="page-kicker">"Settings"</p>
            <h1>{current.label()}</h1>
        </header>
        <nav class="subnav" aria-label="Settings"><ul class="subnav-list" role="list">{links}</ul></nav>
    }
}
