use domain::AppError;
use domain::chat::MessageView;
use domain::realtime::client::{Attempt, Ended, Outbox};
use leptos::prelude::*;

use super::Driver;
use crate::live::browser;

impl Driver {
    /// Sends the message that is due, if one is, and shows where all of them stand.
    pub(super) fn pump(&'static self) {
        let due = self.outbox(Outbox::take_due);
        self.show_pending();
        let Some((attempt, body)) = due else { return };
        self.answer.start(Outbox::ANSWER_WITHIN_MS, move || {
            let wait = self.outbox(|outbox| outbox.unanswered(attempt, browser::fraction()));
            self.after_failure(wait);
        });
        let id = attempt.client_message_id.to_string();
        let fields = [("body", &*body), ("client_message_id", &*id)];
        self.call("post_message", &fields, move |answer: Result<MessageView, AppError>| match answer {
            Ok(message) => {
                self.answered(attempt);
                self.outbox(|outbox| outbox.acknowledged(attempt));
                self.take(vec![message]);
                self.pump();
            }
            Err(error) => self.not_sent(attempt, &error),
        });
    }

    fn not_sent(&'static self, attempt: Attempt, error: &AppError) {
        self.answered(attempt);
        let wait = self.outbox(|outbox| outbox.failed(attempt, error, browser::fraction()));
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
