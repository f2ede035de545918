use domain::chat::{Emoji, MessageBody};
use domain::ids::{ChatMessageId, ChatRoomId};
use leptos::prelude::*;
use services::{chat, events};

use super::message_list::{Setting, still_view};
use crate::events::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::moderation::{moderated_path, report_path};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::copy_button::CopyButton;
use crate::ui::field::{HiddenField, TextArea};
use crate::ui::form::{Form, FormErrors};
use crate::ui::time::LocalTime;

/// The labels of the fields, in order, for the error summary.
const LABELS: [(&str, &str); 3] = [("body", "Message"), ("reason", "Reason"), ("emoji", "Reaction")];

/// One message with everything its reader may do to it, in plain forms.
#[component]
pub fn MessagePage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let room: ChatRoomId = ssr::param("room")?;
        let id: ChatMessageId = ssr::param("message")?;
        let person = viewer.signed_in()?.clone();
        let (head, role) = events::open_for_members(&services, &person, &slug).await?;
        let page = chat::open_message(&services, &person, &slug, room, id).await?;
        let form = ssr::take_flash().await?;
        let place = Place { event: slug.clone(), room: room.to_string(), message: id.to_string() };
        let of_room = super::Place::Room { event: slug.clone(), room };
        let back = of_room.around(id, page.message.seq);
        let setting = Setting::still(of_room, person.user, Vec::new());
        let link = format!("{}{back}", ssr::public_url());
        let form_id = services.rng.id(services.clock.now()).to_string();
        Ok(view! {
            <EventLayout
                head=Head::new(format!("Message · {} · {}", page.room_name, head.title), place.path())
                viewer=viewer
                flash=form.clone()
                event=frame(&head, role, &[])
                current=EventTab::Chat
            >
                <header class="page-head">
                    <p class="page-kicker"><a href=back>{page.room_name.clone()}</a></p>
                    <h1>"Message"</h1>
                </header>
                <FormErrors errors=form.errors().cloned().unwrap_or_default() labels=LABELS.to_vec()/>
                <ol class="chat-messages message-alone" role="list">{still_view(page.message.clone(), setting)}</ol>
                {page.deleted.clone().map(|deleted| view! {
                    <ModeratorDeleted place=place.clone() deleted=deleted may_restore=page.may_restore/>
                })}
                {page.may_react.then(|| view! { <Reactions place=place.clone()/> })}
                {(!page.reacted.is_empty()).then(|| view! { <WhoReacted reacted=page.reacted.clone()/> })}
                {(page.refusal.is_none() && page.message.body.is_some()).then(|| view! { <Reply place=place.clone() form_id=form_id/> })}
                {page.may_edit.then(|| view! { <Edit place=place.clone() page=page.clone() form=form.clone()/> })}
                {page.may_delete.then(|| view! { <Delete place=place.clone() is_own=page.is_own form=form.clone()/> })}
                <Unread place=place.clone()/>
                <Link address=link/>
                {(!page.is_own && page.message.body.is_some()).then(|| view! { <Report place=place.clone() page=page.clone()/> })}
                <Earlier texts=page.earlier/>
            </EventLayout>
        }
        .into_any())
    })
}

/// What the forms of one message name.
#[derive(Debug, Clone)]
struct Place {
    event: String,
    room: String,
    message: String,
}

impl Place {
    fn path(&self) -> String {
        format!("/events/{}/rooms/{}/messages/{}", self.event, self.room, self.message)
    }

    fn fields(&self) -> impl IntoView + use<> {
        view! {
            <HiddenField name="event" value=self.event.clone()/>
            <HiddenField name="room" value=self.room.clone()/>
            <HiddenField name="message" value=self.message.clone()/>
        }
    }
}

#[component]
fn Reactions(place: Place) -> impl IntoView {
    let quick = Emoji::QUICK.map(
        |emoji| view! { <button class="reaction" type="submit" name="emoji" value=emoji>{emoji}</button> },
    );
    view! {
        <section class="section" aria-labelledby="react">
            <h2 id="react">"React"</h2>
            <form class="reactions" method="post" action="/api/chat/react">{place.fields()}{quick}</form>
            <form class="form-line" method="post" action="/api/chat/react">
                {place.fields()}
                <label for="field-emoji">"Another emoji"</label>
                <input class="input emoji-field" id="field-emoji" name="emoji" required=true maxlength="20" autocomplete="off"/>
                <Button kind=ButtonKind::Secondary>"React"</Button>
            </form>
        </section>
    }
}

#[component]
fn WhoReacted(reacted: Vec<chat::Reacted>) -> impl IntoView {
    let lines: Vec<_> = reacted
        .into_iter()
        .map(|chat::Reacted { emoji, names, more }| {
            let more = (more > 0).then(|| format!(" and {more} more"));
            view! {
                <dt>{emoji}</dt>
                <dd>{names.join(", ")}{more}</dd>
            }
        })
        .collect();
    view! {
        <section class="section" aria-labelledby="reacted">
            <h2 id="reacted">"Who reacted"</h2>
            <dl class="message-reacted">{lines}</dl>
        </section>
    }
}

