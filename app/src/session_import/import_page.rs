use domain::agenda::{ImportReport, PlannedRow, RefusedRow, SessionKind};
use leptos::prelude::*;
use services::events;

use crate::events::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::{FileField, HiddenField, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::notice::{Notice, NoticeKind};

const COLUMNS: [(&str, &str); 8] = [
    ("title_column", "Column with the titles"),
    ("kind_column", "Column with the types"),
    ("start_column", "Column with the starts"),
    ("end_column", "Column with the ends"),
    ("room_column", "Column with the rooms"),
    ("track_column", "Column with the tracks"),
    ("speakers_column", "Column with the speakers' addresses"),
    ("description_column", "Column with the descriptions"),
];

/// What a table may look like.
const SAMPLE: &str = "title,type,start,end,room,track,speakers,description
Opening,Keynote,2026-09-24 09:00,2026-09-24 09:45,Main hall,,ada@example.org,How we got here.
Lunch,Break,2026-09-24 12:00,2026-09-24 13:00,,,,
A talk without a time yet,,,,,,,";

/// Rows a page tells of; a file with more of them is mended in the spreadsheet first.
const MOST_SHOWN: usize = 200;

/// A table of sessions is checked, then imported; each row that is left out says why.
#[component]
pub fn ImportSessionsPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let page = events::manage(&services, viewer.signed_in()?, &slug).await?;
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        let manage = format!("/events/{slug}/manage/agenda");
        let report = serde_json::from_str::<ImportReport>(&form.value("report")).ok();
        let form_key = match &report {
            // The same file may follow the check; what was imported is not added twice.
            Some(_) => form.value("form_key"),
            None => form.value_or("form_key", &services.rng.id(services.clock.now()).to_string()),
        };
        let kinds = SessionKind::ALL.iter().map(|kind| kind.label()).collect::<Vec<_>>().join(", ");
        let labels: Vec<_> = [("file", "CSV file")].into_iter().chain(COLUMNS).collect();
        Ok(view! {
            <EventLayout
                head=Head::new(format!("Import sessions · {}", page.head.title), format!("{manage}/import"))
                viewer=viewer
                flash=form.clone()
                event=frame(&page.head, page.role, &[])
                current=EventTab::Manage
            >
                <header class="page-head">
                    <p class="page-kicker"><a href=manage>"Agenda"</a></p>
                    <h1>"Import sessions"</h1>
                    <p class="lead">
                        "From a CSV table with a line of heads: title, type, start, end, room, track, speakers, description. Times like 2026-09-24 09:30 are those of the event."
                    </p>
                    <details class="disclosure">
                        <summary>"An example, and what the columns hold"</summary>
                        <p>"Only the title is needed. "<strong>"type"</strong>": "{kinds}"; without one it is a talk. "<strong>"speakers"</strong>": their email addresses, with a space or a semicolon between them."</p>
                        <pre class="sample" tabindex="0" aria-label="Example">{SAMPLE}</pre>
                    </details>
                </header>
                {report.map(|report| told(&slug, report, &form))}
                <FormErrors errors=errors labels=labels/>
                <ImportForm slug=slug.clone() form_key=form_key form=form.clone()/>
            </EventLayout>
        }
        .into_any())
    })
}

#[component]
fn ImportForm(slug: String, form_key: String, form: Flash) -> impl IntoView {
    let columns = COLUMNS
        .map(|(name, label)| {
            view! { <TextField name=name label=label maxlength=100 value=form.value(name) error=form.error(name)/> }
        })
        .into_iter()
        .collect_view();
    let is_open = COLUMNS.iter().any(|(name, _)| !form.value(name).is_empty() || form.error(name).is_some());
    view! {
        <Form action="/api/agenda/import" with_file=true>
            <HiddenField name="event" value=slug/>
            <HiddenField name="form_key" value=form_key/>
            <FileField
                name="file" label="CSV file" accept=".csv,text/csv,text/plain" required=true error=form.error("file")
                hint="At most 5 MB and 1,000 sessions. Rooms, tracks and speakers have to be there already."
            />
            <details class="disclosure" open=is_open>
                <summary>"The columns are called otherwise"</summary>
                {columns}
            </details>
            <div class="form-actions">
                <Button kind=ButtonKind::Secondary name="mode" value="check">"Check only"</Button>
                <Button name="mode" value="import">"Import"</Button>
            </div>
        </Form>
    }
}

