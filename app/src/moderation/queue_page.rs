use domain::moderation::{ReportReason, ReportStatus, SnapshotLine};
use domain::paging::PageRequest;
use domain::realtime::Topic;
use leptos::prelude::*;
use services::moderation::{self, QueueFilter, QueueView, QueuedReport, ReportQueue};

use super::answer_form::AnswerForm;
use super::held_list::HeldList;
use super::place::{log_path, moderated_path, queue_path};
use crate::events::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::badge::Badge;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::empty::EmptyState;
use crate::ui::field::HiddenField;
use crate::ui::notice::NoticeKind;
use crate::ui::pager::Pager;
use crate::ui::time::LocalTime;
use crate::ui::user_text::Paragraphs;

/// The reports of an event and the messages that wait for a review, the oldest first; its moderators answer them.
#[component]
pub fn ModerationQueuePage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let filter = QueueFilter::parse(
            ssr::query("view").as_deref(),
            ssr::query("reason").as_deref(),
            ssr::query("search").as_deref(),
        )?;
        let request = PageRequest::parse(ssr::query("page").as_deref(), ssr::query("per_page").as_deref())?;
        let queue = moderation::queue(&services, viewer.signed_in()?, &slug, &filter, request).await?;
        let flash = ssr::take_flash().await?;
        let asked = ssr::query("report").unwrap_or_default();
        let (path, log) = (queue_path(&slug), log_path(&slug));
        let topic = Topic::User(viewer.signed_in()?.user).to_string();
        let lead = lead(queue.open, queue.held.len());
        Ok(view! {
            <EventLayout
                head=Head::new(format!("Moderation · {}", queue.head.title), path.clone())
                viewer=viewer
                flash=flash.clone()
                event=frame(&queue.head, queue.role, &[])
                current=EventTab::Manage
            >
                <header class="page-head page-head-split">
                    <div>
                        <h1>"Moderation"</h1>
                        <p class="lead" id="to-answer" data-live-part="" data-live=topic data-live-on="notification waiting_changed">{lead}</p>
                    </div>
                    <div class="form-actions"><LinkButton href=log kind=ButtonKind::Secondary icon="clock">"Log"</LinkButton></div>
                </header>
                <div id="to-review" data-live-part=""><HeldList slug=slug.clone() held=queue.held.clone()/></div>
                <Filter path=path.clone() filter=filter.clone() open=queue.open closed=queue.closed/>
                <div id="reports" data-live-part=""><Reports slug=slug path=path filter=filter queue=queue flash=flash asked=asked/></div>
            </EventLayout>
        }
        .into_any())
    })
}

/// What waits for an answer, in a sentence.
fn lead(reports: i64, messages: usize) -> String {
    let reports = match reports {
        0 => None,
        1 => Some("1 report to answer".to_owned()),
        open => Some(format!("{open} reports to answer")),
    };
    let messages = match messages {
        0 => None,
        1 => Some("1 message to review".to_owned()),
        held => Some(format!("{held} messages to review")),
    };
    match (reports, messages) {
        (None, None) => "Nothing to answer.".to_owned(),
        (Some(only), None) | (None, Some(only)) => format!("{only}."),
        (Some(reports), Some(messages)) => format!("{reports}, {messages}."),
    }
}

