use domain::agenda::SessionSpeakerRole;
use leptos::prelude::*;
use services::agenda::{AgendaSession, Candidate, SessionSpeaker};

use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::HiddenField;

/// Who has a part in a session, with role and order, and the search for more.
#[component]
pub(super) fn SpeakerParts(
    slug: String,
    session: AgendaSession,
    can_change: bool,
    search: String,
    found: Vec<Candidate>,
) -> impl IntoView {
    let id = session.id.to_string();
    let rows = session
        .speakers
        .iter()
        .enumerate()
        .map(|(index, speaker)| {
            let of_role = |other: &&SessionSpeaker| other.role == speaker.role;
            let before: Vec<&SessionSpeaker> = session.speakers[..index].iter().filter(of_role).collect();
            // Behind the one before the one before: one step to the front among those of the role.
            let up = (!before.is_empty()).then(|| {
                before.len().checked_sub(2).map(|place| before[place].user.to_string()).unwrap_or_default()
            });
            let is_alone = session.speakers.iter().filter(of_role).count() == 1;
            row(&slug, &id, speaker, up, (can_change, can_change && !is_alone))
        })
        .collect_view();
    let is_empty = session.speakers.is_empty();
    view! {
        <section class="section" id="speakers" aria-labelledby="speakers-title">
            <h2 id="speakers-title">"Speakers"</h2>
            {is_empty.then(|| view! { <p class="meta">"Nobody yet."</p> })}
            <ul class="rows" role="list" data-order="after" data-front="">{rows}</ul>
            {can_change.then(|| view! { <Find slug=slug.clone() session=id.clone() search=search found=found/> })}
        </section>
    }
}

fn role_options(present: SessionSpeakerRole) -> impl IntoView {
    SessionSpeakerRole::ALL
        .iter()
        .map(|role| view! { <option value=role.as_str() selected=*role == present>{role.label()}</option> })
        .collect_view()
}

fn row(
    slug: &str,
    session: &str,
    speaker: &SessionSpeaker,
    up: Option<String>,
    (can_change, can_drag): (bool, bool),
) -> impl IntoView + use<> {
    let user = speaker.user.to_string();
    let name = speaker.full_name.clone();
    let keys = {
        let (slug, session, user) = (slug.to_owned(), session.to_owned(), user.clone());
        move || {
            view! {
                <HiddenField name="event" value=slug.clone()/>
                <HiddenField name="session" value=session.clone()/>
                <HiddenField name="speaker" value=user.clone()/>
            }
        }
    };
    let (up_name, remove_name) = (name.clone(), name.clone());
    let forms = can_change.then(|| {
        view! {
            <form class="form-line" method="post" action="/api/agenda/change_speaker_role">
                {keys()}
                <label class="visually-hidden" for=format!("role-{user}")>{format!("Role of {name}")}</label>
                <select class="input" id=format!("role-{user}") name="role">{role_options(speaker.role)}</select>
                <Button kind=ButtonKind::Quiet>"Save role"</Button>
            </form>
            <form method="post" action="/api/agenda/move_speaker" data-move>
                {keys()}
                {up.map(|after| view! {
                    <Button kind=ButtonKind::Quiet name="after" value=after>
                        "Up"<span class="visually-hidden">{format!(": {up_name}")}</span>
                    </Button>
                })}
            </form>
            <form method="post" action="/api/agenda/remove_speaker">
                {keys()}
                <Button kind=ButtonKind::Quiet>"Remove"<span class="visually-hidden">{format!(" {remove_name}")}</span></Button>
            </form>
        }
    });
    view! {
        <li class="row" draggable=can_drag.then_some("true") data-behind=speaker.user.to_string()>
            <div class="row-body">
                <p class="row-title">{speaker.full_name.clone()}</p>
                <p class="meta">{speaker.role.label()}</p>
            </div>
            <div class="row-end speaker-part-forms">{forms}</div>
        </li>
    }
}

/// A search over the members of the event, by name.
#[component]
fn Find(slug: String, session: String, search: String, found: Vec<Candidate>) -> impl IntoView {
    let action = format!("/events/{slug}/manage/agenda/{session}#speakers");
    let has_searched = !search.trim().is_empty();
    let nobody = has_searched && found.is_empty();
    let rows = found
        .into_iter()
        .map(|candidate| {
            let id = format!("new-role-{}", candidate.user);
            view! {
                <li class="row">
                    <div class="row-body">
                        <p class="row-title">{candidate.full_name.clone()}</p>
                        <p class="meta">{candidate.role.label()}</p>
                    </div>
                    <form class="row-end form-line" method="post" action="/api/agenda/add_speaker">
                        <HiddenField name="event" value=slug.clone()/>
                        <HiddenField name="session" value=session.clone()/>
                        <HiddenField name="speaker" value=candidate.user.to_string()/>
                        <label class="visually-hidden" for=id.clone()>{format!("Role of {}", candidate.full_name)}</label>
                        <select class="input" id=id.clone() name="role">{role_options(SessionSpeakerRole::Speaker)}</select>
                        <Button kind=ButtonKind::Secondary>"Add"</Button>
                    </form>
                </li>
            }
        })
        .collect_view();
    view! {
        <form class="form-line" method="get" action=action autocomplete="off">
            <label for="find">"Find a member by name"</label>
            <input class="input" id="find" name="find" type="search" minlength="2" maxlength="200" value=search/>
            <Button kind=ButtonKind::Secondary icon="search">"Search"</Button>
        </form>
        {nobody.then(|| view! { <p class="meta">"No member of this event has this name."</p> })}
        <ul class="rows" role="list">{rows}</ul>
        {has_searched.then(|| view! { <p class="meta">"An attendee becomes a speaker of the event and gives the seat back."</p> })}
    }
}
