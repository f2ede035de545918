use domain::attendees::PeopleView;
use leptos::prelude::*;
use services::attendees::{self, EventStatistics, Joined, SessionFigures, Talk};

use super::words::plural;
use crate::events::frame;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::chart::{BarTable, TimeChart};
use crate::ui::empty::EmptyState;
use crate::ui::table::Table;
use crate::ui::time::short_date_range;

/// What an event came to, for its organizers.
#[component]
pub fn StatisticsPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let found = attendees::statistics(&services, viewer.signed_in()?, &slug).await?;
        let flash = ssr::take_flash().await?;
        let path = format!("/events/{slug}/manage/statistics");
        Ok(view! {
            <EventLayout
                head=Head::new(format!("Statistics · {}", found.head.title), path)
                viewer=viewer
                flash=flash
                event=frame(&found.head, found.role, &[])
                current=EventTab::Manage
            >
                <header class="page-head page-head-split">
                    <div>
                        <p class="page-kicker"><a href=format!("/events/{slug}/manage")>"Manage"</a></p>
                        <h1>"Statistics"</h1>
                    </div>
                    <div class="form-actions">
                        <a class="button button-secondary" href=format!("/events/{slug}/manage/people.csv?view=everybody") download="people.csv">
                            <span class="button-text">"People as CSV"</span>
                        </a>
                    </div>
                </header>
                <Figures found=found.clone()/>
                <Registrations joined=found.joined/>
                <section class="section" aria-labelledby="by-state">
                    <h2 id="by-state">"By state"</h2>
                    <BarTable caption="People by state" heads=["State", "People"] rows=by_state(&found.people.views)/>
                </section>
                <section class="section" aria-labelledby="by-role">
                    <h2 id="by-role">"By role"</h2>
                    <BarTable
                        caption="Those who take part, by role" heads=["Role", "People"]
                        rows=found.people.roles.into_iter().map(|(role, count)| (plural(role).to_owned(), count)).collect()
                    />
                </section>
                <section class="section" aria-labelledby="invitations">
                    <h2 id="invitations">"Invitations"</h2>
                    <BarTable
                        caption="Invitations by state" heads=["State", "Invitations"]
                        rows=found.invitations.into_iter().map(|(status, count)| (status.label().to_owned(), count)).collect()
                    />
                </section>
                <TalkSection slug=slug.clone() talk=found.talk/>
                <Sessions slug=slug sessions=found.sessions/>
            </EventLayout>
        }
        .into_any())
    })
}

/// Each person once: those who are checked in or muted take part already.
fn by_state(views: &[(PeopleView, i64)]) -> Vec<(String, i64)> {
    let is_state = |view: PeopleView| match view {
        PeopleView::TakingPart
        | PeopleView::Waitlisted
        | PeopleView::Left
        | PeopleView::Removed
        | PeopleView::Banned => true,
        PeopleView::CheckedIn | PeopleView::NotCheckedIn | PeopleView::Muted | PeopleView::Everybody => false,
    };
    views
        .iter()
        .filter(|(view, _)| is_state(*view))
        .map(|(view, count)| (view.label().to_owned(), *count))
        .collect()
}

#[component]
fn Figures(found: EventStatistics) -> impl IntoView {
    let head = &found.head;
    let seats = head
        .max_attendees
        .map_or_else(|| head.seats_taken.to_string(), |max| format!("{} of {max}", head.seats_taken));
    let figure = |label: &'static str, count: i64| view! { <div class="figure"><dt>{label}</dt><dd>{count}</dd></div> };
    view! {
        <dl class="figures">
            <div class="figure"><dt>"Seats taken"</dt><dd>{seats}</dd></div>
            {figure("Taking part", found.people.of(PeopleView::TakingPart))}
            {figure("Waitlist", found.people.of(PeopleView::Waitlisted))}
            {figure("Checked in", found.people.of(PeopleView::CheckedIn))}
        </dl>
    }
}

