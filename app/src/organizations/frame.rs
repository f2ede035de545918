//! What the pages of one organization share.

#![expect(clippy::needless_pass_by_value, reason = "components own their props")]

use domain::organizations::{OrganizationAction, OrganizationSummary, may};
use leptos::prelude::*;

/// The pages of an organization, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OrganizationTab {
    Overview,
    Events,
    Members,
    Invitations,
    Statistics,
    Log,
    Settings,
    Ownership,
}

impl OrganizationTab {
    const ALL: [Self; 8] = [
        Self::Overview,
        Self::Events,
        Self::Members,
        Self::Invitations,
        Self::Statistics,
        Self::Log,
        Self::Settings,
        Self::Ownership,
    ];

    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Events => "Events",
            Self::Members => "Members",
            Self::Invitations => "Invitations",
            Self::Statistics => "Statistics",
            Self::Log => "Log",
            Self::Settings => "Settings",
            Self::Ownership => "Ownership",
        }
    }

    pub(crate) fn path(self, slug: &str) -> String {
        let below = match self {
            Self::Overview => "",
            Self::Events => "/events",
            Self::Members => "/members",
            Self::Invitations => "/invitations",
            Self::Statistics => "/statistics",
            Self::Log => "/audit",
            Self::Settings => "/settings",
            Self::Ownership => "/danger",
        };
        format!("/organizations/{slug}{below}")
    }

    const fn needs(self) -> OrganizationAction {
        match self {
            Self::Overview | Self::Events | Self::Members => OrganizationAction::See,
            Self::Invitations => OrganizationAction::SeeInvitations,
            Self::Statistics => OrganizationAction::ReadStatistics,
            Self::Log => OrganizationAction::ReadAuditLog,
            Self::Settings => OrganizationAction::ChangeSettings,
            Self::Ownership => OrganizationAction::Delete,
        }
    }
}

/// The name of an organization above each of its pages, with the way to those this member may open.
#[component]
pub(crate) fn OrganizationHead(organization: OrganizationSummary, current: OrganizationTab) -> impl IntoView {
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
        OrganizationTab::Events
        | OrganizationTab::Members
        | OrganizationTab::Invitations
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
