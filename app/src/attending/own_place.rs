use domain::ids::AgendaSessionId;
use leptos::prelude::*;
use services::attending::OwnPlace;

use super::StarButton;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::HiddenField;

/// What one person has to do with a session: its star, their place in it, the way to the stage, to the list of those who
/// come and to the calendar.
#[component]
pub fn OwnPlaceInSession(
    #[prop(into)] event: String,
    session: AgendaSessionId,
    #[prop(into)] title: String,
    place: OwnPlace,
    /// A member, who may go to the stage; whoever sets it up sees it before something is streamed.
    is_member: bool,
) -> impl IntoView {
    let page = format!("/events/{event}/sessions/{session}");
    let stars = place.star_count.map(|count| {
        let text =
            if count == 1 { "Starred by 1 person".to_owned() } else { format!("Starred by {count} people") };
        view! { <p class="meta">{text}</p> }
    });
    let manage = format!("/events/{event}/manage/agenda/{session}/stream");
    view! {
        <section class="section own-place" aria-labelledby="own-place">
            <h2 class="visually-hidden" id="own-place">"Your place"</h2>
            <div class="own-place-actions">
                <StarButton
                    event=event.clone() session=session title=title is_starred=place.is_starred next=page.clone()
                />
                {place.has_sign_up.then(|| seat(&event, session, &place))}
            </div>
            {stars}
            <ul class="own-place-links" role="list">
                {(is_member && (place.is_streamed || place.may_edit_stream)).then(|| view! { <li><a href=format!("{page}/stage")>"Stage"</a></li> })}
                {place.may_see_sign_ups.then(|| view! {
                    <li><a href=format!("{page}/sign-ups")>"Sign-ups and attendance"</a></li>
                })}
                {place.may_edit_stream.then(|| view! { <li><a href=manage>"Stream"</a></li> })}
                <li><a href=format!("{page}/calendar.ics") download="session.ics">"Add to calendar"</a></li>
            </ul>
        </section>
    }
}

/// The place itself: taken, to take, or why there is none.
fn seat(event: &str, session: AgendaSessionId, place: &OwnPlace) -> AnyView {
    let form = |action: &'static str, kind, label: &'static str| {
        view! {
            <form method="post" action=action>
                <HiddenField name="event" value=event.to_owned()/>
                <HiddenField name="session" value=session.to_string()/>
                <Button kind=kind>{label}</Button>
            </form>
        }
    };
    if place.is_signed_up {
        return view! {
            <p>"You are signed up."</p>
            {form("/api/attending/cancel_sign_up", ButtonKind::Secondary, "Cancel sign-up")}
        }
        .into_any();
    }
    if let Some(why) = &place.closed {
        return view! { <p class="meta">{why.to_string()}</p> }.into_any();
    }
    let left = match place.seats_left {
        Some(0) => return view! { <p>"This session is full."</p> }.into_any(),
        Some(1) => Some("1 seat left".to_owned()),
        Some(left) => Some(format!("{left} seats left")),
        None => None,
    };
    let left = left.map(|left| view! { <p class="meta">{left}</p> });
    if place.may_sign_up {
        view! { {form("/api/attending/sign_up", ButtonKind::Primary, "Sign up")} {left} }.into_any()
    } else {
        view! { <p class="meta">"Members of the event sign up here."</p> {left} }.into_any()
    }
}
