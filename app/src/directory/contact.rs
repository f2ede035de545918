use domain::connections::Tie;
use domain::ids::UserId;
use domain::realtime::Topic;
use domain::time::Timestamp;
use leptos::prelude::*;
use services::connections::TieWith;

use crate::connections::{AnswerForms, MessageForm, OnProfile, WithdrawForm};
use crate::moderation::report_path;
use crate::ui::badge::Badge;
use crate::ui::button::{ButtonKind, LinkButton};
use crate::ui::notice::NoticeKind;
use crate::ui::time::LocalTime;

/// What a profile shows, anew when the other asks, accepts or ends it, or the viewer answers elsewhere: an acceptance opens
/// more of the profile too. It stays as it is where a form in it has something back that was typed.
#[component]
pub(super) fn FollowedPerson(me: UserId, follows: bool, children: Children) -> impl IntoView {
    let news = "connection_requested connection_accepted connection_removed waiting_changed";
    view! {
        <div
            id="person"
            data-live-part=follows.then_some("")
            data-live=follows.then(|| Topic::User(me).to_string())
            data-live-on=follows.then_some(news)
        >
            {children()}
        </div>
    }
}

/// What there is between the viewer and a person, and what can be done about it.
#[component]
pub(super) fn ContactState(
    user: UserId,
    name: String,
    tie: TieWith,
    /// The event in which the profile is read, by its address: answers lead back to it. Outside of events a profile may be
    /// closed to the reader by their answer.
    #[prop(optional_no_strip)]
    event: Option<String>,
) -> impl IntoView {
    let on = event.map(|event| OnProfile { event, person: user });
    let Some(connection) = tie.connection.filter(|_| tie.tie != Tie::None) else { return ().into_any() };
    let words = tie.icebreaker.map(|words| view! { <blockquote class="icebreaker">{words}</blockquote> });
    let inner = match tie.tie {
        Tie::None => ().into_any(),
        Tie::Requested => view! {
            <p>{format!("You asked {name} to connect, and have no answer yet.")}</p>
            {words}
            <div class="form-actions"><WithdrawForm connection=connection name=name on=on/></div>
        }
        .into_any(),
        Tie::Asked => view! {
            <p>{format!("{name} would like to connect with you. If you decline, nobody is told.")}</p>
            {words}
            <div class="form-actions"><AnswerForms connection=connection name=name on=on/></div>
        }
        .into_any(),
        Tie::Connected => {
            let since = tie.connected_at.map(Timestamp::from);
            let href = format!("/connections?list=connected#connection-{connection}");
            view! {
                <p>
                    <Badge text="Connected" kind=NoticeKind::Ok/>
                    {since.map(|at| view! { " since "<LocalTime at=at/> })}
                </p>
                <div class="form-actions"><MessageForm person=user name=name/></div>
                <p><a href=href>"Your note, and where you met"</a></p>
            }
            .into_any()
        }
    };
    view! {
        <section class="section contact-state" id="contact" aria-label="You and this person">{inner}</section>
    }
    .into_any()
}

/// The way to the moderators of an event, or of one that the reporter chooses.
pub(super) fn report_view(user: UserId, name: &str, event: &str) -> impl IntoView + use<> {
    let href = report_path("PERSON", &user.to_string(), event);
    view! {
        <p class="report-person">
            <LinkButton href=href kind=ButtonKind::Secondary icon="shield">{format!("Report {name}")}</LinkButton>
        </p>
    }
}