/// A chart for eyes, in words for everybody, and the numbers in a table.
#[component]
fn Registrations(joined: Joined) -> impl IntoView {
    let counts: Vec<i64> = joined.counts.iter().map(|(_, count)| *count).collect();
    let (Some((first, _)), Some((last, _))) = (joined.counts.first(), joined.counts.last()) else {
        return view! {
            <section class="section" aria-labelledby="registrations">
                <h2 id="registrations">"Registrations"</h2>
                <EmptyState title="Nobody yet" text="Registrations over time will stand here." icon="users"/>
            </section>
        }
        .into_any();
    };
    let day = |date: time::Date| short_date_range(date, date);
    let (step, title) = if joined.step_days == 1 { ("day", "Day") } else { ("week", "Week from") };
    let most = joined.counts.iter().max_by_key(|(_, count)| *count).copied().unwrap_or((*first, 0));
    let sum: i64 = counts.iter().sum();
    let words = if first == last || sum == 1 {
        let people = if sum == 1 { "1 person".to_owned() } else { format!("{sum} people") };
        format!("{people} came in the {step} of {}.", day(most.0))
    } else {
        let (first, last, of) = (day(*first), day(*last), day(most.0));
        format!("{sum} people came from {first} to {last}, most of them ({}) in the {step} of {of}.", most.1)
    };
    let ends = (day(*first), day(*last));
    let rows = joined
        .counts
        .iter()
        .rev()
        .filter(|(_, count)| *count > 0)
        .map(|(date, count)| (day(*date), *count))
        .collect();
    view! {
        <section class="section" aria-labelledby="registrations">
            <h2 id="registrations">"Registrations"</h2>
            <p class="meta">{words.clone()}</p>
            {(counts.len() > 1).then(|| view! {
                <TimeChart alternative=words counts=counts ends=ends/>
                <p class="meta">{format!("Columns are people per {step}, the line is their sum.")}</p>
            })}
            <details class="disclosure">
                <summary>"The numbers"</summary>
                <BarTable caption=format!("People by {step}, newest first") heads=[title, "People"] rows=rows/>
            </details>
        </section>
    }
    .into_any()
}

/// What people did with each other.
#[component]
fn TalkSection(slug: String, talk: Talk) -> impl IntoView {
    let figure = |label: &'static str, count: i64| view! { <div class="figure"><dt>{label}</dt><dd>{count}</dd></div> };
    let online = talk.online.map_or_else(|| "–".to_owned(), |count| count.to_string());
    let reports = format!("/events/{slug}/manage/moderation");
    view! {
        <section class="section" aria-labelledby="talk">
            <h2 id="talk">"Among people"</h2>
            <dl class="figures">
                <div class="figure"><dt>"Online now"</dt><dd>{online}</dd></div>
                {figure("Messages today", talk.messages_today)}
                {figure("Messages", talk.messages)}
                {figure("Requests to connect", talk.requests)}
                {figure("Connections begun here", talk.connections)}
                <div class="figure"><dt><a href=reports>"Open reports"</a></dt><dd>{talk.open_reports}</dd></div>
                {figure("Closed reports", talk.closed_reports)}
            </dl>
        </section>
    }
}

#[component]
fn Sessions(slug: String, sessions: Vec<SessionFigures>) -> impl IntoView {
    (!sessions.is_empty()).then(|| {
        let rows = sessions
            .into_iter()
            .map(|session| {
                let href = format!("/events/{slug}/sessions/{}/sign-ups", session.id);
                let seats = session.capacity.map_or_else(|| "–".to_owned(), |seats| seats.to_string());
                view! {
                    <tr>
                        <td><a href=href>{session.title}</a></td>
                        <td>{session.sign_ups}</td>
                        <td>{seats}</td>
                        <td>{session.attended}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <section class="section" aria-labelledby="sessions">
                <h2 id="sessions">"Sessions"</h2>
                <Table caption="Sign-ups and attendance by session" columns=&["Session", "Signed up", "Seats", "Present"]>
                    {rows}
                </Table>
            </section>
        }
    })
}
