//! What the reader does to messages that are in the room.

use domain::chat::{MessageView, RoomView};
use domain::ids::ChatMessageId;
use domain::realtime::client::Outbox;
use domain::{AppError, Conflict};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

use super::Driver;
use crate::chat::{Composing, Place, audience};
use crate::live::browser;

const EDIT: &str = "edit_message";

impl Driver {
    /// Opens the actions of a message with the focus on the first, or closes them with the focus where they were opened.
    pub(super) fn toggle_menu(&self, message: ChatMessageId) {
        let closes = self.model.menu.get_untracked() == Some(message);
        self.model.menu.set((!closes).then_some(message));
        let seq = self.model.log.with_untracked(|log| {
            log.messages().iter().find(|known| known.id == message).map(|known| known.seq)
        });
        if let Some(seq) = seq {
            let place = if closes { ".message-more" } else { ".message-menu :is(button, summary, a)" };
            browser::focus_later(format!("#message-{seq} {place}"));
        }
    }

    pub(super) fn react(&'static self, message: ChatMessageId, emoji: &str) {
        self.change("react", message, &[("emoji", emoji)]);
    }

    pub(super) fn delete(&'static self, message: ChatMessageId) {
        // Moderators say why on the message's page; nobody moderates a conversation.
        let reason: &[(&str, &str)] = match self.place {
            Place::Room { .. } => &[("reason", "")],
            Place::Conversation { .. } => &[],
        };
        self.change("delete_message", message, reason);
    }

    pub(super) fn reply(&self, seq: i64) {
        let target = self.model.log.with_untracked(|log| log.at(seq).cloned());
        if let Some(target) = target {
            self.cancel();
            self.compose(Composing::Answer { to: target.id, author: target.author.full_name });
        }
    }

    /// Puts the words of an own message into the composer; the draft waits.
    pub(super) fn edit(&self, seq: Option<i64>) {
        let is_own = |message: &&MessageView| message.author.id == self.me && message.body.is_some();
        let target = self.model.log.with_untracked(|log| match seq {
            Some(seq) => log.at(seq).cloned(),
            None => log.messages().iter().rev().find(is_own).cloned(),
        });
        let Some(target) = target else { return };
        if let (Some(input), Some(body)) = (self.model.input.get_untracked(), target.body) {
            input.set_value(&body);
            self.compose(Composing::Edit(target.id));
            // Where one goes on writing; some browsers start at the beginning.
            let end = input.text_length();
            let _ = input.set_selection_range(end, end);
        }
    }

    pub(super) fn leave(&'static self) {
        match self.model.composing.get_untracked() {
            Composing::Message => self.read_all(),
            Composing::Answer { .. } | Composing::Edit(_) => self.cancel(),
        }
    }

    /// Back to a message of its own, with the draft that waited.
    pub(super) fn cancel(&self) {
        if let Composing::Edit(_) = self.model.composing.get_untracked()
            && let Some(input) = self.model.input.get_untracked()
        {
            input.set_value(&self.kept_draft());
        }
        self.compose(Composing::Message);
    }

    /// The words stay in the composer until they are saved.
    pub(super) fn save_edit(&'static self, message: ChatMessageId, text: &str) {
        self.change(EDIT, message, &[("body", text)]);
    }

    fn compose(&self, composing: Composing) {
        self.model.menu.set(None);
        self.model.composing.set(composing);
        self.hush();
        self.count_typed();
        if let Some(input) = self.model.input.get_untracked() {
            let _ = input.focus();
        }
    }

    fn change(&'static self, function: &'static str, message: ChatMessageId, fields: &[(&str, &str)]) {
        self.model.menu.set(None);
        let message = message.to_string();
        let mut all = vec![("message", &*message)];
        all.extend_from_slice(fields);
        self.call(function, &all, move |answer: Result<MessageView, AppError>| match answer {
            Ok(message) => {
                let is_edited = self.model.composing.get_untracked() == Composing::Edit(message.id);
                // The line is drawn anew, and what had the focus in it is gone.
                if is_edited && (function == EDIT || message.body.is_none()) {
                    self.cancel();
                } else if function == EDIT {
                    // They write something else by now.
                } else if message.body.is_some() {
                    browser::focus_later(format!("#message-{} .message-more", message.seq));
                } else {
                    // What was deleted has no actions left.
                    let has_composer = self.model.input.get_untracked().is_some();
                    browser::focus_later(
                        if has_composer { "#composer-body" } else { ".chat-log" }.to_owned(),
                    );
                }
                self.take(vec![message]);
            }
            Err(AppError::Busy) if !self.link(|link| link.is_live()) => {
                // Whether it got there nobody knows; gone once the connection is back.
                let words = "No connection, so it may not have been changed. Look again once it is back.";
                self.say(words.to_owned(), true);
            }
            Err(error) => self.say(error.to_string(), false),
        });
    }

    /// The room was opened or closed, or is slower or quicker than it was.
    pub(super) fn room_changed(&'static self, room: &RoomView) {
        self.model.audience.set(audience(room.kind, room.slow_mode_seconds));
        // The wait that was named may be over.
        self.outbox(Outbox::resume);
        self.pump();
        let closed = Conflict::RoomClosed.to_string();
        let is_shut =
            !room.is_enabled && self.model.opening.with_value(|opening| !opening.writes_when_closed);
        let refusal = self.model.refusal.get_untracked();
        match refusal {
            None if is_shut => self.model.refusal.set(Some(closed)),
            Some(reason) if !is_shut && reason == closed => {
                self.model.refusal.set(None);
                // The composer is a new one, on the page by then.
                Timeout::new(0, || self.restore_draft()).forget();
            }
            Some(_) | None => {}
        }
    }
}
