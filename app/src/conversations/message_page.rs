use domain::chat::{Emoji, MessageBody};
use domain::ids::{ChatMessageId, ConversationId};
use leptos::prelude::*;
use services::conversations::{self, MessagePage};

use crate::chat::{Place, Setting, still_view};
use crate::flash::Flash;
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::field::{HiddenField, TextArea};
use crate::ui::form::{Form, FormErrors};
use crate::ui::time::LocalTime;

/// The labels of the fields, in order, for the error summary.
const LABELS: [(&str, &str); 2] = [("body", "Message"), ("emoji", "Reaction")];

/// One direct message with everything its reader may do to it, in plain forms.
#[component]
pub fn DirectMessagePage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let conversation: ConversationId = ssr::param("conversation")?;
        let id: ChatMessageId = ssr::param("message")?;
        let person = viewer.signed_in()?.clone();
        let page = conversations::open_message(&services, &person, conversation, id).await?;
        let flash = ssr::take_flash().await?;
        let path = format!("/inbox/{conversation}");
        let setting = Setting::still(Place::Conversation { conversation }, person.user, Vec::new());
        let form_id = services.rng.id(services.clock.now()).to_string();
        let head = Head::new(format!("Message · {}", page.other_name), format!("{path}/messages/{id}"));
        let answers = page.may_send.is_ok() && page.message.body.is_some();
        let reports = !page.is_own && page.message.body.is_some();
        let report = Place::Conversation { conversation }.report_path(id);
        let deletes = page.is_own && page.message.body.is_some();
        Ok(view! {
            <SignedInLayout head=head viewer=viewer flash=flash.clone()>
                <header class="page-head">
                    <p class="page-kicker">
                        <a href=format!("{path}#message-{}", page.message.seq)>{page.other_name.clone()}</a>
                    </p>
                    <h1>"Message"</h1>
                </header>
                <FormErrors errors=flash.errors().cloned().unwrap_or_default() labels=LABELS.to_vec()/>
                <ol class="chat-messages message-alone" role="list">{still_view(page.message.clone(), setting)}</ol>
                {answers.then(|| view! { <Answers conversation=conversation message=id form_id=form_id/> })}
                {page.may_edit.then(|| edit_section(conversation, &page, &flash))}
                {deletes.then(|| view! { <Deletion conversation=conversation message=id/> })}
                {reports.then(|| view! { <Report href=report/> })}
                <Earlier page=page/>
            </SignedInLayout>
        }
        .into_any())
    })
}

fn fields(conversation: ConversationId, message: ChatMessageId) -> impl IntoView {
    view! {
        <HiddenField name="conversation" value=conversation.to_string()/>
        <HiddenField name="message" value=message.to_string()/>
    }
}

#[component]
fn Answers(
    conversation: ConversationId,
    message: ChatMessageId,
    /// Made with the form: a second submit is the first.
    form_id: String,
) -> impl IntoView {
    let quick = Emoji::QUICK.map(
        |emoji| view! { <button class="reaction" type="submit" name="emoji" value=emoji>{emoji}</button> },
    );
    view! {
        <section class="section" aria-labelledby="react">
            <h2 id="react">"React"</h2>
            <form class="reactions" method="post" action="/api/conversations/react">
                {fields(conversation, message)}
                {quick}
            </form>
        </section>
        <section class="section" aria-labelledby="reply">
            <h2 id="reply">"Reply"</h2>
            <Form action="/api/conversations/post_message">
                <HiddenField name="conversation" value=conversation.to_string()/>
                <HiddenField name="reply_to" value=message.to_string()/>
                <HiddenField name="client_message_id" value=form_id/>
                <label class="field-label" for="reply-body">"Your answer"</label>
                <textarea class="input" id="reply-body" name="body" rows="3" required=true></textarea>
                <Button>"Reply"</Button>
            </Form>
        </section>
    }
}

fn edit_section(conversation: ConversationId, page: &MessagePage, form: &Flash) -> impl IntoView + use<> {
    let body = form.value_or("body", page.message.body.as_deref().unwrap_or_default());
    let (error, fields) = (form.error("body"), fields(conversation, page.message.id));
    view! {
        <section class="section" aria-labelledby="edit">
            <h2 id="edit">"Edit"</h2>
            <p class="meta">"For 15 minutes after it was sent. It will say that it was edited."</p>
            <Form action="/api/conversations/edit_message" guarded=true>
                {fields}
                <TextArea
                    name="body" label="Message" rows=4 required=true maxlength=MessageBody::MAX_CHARS
                    value=body error=error
                />
                <Button>"Save"</Button>
            </Form>
        </section>
    }
}

#[component]
fn Deletion(conversation: ConversationId, message: ChatMessageId) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="delete">
            <h2 id="delete">"Delete"</h2>
            <p class="meta">"It disappears for both of you, for good."</p>
            <Form action="/api/conversations/delete_message">
                {fields(conversation, message)}
                <Button kind=ButtonKind::Danger>"Delete message"</Button>
            </Form>
        </section>
    }
}

#[component]
fn Report(href: String) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="report">
            <h2 id="report">"Not all right?"</h2>
            <p class="meta">"The moderators of an event you are both in read it, with what was said just before. Nobody else does."</p>
            <p class="form-actions">
                <LinkButton href=href kind=ButtonKind::Secondary icon="shield">"Report message"</LinkButton>
            </p>
        </section>
    }
}

/// What only its author sees.
#[component]
fn Earlier(page: MessagePage) -> impl IntoView {
    let texts: Vec<_> = page
        .earlier
        .into_iter()
        .map(|(text, until)| {
            view! {
                <li>
                    <p class="meta">"Until "<LocalTime at=until/></p>
                    <blockquote class="message-body">{text}</blockquote>
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
