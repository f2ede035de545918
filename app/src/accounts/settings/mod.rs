//! The pages about one's own account, with the way between them.

mod devices_page;
mod security_page;

pub use devices_page::DevicesPage;
pub use security_page::SecurityPage;

use leptos::prelude::*;

/// The pages of settings, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    Security,
    Devices,
}

impl Tab {
    const ALL: [Self; 2] = [Self::Security, Self::Devices];

    const fn label(self) -> &'static str {
        match self {
            Self::Security => "Security",
            Self::Devices => "Devices",
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Security => "/settings/security",
            Self::Devices => "/settings/devices",
        }
    }
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
