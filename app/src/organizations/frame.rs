//! What the pages of one organization share.

#![expect(clippy::needless_pass_by_value, reason = "components own their props")]

use domain::organizations::{OrganizationAction, OrganizationSummary, may};
use leptos::prelude::*;

/// The pages of an organization, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OrganizationTab {
    Overview,
    Members,
    Statistics,
    Log,
    Settings,
    Ownership,
}

impl OrganizationTab {
    const ALL: [Self; 6] =
        [Self::Overview, Self::Members, Self::Statistics, Self::Log, Self::Settings, Self::Ownership];

    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Members => "Members",
            Self::Statistics => "Statistics",
            Self::Log => "Log",
            Self::Settings => "Settings",
            Self::Ownership => "Ownership",
        }
    }

    pub(super) fn path(self, slug: &str) -> String {
        let below = match self {
            Self::Overview => "",
            Self::Members => "/members",
            Self::Statistics => "/statistics",
            Self::Log => "/audit",
            Self::Settings => "/settings",
            Self::Ownership => "/danger",
        };
        format!("/organizations/{slug}{below}")
    }

    const fn needs(self) -> OrganizationAction {
        match self {
            Self::Overview | Self::Members => OrganizationAction::See,
            Self::Statistics => OrganizationAction::ReadStatistics,
            Self::Log => OrganizationAction::ReadAuditLog,
            Self::Settings => OrganizationAction::ChangeSettings,
            Self::Ownership => OrganizationAction::Delete,
        }
    }
}

/// The name of an organization above each of its pages, with the way to those this member may open.
#[component]
pub(super) fn OrganizationHead(organization: OrganizationSummary, current: OrganizationTab) -> impl IntoView {
    let links = OrganizationTab::ALL
        .into_iter()
        .filter(|tab| may(tab.needs(), Some(organization.role)).is_ok())
        .map(|tab| {
            let is_current = (tab == current).then_some("page");
            let href = tab.path(&organization.slug);
            view! { <li><a class="subnav-link" href=href aria-current=is_current>{tab.label()}</a></li> }
        })
        .collect_view();
    let (kicker, title) = match current {
        OrganizationTab::Overview => {
            (view! { <a href="/home">"Home"</a> }.into_any(), organization.name.clone())
        }
        OrganizationTab::Members
        | OrganizationTab::Statistics
        | OrganizationTab::Log
        | OrganizationTab::Settings
        | OrganizationTab::Ownership => {
            let href = OrganizationTab::Overview.path(&organization.slug);
            (view! { <a href=href>{organization.name.clone()}</a> }.into_any(), current.label().to_owned())
        }
    };
    let navigation = format!("{} pages", organization.name);
    view! {
        <header class="page-head">
            <p class="page-kicker">{kicker}</p>
            <h1>{title}</h1>
        </header>
        <nav class="subnav" aria-label=navigation><ul class="subnav-list" role="list">{links}</ul></nav>
    }
}
