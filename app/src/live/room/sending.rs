use domain::AppError;
use domain::chat::MessageView;
use domain::realtime::client::{Attempt, Ended, Outbox, Pending, PendingState};
use domain::text::seconds_in_words;
use leptos::prelude::*;

use super::Driver;
use crate::live::browser;

impl Driver {
    const UNNOTICED_SECONDS: u32 = 2;
    /// So many that wait are noticed, however short each wait is.
    const UNNOTICED_MESSAGES: usize = 3;

    /// Sends the message that is due, if one is, and shows where all of them stand.
    pub(super) fn pump(&'static self) {
        let due = self.outbox(Outbox::take_due);
        self.show_pending();
        let Some((attempt, pending)) = due else { return };
        self.answer.start(Outbox::ANSWER_WITHIN_MS, move || {
            let wait = self.outbox(|outbox| outbox.unanswered(attempt, browser::fraction()));
            self.after_failure(wait);
        });
        let id = attempt.client_message_id.to_string();
        let reply_to = pending.reply_to.map(|target| target.to_string());
        let mut fields = vec![("body", &*pending.body), ("client_message_id", &*id)];
        fields.extend(reply_to.as_deref().map(|target| ("reply_to", target)));
        self.call("post_message", &fields, move |answer: Result<MessageView, AppError>| match answer {
            Ok(message) => {
                self.answered(attempt);
                self.outbox(|outbox| outbox.acknowledged(attempt));
                if self.count_sending() <= Self::UNNOTICED_MESSAGES {
                    self.waits_no_more();
                }
                self.take(vec![message]);
                self.pump();
            }
            Err(error) => self.not_sent(attempt, &error),
        });
    }

    fn not_sent(&'static self, attempt: Attempt, error: &AppError) {
        self.answered(attempt);
        let wait = self.outbox(|outbox| outbox.failed(attempt, error, browser::fraction()));
        if let AppError::TooMany { retry_after_seconds } = error {
            self.say_wait(*retry_after_seconds);
        } else if self.link(|link| link.is_live()) {
            self.waits_no_more();
        }
        if wait.is_none() && matches!(error, AppError::Unauthenticated(_)) {
            self.end(Ended::SignedOut);
        }
        self.after_failure(wait);
    }

    fn after_failure(&'static self, wait: Option<u32>) {
        if let Some(ms) = wait {
            self.resend.start(ms, move || {
                self.outbox(Outbox::resume);
                self.pump();
            });
        }
        self.pump();
    }

    /// Slow mode, or too much at once: a wait that one notices has a reason.
    fn say_wait(&self, seconds: u32) {
        if seconds > Self::UNNOTICED_SECONDS {
            let wait = seconds_in_words(seconds);
            self.say(format!("Your message goes out by itself in {wait}."), true);
        } else if self.count_sending() > Self::UNNOTICED_MESSAGES {
            let words = "That was a lot at once. Your messages go out by themselves, one after the other.";
            self.say(words.to_owned(), true);
        }
    }

    pub(super) fn count_sending(&self) -> usize {
        let is_sending = |pending: &&Pending| pending.state == PendingState::Sending;
        self.outbox(|outbox| outbox.pending().iter().filter(is_sending).count())
    }

    pub(super) fn waits_no_more(&self) {
        if self.says_wait.get() {
            self.hush();
        }
    }

    /// The clock of a try that was given up runs for another one by now.
    fn answered(&self, attempt: Attempt) {
        if self.outbox(|outbox| outbox.is_under_way(attempt)) {
            self.answer.stop();
        }
    }

    /// Mirrors the outbox to the page and to this tab's memory, where a reload finds it.
    pub(super) fn show_pending(&self) {
        let pending = self.outbox(|outbox| outbox.pending().to_vec());
        if self.model.pending.with_untracked(|shown| *shown != pending) {
            self.keep_pending(&pending);
            self.model.pending.set(pending);
        }
    }
}