/// What was checked, ready to be imported as it is.
fn confirm(slug: &str, form: &Flash, count: &str) -> AnyView {
    let columns = COLUMNS
        .map(|(name, _)| view! { <HiddenField name=name value=form.value(name)/> })
        .into_iter()
        .collect_view();
    let [event, form_key, file] = [slug.to_owned(), form.value("form_key"), form.value("checked")];
    let button = format!("Import {count}");
    view! {
        <Form action="/api/agenda/import">
            <HiddenField name="event" value=event/>
            <HiddenField name="form_key" value=form_key/>
            <HiddenField name="file" value=file/>
            {columns}
            <Button name="mode" value="import">{button}</Button>
        </Form>
    }
    .into_any()
}

fn told(slug: &str, report: ImportReport, form: &Flash) -> AnyView {
    let count =
        |number: usize| if number == 1 { "1 session".to_owned() } else { format!("{number} sessions") };
    let (kind, summary) = if report.is_dry_run {
        (NoticeKind::Info, format!("{} would be added. Nothing is saved yet.", count(report.added)))
    } else {
        (NoticeKind::Ok, format!("{} added.", count(report.added)))
    };
    let known = (report.known > 0)
        .then(|| view! { <p>{format!("{} of this file were there already.", count(report.known))}</p> });
    let clashes = (report.clashes > 0).then(|| {
        let text =
            format!("{} of the agenda clash: same room or speaker at the same time.", pairs(report.clashes));
        view! { <p>{text}</p> }
    });
    let can_confirm = report.is_dry_run && report.added > 0 && !form.value("checked").is_empty();
    let confirm = can_confirm.then(|| confirm(slug, form, &count(report.added)));
    let heading = if report.is_dry_run { "What would be added" } else { "What was added" };
    let unnamed = report.added.saturating_sub(report.rows.len());
    let planned = report.rows.into_iter().map(planned_row).collect_view();
    let left_out = report.refused.len();
    let more = left_out.saturating_sub(MOST_SHOWN);
    let rows = report.refused.into_iter().take(MOST_SHOWN).map(row).collect_view();
    view! {
        <Notice kind=kind><p>{summary}</p>{known}{clashes}</Notice>
        {confirm}
        {(left_out > 0).then(|| view! {
            <section class="section" aria-labelledby="left-out">
                <h2 id="left-out">{format!("Rows that are left out: {left_out}")}</h2>
                <ul class="rows" role="list">{rows}</ul>
                {(more > 0).then(|| view! { <p class="meta">{format!("And {more} more.")}</p> })}
            </section>
        })}
        {(report.added > 0).then(|| view! {
            <section class="section" aria-labelledby="planned">
                <h2 id="planned">{heading}</h2>
                <ol class="rows" role="list">{planned}</ol>
                {(unnamed > 0).then(|| view! { <p class="meta">{format!("And {unnamed} more.")}</p> })}
            </section>
        })}
    }
    .into_any()
}

fn pairs(number: usize) -> String {
    if number == 1 { "1 pair of sessions".to_owned() } else { format!("{number} pairs of sessions") }
}

fn planned_row(planned: PlannedRow) -> impl IntoView {
    let when = planned.when.unwrap_or_else(|| "Without a time".to_owned());
    let room = planned.room.map(|room| format!(" · {room}"));
    let clashes = planned
        .clashes
        .into_iter()
        .map(|text| view! { <p class="session-overlap">{text}</p> })
        .collect_view();
    view! {
        <li class="row">
            <div class="row-body">
                <p><span class="meta">{format!("Line {}", planned.line)}</span>" "<strong>{planned.title}</strong></p>
                <p class="meta">{when}{room}</p>
                {clashes}
            </div>
        </li>
    }
}

fn row(refused: RefusedRow) -> impl IntoView {
    let problems = refused
        .problems
        .into_iter()
        .map(|(column, text)| view! { <p class="field-error">{format!("{column}: {text}")}</p> })
        .collect_view();
    view! {
        <li class="row">
            <div class="row-body">
                <p>{format!("Line {}", refused.line)}" "<strong>{refused.title}</strong></p>
                {problems}
            </div>
        </li>
    }
}

/// The report as the page gets it after a plain form, no longer than it shows.
pub(super) fn as_text(report: &ImportReport) -> String {
    serde_json::to_string(report).unwrap_or_default()
}