#[component]
fn Filter(path: String, filter: QueueFilter, open: i64, closed: i64) -> impl IntoView {
    let views = QueueView::ALL
        .into_iter()
        .map(|view| {
            let count = match view {
                QueueView::Open => open,
                QueueView::Closed => closed,
            };
            let href = format!("{path}?view={}", view.as_str());
            view! {
                <li>
                    <a class="pill" href=href aria-current=(view == filter.view).then_some("page")>
                        {view.label()}<span class="pill-count">{count}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    let reasons = ReportReason::ALL
        .into_iter()
        .map(|reason| {
            let is_chosen = filter.reason == Some(reason);
            view! { <option value=reason.as_str() selected=is_chosen>{reason.label()}</option> }
        })
        .collect_view();
    view! {
        <nav id="report-views" data-live-part="" aria-label="Reports"><ul class="pills" role="list">{views}</ul></nav>
        <form class="filter" method="get" action=path role="search" autocomplete="off" aria-label="Reports">
            <HiddenField name="view" value=filter.view.as_str()/>
            <label class="visually-hidden" for="search">"Name of who is reported"</label>
            <input class="input" id="search" type="search" name="search" value=filter.text.as_str().to_owned() placeholder="Name" minlength="2" maxlength="200" autocomplete="off"/>
            <label class="visually-hidden" for="reason">"What is wrong"</label>
            <select class="input" id="reason" name="reason">
                <option value="">"All reasons"</option>
                {reasons}
            </select>
            <Button kind=ButtonKind::Secondary>"Filter"</Button>
        </form>
    }
}

#[component]
fn Reports(
    slug: String,
    path: String,
    filter: QueueFilter,
    queue: ReportQueue,
    flash: Flash,
    asked: String,
) -> impl IntoView {
    let reason = filter.reason.map_or("", ReportReason::as_str);
    let search = ssr::encoded(filter.text.as_str());
    let base = format!("{path}?view={}&reason={reason}&search={search}", filter.view.as_str());
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let (current, pages) = (number(queue.reports.page), number(queue.reports.total_pages));
    let reports = queue.reports.items;
    let is_empty = reports.is_empty();
    let typed = flash.value("report");
    let asked = if typed.is_empty() { asked } else { typed };
    // One form at a time: the one asked for, else the first that is the viewer's.
    let is_mine =
        |report: &&QueuedReport| matches!(report.claimed_by, Some((_, true))) && !report.status.is_closed();
    let is_asked = |report: &&QueuedReport| report.id.to_string() == asked;
    let answered = reports.iter().filter(is_mine).find(is_asked).or_else(|| reports.iter().find(is_mine));
    let answered = answered.map(|report| report.id);
    let rows = reports
        .into_iter()
        .map(|report| {
            let is_answered = Some(report.id) == answered;
            view! { <Report slug=slug.clone() report=report flash=flash.clone() is_answered=is_answered/> }
        })
        .collect_view();
    view! {
        {is_empty.then(|| view! {
            <EmptyState title="All is calm" text="Reports of messages and people stand here until somebody answers them." icon="shield"/>
        })}
        <ul class="reports" role="list">{rows}</ul>
        <Pager base=base page=current pages=pages/>
    }
}

#[component]
fn Report(slug: String, report: QueuedReport, flash: Flash, is_answered: bool) -> impl IntoView {
    let status = match report.status {
        ReportStatus::Open => NoticeKind::Warn,
        ReportStatus::InReview => NoticeKind::Info,
        ReportStatus::Resolved | ReportStatus::Dismissed => NoticeKind::Ok,
    };
    let person = moderated_path(&slug, &report.person.to_string());
    let place = report.room.clone().map(|(room, name)| {
        let message = match report.target {
            domain::moderation::ReportTarget::Message(message) => format!("?message={message}"),
            domain::moderation::ReportTarget::DirectMessage(_)
            | domain::moderation::ReportTarget::Person(_) => String::new(),
        };
        view! { " in "<a href=format!("/events/{slug}/rooms/{room}{message}")>{name}</a> }
    });
    let others =
        (report.others_open > 0).then(|| format!(" · {} more about the same person", report.others_open));
    let claimed = report.claimed_by.clone().filter(|_| report.status == ReportStatus::InReview);
    let answer = report.answer.clone().map(|(verdict, by)| {
        let by = by.map(|by| format!(" of {by}")).unwrap_or_default();
        format!("Answer{by}: {}", verdict.label())
    });
    let lines = report.snapshot.clone().into_iter().map(snapshot_line).collect_view();
    let steps = view! { <Steps slug=slug report=report.clone() flash=flash is_answered=is_answered/> };
    view! {
        <li class="report" id=format!("report-{}", report.id)>
            <header class="report-head">
                <p>
                    <Badge text=report.status.label() kind=status/>" "
                    <a href=person><strong>{report.person_name.clone()}</strong></a>
                    " · "{report.reason.label()}{place}
                </p>
                <p class="meta">"Reported by "{report.reporter_name.clone()}", "<LocalTime at=report.at/>{others}</p>
            </header>
            {(!report.text.is_empty()).then(|| view! { <Paragraphs text=report.text.clone()/> })}
            {(!report.snapshot.is_empty()).then(|| view! { <ol class="report-lines" role="list">{lines}</ol> })}
            {claimed.map(|(name, is_own)| view! {
                <p class="meta">{if is_own { "You are on it.".to_owned() } else { format!("{name} is on it.") }}</p>
            })}
            {answer.map(|answer| view! { <p>{answer}{report.closed_at.map(|at| view! { ", "<LocalTime at=at/> })}</p> })}
            {report.note.clone().map(|note| view! { <Paragraphs text=note/> })}
            {steps}
        </li>
    }
}

fn snapshot_line(line: SnapshotLine) -> impl IntoView {
    let class = if line.is_reported { "report-line report-line-reported" } else { "report-line" };
    view! {
        <li class=class>
            <p class="meta"><strong>{line.author_name}</strong>" "<LocalTime at=line.sent_at/></p>
            {match line.body {
                Some(body) => view! { <Paragraphs text=body/> }.into_any(),
                None => view! { <p class="meta">"Message deleted"</p> }.into_any(),
            }}
        </li>
    }
}

/// What the viewer can do about it now.
#[component]
fn Steps(slug: String, report: QueuedReport, flash: Flash, is_answered: bool) -> impl IntoView {
    if report.status.is_closed() {
        return ().into_any();
    }
    let id = report.id.to_string();
    let step = |action: &'static str, kind: ButtonKind, label: &'static str| {
        view! {
            <form method="post" action=action>
                <HiddenField name="event" value=slug.clone()/>
                <HiddenField name="report" value=id.clone()/>
                <Button kind=kind>{label}</Button>
            </form>
        }
    };
    match report.claimed_by {
        None => step("/api/moderation/claim", ButtonKind::Primary, "Take this one").into_any(),
        Some((_, false)) => ().into_any(),
        Some((_, true)) => {
            let release = step("/api/moderation/release", ButtonKind::Quiet, "Give it back");
            let open = format!("{}?report={id}#report-{id}", queue_path(&slug));
            let answer = if is_answered {
                view! { <AnswerForm slug=slug.clone() report=report flash=flash/> }.into_any()
            } else {
                view! { <LinkButton href=open kind=ButtonKind::Secondary>"Answer"</LinkButton> }.into_any()
            };
            view! { {answer} {release} }.into_any()
        }
    }
}
