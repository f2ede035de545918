use leptos::prelude::*;
use services::moderation::{self, OwnReport};

use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::badge::Badge;
use crate::ui::empty::EmptyState;
use crate::ui::notice::NoticeKind;
use crate::ui::time::LocalTime;

/// What the person reported, and how far it is.
#[component]
pub fn OwnReportsPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let reports = moderation::own_reports(&services, viewer.signed_in()?).await?;
        let flash = ssr::take_flash().await?;
        let is_empty = reports.is_empty();
        let rows = reports.into_iter().map(row).collect_view();
        Ok(view! {
            <SignedInLayout head=Head::new("Your reports", "/reports") viewer=viewer flash=flash>
                <header class="page-head">
                    <h1>"Your reports"</h1>
                    <p class="lead">"The moderators of each event answer them. You learn whether something was done, no more."</p>
                </header>
                {is_empty.then(|| view! {
                    <EmptyState title="You reported nothing" text="Report a message from its menu, or a person from their profile." icon="shield"/>
                })}
                <ul class="rows" role="list">{rows}</ul>
            </SignedInLayout>
        }
        .into_any())
    })
}

fn row(report: OwnReport) -> impl IntoView {
    let what = if report.is_of_message { "A message of " } else { "" };
    let kind = if report.status.is_closed() { NoticeKind::Ok } else { NoticeKind::Info };
    view! {
        <li class="row">
            <div class="row-body">
                <p>{what}<strong>{report.person_name}</strong>" · "{report.reason.label()}</p>
                <p class="meta"><a href=report.event_slug.map(|slug| format!("/events/{slug}"))>{report.event_title}</a>" · "<LocalTime at=report.at/></p>
            </div>
            <div class="row-end"><Badge text=report.status.for_reporter() kind=kind/></div>
        </li>
    }
}
