use domain::chat::MessageBody;
use domain::realtime::ClientFrame;
use domain::realtime::client::{Outbox, Pending};
use leptos::prelude::*;

use super::Driver;
use crate::chat::Composing;
use crate::live::{browser, json};

impl Driver {
    /// Finds what this tab kept: the draft, and messages that a reload caught on their way.
    pub(super) fn restore(&self) {
        self.restore_draft();
        let Some(kept) = browser::kept(&self.key("outbox")) else { return };
        let mut outbox = Outbox::restored(json::parse(&kept).unwrap_or_default());
        self.model.opening.with_value(|opening| outbox.keep_held(&opening.held));
        self.model.log.with_untracked(|log| {
            for message in log.messages().iter().filter(|message| message.author.id == self.me) {
                outbox.arrived(message.client_message_id);
            }
        });
        self.outbox.replace(outbox);
        if self.outbox(|outbox| outbox.pending().is_empty()) {
            self.keep_pending(&[]);
        }
    }

    /// Puts the draft into a composer that is empty.
    pub(super) fn restore_draft(&self) {
        if let (Some(input), Some(draft)) =
            (self.model.input.get_untracked(), browser::kept(&self.key("draft")))
            && input.value().is_empty()
        {
            input.set_value(&draft);
        }
        self.count_typed();
    }

    /// The text in the composer changed.
    pub(super) fn typed(&self) {
        let text = self.count_typed();
        if !matches!(self.model.composing.get_untracked(), Composing::Edit(_)) {
            browser::keep(&self.key("draft"), &text);
        }
        self.hush();
        let is_live = self.link(|link| link.is_live());
        if is_live && !text.trim().is_empty() && self.throttle.borrow_mut().tell(browser::now()) {
            self.tell(&ClientFrame::Typing { topic: self.topic });
        }
    }

    /// Queues what is typed. It is on the page at once and in the room as soon as it gets there.
    pub(super) fn send_typed(&'static self) {
        if self.model.connection.get_untracked().forbids_posts() {
            return;
        }
        let Some(input) = self.model.input.get_untracked() else { return };
        let text = input.value();
        let text = text.trim();
        let chars = text.chars().count();
        if chars == 0 {
            if let Composing::Edit(_) = self.model.composing.get_untracked() {
                self.say("A message can't be empty. Delete it instead, or cancel.".to_owned(), false);
            }
            return;
        }
        if chars > MessageBody::MAX_CHARS {
            let problem =
                format!("Messages hold up to {} characters; this one has {chars}.", MessageBody::MAX_CHARS);
            return self.say(problem, false);
        }
        let reply_to = match self.model.composing.get_untracked() {
            Composing::Edit(message) => return self.save_edit(message, text),
            Composing::Answer { to, .. } => Some(to),
            Composing::Message => None,
        };
        let Some(id) = browser::client_message_id() else { return };
        // Sending never jumps past something unread.
        let follows = self.is_at_end() || self.has_read_all();
        self.outbox(|outbox| outbox.queue(id, text.to_owned(), reply_to));
        input.set_value("");
        self.model.composing.set(Composing::Message);
        let _ = input.focus();
        self.count_typed();
        self.hush();
        browser::keep(&self.key("draft"), "");
        self.throttle.borrow_mut().reset();
        self.pump();
        if follows {
            self.go_to_end();
        } else {
            self.say_below(1);
        }
    }

    /// Under the composer; what `passes` is about a wait, and goes with it.
    pub(super) fn say(&self, words: String, passes: bool) {
        self.says_wait.set(passes);
        self.model.problem.set(Some(words));
    }

    pub(super) fn hush(&self) {
        self.says_wait.set(false);
        self.model.problem.set(None);
    }

    pub(super) fn keep_pending(&self, pending: &[Pending]) {
        let text = if pending.is_empty() { String::new() } else { json::pending(pending) };
        browser::keep(&self.key("outbox"), &text);
    }

    pub(super) fn kept_draft(&self) -> String {
        browser::kept(&self.key("draft")).unwrap_or_default()
    }

    pub(super) fn count_typed(&self) -> String {
        let text = self.model.input.get_untracked().map(|input| input.value()).unwrap_or_default();
        self.model.typed_chars.set(text.trim().chars().count());
        text
    }

    /// By person too: who signs in after somebody in the same tab must not send their words.
    fn key(&self, what: &str) -> String {
        format!("atria:{what}:{}:{}", self.me, self.topic)
    }
}
