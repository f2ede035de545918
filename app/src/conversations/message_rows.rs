use domain::accounts::tint;
use domain::chat::MessageView;
use domain::ids::{ChatMessageId, ConversationId, UserId};
use leptos::prelude::*;
use services::conversations::Receipts;

use super::tools::{EditForm, MessageTools};
use crate::flash::Flash;
use crate::ui::avatar::Avatar;
use crate::ui::links::linked;
use crate::ui::time::{Clock, LocalTime};

/// Messages of one person this close together share one head.
const GROUP_MS: i64 = 5 * 60_000;

/// Who reads which conversation, and what they are about to change.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub(super) conversation: ConversationId,
    pub(super) reader: UserId,
    /// Their pointer before this visit.
    pub(super) last_read_seq: i64,
    pub(super) receipts: Receipts,
    pub(super) editing: Option<ChatMessageId>,
    pub(super) may_send: bool,
    /// What a refused form left, be it the edit's or the composer's.
    pub(super) flash: Flash,
}

impl Reading {
    /// The last message of somebody else that the reader has not read.
    pub(super) fn unread_up_to(&self, messages: &[MessageView]) -> Option<i64> {
        let mut unread = messages.iter().filter(|message| self.is_new(message));
        unread.next().and_then(|_| messages.last()).map(|last| last.seq)
    }

    /// A message was to be changed, and was refused.
    pub(super) fn is_refused_edit(&self) -> bool {
        self.flash.values.contains_key("message")
    }

    fn is_new(&self, message: &MessageView) -> bool {
        message.author.id != self.reader && message.seq > self.last_read_seq
    }

    /// Where the reader's own last message has got to.
    fn state(&self, seq: i64) -> &'static str {
        match self.receipts.read_seq {
            Some(read) if read >= seq => "Read",
            Some(_) | None if self.receipts.delivered_seq >= seq => "Delivered",
            Some(_) | None => "Sent",
        }
    }
}

/// The messages of a page in order, with the divider before what is new.
#[component]
pub(super) fn MessageRows(messages: Vec<MessageView>, reading: Reading) -> impl IntoView {
    let first_new = messages.iter().find(|message| reading.is_new(message)).map(|message| message.seq);
    let last_own =
        messages.iter().rfind(|message| message.author.id == reading.reader).map(|message| message.seq);
    let mut previous: Option<&MessageView> = None;
    let rows = messages
        .iter()
        .map(|message| {
            let is_first_new = first_new == Some(message.seq);
            let starts_group =
                is_first_new || previous.is_none_or(|previous| !continues(previous, message));
            previous = Some(message);
            let state = (last_own == Some(message.seq)).then(|| reading.state(message.seq));
            view! {
                {is_first_new.then(|| view! { <li class="chat-new" id="unread"><span>"New messages"</span></li> })}
                {message_view(message, starts_group, state, &reading)}
            }
        })
        .collect_view();
    view! { <ol class="chat-messages" role="list">{rows}</ol> }
}

fn continues(before: &MessageView, message: &MessageView) -> bool {
    before.author.id == message.author.id && message.sent_at.millis() - before.sent_at.millis() < GROUP_MS
}

fn message_view(
    message: &MessageView,
    starts_group: bool,
    state: Option<&'static str>,
    reading: &Reading,
) -> impl IntoView + use<> {
    let is_own = message.author.id == reading.reader;
    let mut class = String::from("message");
    if starts_group {
        class.push_str(" message-first");
    }
    if is_own {
        class.push_str(" message-own");
    }
    if message.body.is_none() {
        class.push_str(" message-gone");
    }
    let is_edited_now = is_own && reading.editing == Some(message.id);
    let has_tools = is_own && message.body.is_some() && !is_edited_now;
    let (conversation, id) = (reading.conversation, message.id);
    let flash = if reading.is_refused_edit() { reading.flash.clone() } else { Flash::default() };
    let may_edit = reading.may_send;
    let body = message.body.clone();
    view! {
        <li class=class id=format!("message-{}", message.seq)>
            {starts_group.then(|| head(message))}
            {(!starts_group).then(|| view! {
                <span class="message-time"><LocalTime at=message.sent_at shown=Clock::Time/></span>
            })}
            {match body {
                None => view! { <div class="message-body">"Message deleted"</div> }.into_any(),
                Some(text) if is_edited_now => {
                    view! { <EditForm conversation=conversation message=id text=text flash=flash/> }.into_any()
                }
                Some(text) => view! { <div class="message-body">{linked(&text)}</div> }.into_any(),
            }}
            {has_tools.then(|| view! { <MessageTools conversation=conversation message=id may_edit=may_edit/> })}
            {state.map(|state| view! { <p class="message-state">{state}</p> })}
        </li>
    }
}

fn head(message: &MessageView) -> impl IntoView + use<> {
    let name = message.author.full_name.clone();
    view! {
        <Avatar name=name.clone() tint=tint(message.author.id)/>
        <p class="message-head">
            <span class="message-author">{name}</span>
            " "
            <span class="message-time"><LocalTime at=message.sent_at/></span>
        </p>
    }
}
