use domain::AppError;
use domain::chat::MessageView;
use domain::paging::Slice;
use domain::realtime::ClientFrame;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::web_sys::HtmlDivElement;

use super::{Driver, Marks};
use crate::live::browser;

/// Within this distance of the end the view follows new messages.
const END_PX: i32 = 100;
/// Marks of what was read and has come are gathered for this long.
const MARKS_EVERY_MS: u32 = 250;

impl Driver {
    /// A room opens at the first unread message, else at the end; a link to one message, or to what was not sent
    /// (`page/lazy/deliver.js`), wins.
    pub(super) fn open_at_unread(&'static self) {
        let fragment = browser::fragment();
        if fragment == "#unsent" {
            return self.go_to_end();
        }
        if fragment.starts_with("#message-") {
            // The browser went there, but to a row that was drawn anew since.
            if let Some(row) = document().get_element_by_id(&fragment[1..]) {
                row.scroll_into_view();
                let _ = row.set_attribute("data-target", "");
            }
            return;
        }
        match document().get_element_by_id("unread") {
            Some(divider) => {
                divider.scroll_into_view();
                let waiting = self.model.pending.with_untracked(Vec::len);
                self.say_below(u32::try_from(waiting).unwrap_or(u32::MAX));
            }
            None => self.scroll_to_end(),
        }
    }

    /// Own messages on their way stand below what is unread: the way there says so.
    pub(super) fn say_below(&self, messages: u32) {
        if messages > 0 {
            self.model.below.update(|below| *below += messages);
            self.model.own_below.set(true);
        }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.scroller()
            .is_none_or(|log| log.scroll_height() - log.scroll_top() - log.client_height() <= END_PX)
    }

    pub(super) fn has_read_all(&self) -> bool {
        self.model.log.with_untracked(|log| log.last_seq().unwrap_or(0)) <= self.told_read.get()
    }

    /// After the page has taken up what changed.
    pub(super) fn go_to_end(&'static self) {
        Timeout::new(0, move || {
            self.scroll_to_end();
            self.note_read();
        })
        .forget();
    }

    pub(super) fn jump_to_newest(&'static self) {
        self.scroll_to_end();
        self.scrolled();
    }

    pub(super) fn scrolled(&'static self) {
        if self.is_at_end() && self.model.below.get_untracked() > 0 {
            self.model.below.set(0);
            self.model.own_below.set(false);
        }
        self.note_read();
    }

    /// Only what was on screen in a focused window becomes read, and nothing while messages before it weren't.
    pub(super) fn note_read(&'static self) {
        if untrack(|| self.model.unread_above()).is_some() {
            return;
        }
        let Some(last) = self.model.log.with_untracked(|log| log.last_seq()) else { return };
        let is_live = self.link(|link| link.is_live());
        if is_live && last > self.told_read.get() && browser::is_looked_at() && self.is_at_end() {
            self.told_read.set(last);
            self.tell_marks(Marks { read: Some(last), ..Marks::default() });
        }
    }

    /// Goes to the end; all counts as read, also what was never on screen.
    pub(super) fn read_all(&'static self) {
        self.jump_to_newest();
        let Some(last) = self.model.log.with_untracked(|log| log.last_seq()) else { return };
        if self.link(|link| link.is_live()) && last > self.told_read.get() {
            self.told_read.set(last);
            self.tell_marks(Marks { read: Some(last), ..Marks::default() });
        }
    }

    /// Gathers marks: messages may come faster than a client may speak, and what it says too much is dropped.
    fn tell_marks(&'static self, marks: Marks) {
        let waiting = self.waiting_marks.get();
        let marks =
            Marks { read: marks.read.or(waiting.read), delivered: marks.delivered.or(waiting.delivered) };
        self.waiting_marks.set(marks);
        if !self.marks.is_running() {
            self.marks.start(MARKS_EVERY_MS, || self.tell_waiting_marks());
        }
    }

    /// Also when the page goes away. Without a connection they wait for the next one.
    pub(super) fn tell_waiting_marks(&self) {
        if !self.link(|link| link.is_live()) {
            return;
        }
        let Marks { read, delivered } = self.waiting_marks.take();
        if let Some(seq) = delivered {
            self.tell(&ClientFrame::Delivered { topic: self.topic, seq });
        }
        if let Some(seq) = read {
            self.tell(&ClientFrame::Read { topic: self.topic, seq });
        }
    }

    /// What the last connection may have lost on its way; the server takes each mark once.
    pub(super) fn tell_told_marks(&'static self) {
        let known = self.model.opening.with_value(|opening| opening.last_read_seq);
        let told = |seq: i64| (seq > known).then_some(seq);
        let is_conversation = self.model.partner.with_untracked(Option::is_some);
        let delivered = told(self.told_delivered.get()).filter(|_| is_conversation);
        let marks = Marks { read: told(self.told_read.get()), delivered };
        if marks.read.is_some() || marks.delivered.is_some() {
            self.tell_marks(marks);
        }
    }

    /// In a conversation the other one learns that it has come.
    pub(super) fn note_delivered(&'static self) {
        let last = self.model.log.with_untracked(|log| log.last_seq()).unwrap_or(0);
        let is_conversation = self.model.partner.with_untracked(Option::is_some);
        if is_conversation && self.link(|link| link.is_live()) && last > self.told_delivered.get() {
            self.told_delivered.set(last);
            self.tell_marks(Marks { delivered: Some(last), ..Marks::default() });
        }
    }

    /// Puts the messages before the first one in front, keeping the line that was being read where it is.
    pub(super) fn load_older(&'static self) {
        let first = self.model.log.with_untracked(|log| log.first_seq());
        let Some(before) = first.filter(|_| !self.model.loading_older.get_untracked()) else { return };
        self.model.loading_older.set(true);
        self.ask_for_older(before, move |answer| match answer {
            Ok(page) => self.put_in_front(page),
            Err(error) => {
                self.model.loading_older.set(false);
                self.say(error.to_string(), false);
            }
        });
    }

    fn put_in_front(&'static self, page: Slice<MessageView>) {
        let from_end = self.scroller().map(|log| log.scroll_height() - log.scroll_top());
        self.model.has_older.set(page.has_older);
        self.model.log.update(|log| log.extend(page.items));
        Timeout::new(0, move || {
            if let (Some(log), Some(from_end)) = (self.scroller(), from_end) {
                log.set_scroll_top(log.scroll_height() - from_end);
            }
            self.model.loading_older.set(false);
        })
        .forget();
    }

    pub(super) fn ask_for_older(
        &self,
        before: i64,
        then: impl FnOnce(Result<Slice<MessageView>, AppError>) + 'static,
    ) {
        self.call("older_messages", &[("before_seq", &*before.to_string())], then);
    }

    fn scroll_to_end(&self) {
        if let Some(log) = self.scroller() {
            log.set_scroll_top(log.scroll_height());
        }
    }

    fn scroller(&self) -> Option<HtmlDivElement> {
        self.model.scroller.get_untracked()
    }
}