#[component]
fn Reply(
    place: Place,
    /// Made with the form: a second submit is the first.
    form_id: String,
) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="reply">
            <h2 id="reply">"Reply"</h2>
            <Form action="/api/chat/post_message">
                <HiddenField name="event" value=place.event/>
                <HiddenField name="room" value=place.room/>
                <HiddenField name="reply_to" value=place.message/>
                <HiddenField name="client_message_id" value=form_id/>
                <label class="field-label" for="reply-body">"Your answer"</label>
                <textarea class="input" id="reply-body" name="body" rows="3" required=true></textarea>
                <Button>"Reply"</Button>
            </Form>
        </section>
    }
}

#[component]
fn Edit(place: Place, page: chat::MessagePage, form: Flash) -> impl IntoView {
    let body = page.message.body.unwrap_or_default();
    view! {
        <section class="section" aria-labelledby="edit">
            <h2 id="edit">"Edit"</h2>
            <p class="meta">"For 15 minutes after it was sent. Moderators can see what it said before."</p>
            <Form action="/api/chat/edit_message" guarded=true>
                {place.fields()}
                <TextArea
                    name="body" label="Message" rows=4 required=true maxlength=MessageBody::MAX_CHARS
                    value=form.value_or("body", &body) error=form.error("body")
                />
                <Button>"Save"</Button>
            </Form>
        </section>
    }
}

#[component]
fn Delete(place: Place, is_own: bool, form: Flash) -> impl IntoView {
    let reason = (!is_own).then(|| {
        view! {
            <TextArea
                name="reason" label="Reason" rows=2 maxlength=500
                hint="Its author and other moderators can read it."
                value=form.value("reason") error=form.error("reason")
            />
        }
    });
    let about = if is_own {
        "It disappears for everybody, for good."
    } else {
        "It disappears for everybody. You can bring it back for 24 hours."
    };
    view! {
        <section class="section" aria-labelledby="delete">
            <h2 id="delete">"Delete"</h2>
            <p class="meta">{about}</p>
            <Form action="/api/chat/delete_message">
                {place.fields()}
                {reason}
                <Button kind=ButtonKind::Danger>"Delete message"</Button>
            </Form>
        </section>
    }
}

/// For whoever has no time for it now.
#[component]
fn Unread(place: Place) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="unread">
            <h2 id="unread">"Later"</h2>
            <p class="meta">"This message and those after it count as unread again."</p>
            <Form action="/api/chat/mark_unread">
                {place.fields()}
                <Button kind=ButtonKind::Secondary>"Mark unread from here"</Button>
            </Form>
        </section>
    }
}

/// Leads to the message in its room.
#[component]
fn Link(address: String) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="link">
            <h2 id="link">"Link"</h2>
            <div class="field">
                <label class="field-label" for="message-link">"Link to this message, for those who read the room"</label>
                <div class="form-line">
                    <input class="input" id="message-link" type="url" value=address readonly=true/>
                    <CopyButton field="message-link" label="Copy link"/>
                </div>
            </div>
        </section>
    }
}

/// The way to the moderators, and for them to whoever wrote it.
#[component]
fn Report(place: Place, page: chat::MessagePage) -> impl IntoView {
    let href = report_path("MESSAGE", &place.message, &place.event);
    let author = moderated_path(&place.event, &page.message.author.id.to_string());
    let name = page.message.author.full_name.clone();
    view! {
        <section class="section" aria-labelledby="report">
            <h2 id="report">"Not all right?"</h2>
            <p class="form-actions">
                <LinkButton href=href kind=ButtonKind::Secondary icon="shield">"Report message"</LinkButton>
                {page.is_moderator.then(|| view! {
                    <LinkButton href=author kind=ButtonKind::Secondary>{format!("Mute or ban {name}")}</LinkButton>
                })}
            </p>
        </section>
    }
}

/// What only its author and moderators see: who deleted it and why, and the way back.
#[component]
fn ModeratorDeleted(place: Place, deleted: chat::Deleted, may_restore: bool) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="deleted">
            <h2 id="deleted">"Deleted by a moderator"</h2>
            <p class="meta">{deleted.by}", "<LocalTime at=deleted.at/></p>
            {deleted.reason.map(|reason| view! { <p>"Reason: "{reason}</p> })}
            <blockquote class="quoted">{deleted.text}</blockquote>
            {may_restore.then(|| view! {
                <Form action="/api/chat/restore_message">
                    {place.fields()}
                    <Button kind=ButtonKind::Secondary>"Restore message"</Button>
                </Form>
            })}
        </section>
    }
}

/// For its author and moderators.
#[component]
fn Earlier(texts: Vec<chat::EarlierText>) -> impl IntoView {
    let texts: Vec<_> = texts
        .into_iter()
        .map(|earlier| {
            view! {
                <li>
                    <p class="meta">"Until "<LocalTime at=earlier.until/></p>
                    <blockquote class="quoted">{earlier.text}</blockquote>
                </li>
            }
        })
        .collect();
    (!texts.is_empty()).then(|| {
        view! {
            <section class="section" aria-labelledby="earlier">
                <h2 id="earlier">"What it said before"</h2>
                <ol class="message-earlier" role="list">{texts}</ol>
            </section>
        }
    })
}
