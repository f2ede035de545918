use domain::accounts::tint;
use domain::connections::{ContactList, ContactNote};
use domain::time::Timestamp;
use leptos::prelude::*;
use services::connections::{Contact, Met};
use services::uploads::AvatarPixels;

use super::request_form::{AnswerForms, MessageForm, WithdrawForm};
use crate::flash::Flash;
use crate::ssr;
use crate::ui::avatar::{Avatar, AvatarSize};
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::HiddenField;
use crate::ui::time::LocalTime;
use crate::ui::user_text::textarea_text;

/// One person of a list, with what can be done there.
#[component]
pub(super) fn ContactCard(
    contact: Contact,
    list: ContactList,
    form: Flash,
    /// Which part of the list it is in, as fields of a form.
    here: Vec<(&'static str, String)>,
) -> impl IntoView {
    let profile = contact.profile.clone();
    let name = profile.full_name.clone();
    let work: Vec<String> = [profile.title, profile.company].into_iter().flatten().collect();
    let addresses = [profile.email, profile.public_email].into_iter().flatten();
    let addresses = addresses
        .map(|email| view! { <li><a href=format!("mailto:{email}")>{email.clone()}</a></li> })
        .collect_view();
    let links = profile
        .links
        .named()
        .into_iter()
        .map(|(name, link)| {
            view! { <li><a href=link.to_owned() rel="noopener nofollow ugc">{name}</a></li> }
        })
        .collect_view();
    let picture = ssr::avatar(profile.avatar, AvatarPixels::Small);
    let opening = match list {
        ContactList::Received | ContactList::Sent => Some(contact.icebreaker.clone()),
        ContactList::Declined | ContactList::Connected => None,
    };
    let forms = match list {
        ContactList::Received => {
            view! { <AnswerForms connection=contact.connection name=name.clone()/> }.into_any()
        }
        ContactList::Sent => {
            view! { <WithdrawForm connection=contact.connection name=name.clone()/> }.into_any()
        }
        ContactList::Declined => ().into_any(),
        ContactList::Connected => view! {
            <MessageForm person=profile.user name=name.clone()/>
            {remove(&contact, &name)}
        }
        .into_any(),
    };
    let note = (list == ContactList::Connected).then(|| note(&contact, &name, &form, here));
    view! {
        <li class="row contact" id=format!("connection-{}", contact.connection)>
            <Avatar name=name.clone() tint=tint(profile.user) size=AvatarSize::Medium picture=picture/>
            <div class="row-body">
                {if contact.is_seen {
                    view! { <a class="contact-name" href=format!("/people/{}", profile.user)>{name}</a> }.into_any()
                } else {
                    view! { <span class="contact-name">{name}</span> }.into_any()
                }}
                {(!work.is_empty()).then(|| view! { <p class="meta">{work.join(", ")}</p> })}
                <ul class="profile-card-links" role="list">{addresses}{links}</ul>
                {opening.map(|words| view! { <blockquote class="icebreaker">{words}</blockquote> })}
                <p class="meta">{when(list, &contact)}" · "{met(contact.met)}</p>
                {note}
            </div>
            <div class="row-end contact-forms">{forms}</div>
        </li>
    }
}

fn when(list: ContactList, contact: &Contact) -> impl IntoView + use<> {
    let (word, at): (&str, Timestamp) = match list {
        ContactList::Received => ("Asked", contact.requested_at),
        ContactList::Sent => ("Requested", contact.requested_at),
        ContactList::Declined => ("Declined", contact.answered_at.unwrap_or(contact.requested_at)),
        ContactList::Connected => ("Connected", contact.answered_at.unwrap_or(contact.requested_at)),
    };
    view! { {word}" "<LocalTime at=at/> }
}

/// Where they met, as a link where the event is still theirs.
fn met(met: Met) -> impl IntoView {
    let title = match met.slug {
        Some(slug) => view! { <a href=format!("/events/{slug}/now")>{met.title}</a> }.into_any(),
        None => met.title.into_any(),
    };
    view! { "met at "{title}", "{met.when} }
}

fn remove(contact: &Contact, name: &str) -> impl IntoView + use<> {
    let (connection, label) = (contact.connection, format!("Remove {name}"));
    view! {
        <details class="contact-remove">
            <summary aria-label=label.clone()>"Remove"</summary>
            <p class="meta">"Your conversation leaves both inboxes. It comes back if you connect again."</p>
            <form method="post" action="/api/connections/remove">
                <HiddenField name="connection" value=connection.to_string()/>
                <Button kind=ButtonKind::Danger>{label}</Button>
            </form>
        </details>
    }
}

/// The own note, folded in while there is none.
fn note(
    contact: &Contact,
    name: &str,
    form: &Flash,
    here: Vec<(&'static str, String)>,
) -> impl IntoView + use<> {
    let id = contact.connection.to_string();
    let is_this = form.value("connection") == id;
    let stored = contact.note.clone().unwrap_or_default();
    let is_empty = stored.is_empty();
    let text = if is_this { form.value_or("note", &stored) } else { stored.clone() };
    let error = form.error("note").filter(|_| is_this);
    let field = format!("note-{id}");
    let has_error = error.is_some();
    let here =
        here.into_iter().map(|(name, value)| view! { <HiddenField name=name value=value/> }).collect_view();
    view! {
        {(!is_empty).then(|| view! { <p class="contact-note">{stored.clone()}</p> })}
        <details class="contact-note-edit" open=is_this>
            <summary>{if is_empty { "Add a note" } else { "Change your note" }}</summary>
            <form class="form" method="post" action="/api/connections/save_note">
                <HiddenField name="connection" value=id/>
                <HiddenField name="before" value=stored/>
                {here}
                <label class="field-label" for=field.clone()>{format!("Your note about {name}; only you see it")}</label>
                <textarea
                    class="input" id=field name="note" rows="3" maxlength=ContactNote::MAX_CHARS.to_string()
                    aria-invalid=has_error.then_some("true") inner_html=textarea_text(&text)
                ></textarea>
                {error.map(|error| view! { <p class="field-error" id="error-note">{error}</p> })}
                <Button kind=ButtonKind::Secondary>"Save note"</Button>
            </form>
        </details>
    }
}
