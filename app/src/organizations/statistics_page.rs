use domain::organizations::OrganizationRole;
use leptos::prelude::*;
use services::organizations::{self, Statistics};
use time::Date;

use super::frame::{OrganizationHead, OrganizationTab};
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::chart::BarTable;
use crate::ui::time::short_month;

/// What an organization came to, for its owners and admins.
#[component]
pub fn StatisticsPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("organization")?;
        let statistics = organizations::statistics(&services, viewer.signed_in()?, &slug).await?;
        let flash = ssr::take_flash().await?;
        let organization = statistics.organization.clone();
        let path = OrganizationTab::Statistics.path(&slug);
        Ok(view! {
            <SignedInLayout
                head=Head::new(format!("Statistics · {}", organization.name), path)
                viewer=viewer
                flash=flash
            >
                <OrganizationHead organization=organization current=OrganizationTab::Statistics/>
                <Figures statistics=statistics.clone()/>
                <Registrations months=statistics.registrations/>
            </SignedInLayout>
        }
        .into_any())
    })
}

#[component]
fn Figures(statistics: Statistics) -> impl IntoView {
    let figure =
        |label: String, count: i64| view! { <div class="figure"><dt>{label}</dt><dd>{count}</dd></div> };
    let members = statistics
        .members
        .into_iter()
        .map(|(role, count)| figure(plural(role).to_owned(), count))
        .collect_view();
    let events = statistics
        .events
        .into_iter()
        .map(|(status, count)| figure(status.label().to_owned(), count))
        .collect_view();
    view! {
        <section aria-labelledby="people">
            <h2 id="people">"People"</h2>
            <dl class="figures">
                {figure("People reached".to_owned(), statistics.people_reached)}
                {members}
            </dl>
            <p class="meta">"People reached: everybody who takes part in at least one of the events, counted once."</p>
        </section>
        <section class="section" aria-labelledby="events">
            <h2 id="events">"Events"</h2>
            <dl class="figures">{events}</dl>
        </section>
    }
}

#[component]
fn Registrations(months: Vec<(Date, i64)>) -> impl IntoView {
    let rows = months
        .into_iter()
        .map(|(month, count)| (format!("{} {}", short_month(month), month.year()), count))
        .collect();
    view! {
        <section class="section" aria-labelledby="registrations">
            <h2 id="registrations">"Registrations"</h2>
            <BarTable caption="Registrations of the last twelve months" heads=["Month", "Registrations"] rows=rows/>
        </section>
    }
}

const fn plural(role: OrganizationRole) -> &'static str {
    match role {
        OrganizationRole::Owner => "Owners",
        OrganizationRole::Admin => "Admins",
        OrganizationRole::Member => "Other members",
    }
}
