use super::Backoff;
use crate::ids::{ChatMessageId, ClientMessageId};
use crate::{AppError, Conflict};

/// Own messages that the server has not acknowledged, in the order they were written. One is under way at a
/// time, so that retries can't overtake each other; each keeps its client id, so that none arrives twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outbox {
    pending: Vec<Pending>,
    under_way: Option<Attempt>,
    pause: Pause,
    attempts: u32,
    backoff: Backoff,
    /// The last try was told to sign in, and is repeated once.
    doubts_sign_out: bool,
}

/// A message on its way, as its author sees it. Kept by the browser across a reload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    pub client_message_id: ClientMessageId,
    pub body: String,
    /// The message it answers.
    pub reply_to: Option<ChatMessageId>,
    pub state: PendingState,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum PendingState {
    /// Goes out by itself.
    #[default]
    Sending,
    /// A moderator looks at it: it is in the room once they let it through, and its author is told if not.
    Held,
    /// Refused with this reason; the person retries or discards it.
    Failed(String),
}

/// One try to send one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    pub client_message_id: ClientMessageId,
    number: u32,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Pause {
    #[default]
    None,
    /// After a failure that may pass; over at once when the network is back.
    Backoff,
    /// The server named the wait.
    RateLimit,
}

impl Outbox {
    /// An unanswered try is given up after this long and repeated: a dead connection can hang for minutes.
    pub const ANSWER_WITHIN_MS: u32 = 15_000;
    /// Another tab may just have renewed the cookie that a try went out with.
    const SIGN_OUT_DOUBT_MS: u32 = 1000;
    /// Failures on the server's side before the person is asked.
    const MAX_INTERNAL: u32 = 4;

    /// What a reload left: what was on its way goes out again, what was refused waits for the person as before.
    #[must_use]
    pub fn restored(pending: Vec<Pending>) -> Self {
        Self { pending, ..Self::default() }
    }

    /// Takes out what a moderator has decided about: only what is in `held` still waits.
    pub fn keep_held(&mut self, held: &[ClientMessageId]) {
        self.pending.retain(|one| one.state != PendingState::Held || held.contains(&one.client_message_id));
    }

    #[must_use]
    pub fn pending(&self) -> &[Pending] {
        &self.pending
    }

    pub fn queue(
        &mut self,
        client_message_id: ClientMessageId,
        body: String,
        reply_to: Option<ChatMessageId>,
    ) {
        self.pending.push(Pending { client_message_id, body, reply_to, state: PendingState::Sending });
    }

    /// The message to send now, if any. Call after every other call.
    pub fn take_due(&mut self) -> Option<(Attempt, Pending)> {
        if self.under_way.is_some() || self.pause != Pause::None {
            return None;
        }
        let first = self.pending.iter().find(|pending| pending.state == PendingState::Sending)?.clone();
        self.attempts = self.attempts.wrapping_add(1);
        let attempt = Attempt { client_message_id: first.client_message_id, number: self.attempts };
        self.under_way = Some(attempt);
        Some((attempt, first))
    }

    /// The message is in the room: by the answer to a try or by a frame, whichever comes first.
    pub fn arrived(&mut self, client_message_id: ClientMessageId) {
        self.pending.retain(|pending| pending.client_message_id != client_message_id);
    }

    /// A try was acknowledged, be it one that was given up before.
    pub fn acknowledged(&mut self, attempt: Attempt) {
        self.arrived(attempt.client_message_id);
        self.finish(attempt);
        self.backoff.reset();
        self.doubts_sign_out = false;
    }

    /// A try failed. Answers how many milliseconds to wait before [`Self::resume`], if there is a wait.
    ///
    /// Permanent refusals mark the message and let the next one go; all else is repeated. A missing sign-in is
    /// permanent when the repeated try finds it too.
    pub fn failed(&mut self, attempt: Attempt, error: &AppError, fraction: f64) -> Option<u32> {
        if !self.finish(attempt) {
            return None;
        }
        let doubted = std::mem::take(&mut self.doubts_sign_out);
        match error {
            AppError::Unauthenticated(_) if !doubted => {
                self.doubts_sign_out = true;
                self.pause = Pause::Backoff;
                Some(Self::SIGN_OUT_DOUBT_MS)
            }
            AppError::TooMany { retry_after_seconds } => {
                self.pause = Pause::RateLimit;
                Some(retry_after_seconds.saturating_mul(1000).max(1000))
            }
            AppError::Internal(_) if self.backoff.failures() >= Self::MAX_INTERNAL => {
                self.refuse(attempt, error)
            }
            AppError::Busy | AppError::Internal(_) => Some(self.back_off(fraction)),
            AppError::Conflict(Conflict::HeldForReview) => self.leave(attempt, PendingState::Held),
            AppError::Unauthenticated(_)
            | AppError::Denied(_)
            | AppError::NotFound
            | AppError::NoSuchPage { .. }
            | AppError::Conflict(_)
            | AppError::Gone(_)
            | AppError::Invalid(_)
            | AppError::Upload(_) => self.refuse(attempt, error),
        }
    }

    /// Nothing was heard of a try within [`Self::ANSWER_WITHIN_MS`].
    pub fn unanswered(&mut self, attempt: Attempt, fraction: f64) -> Option<u32> {
        self.failed(attempt, &AppError::Busy, fraction)
    }

    /// The wait is over.
    pub fn resume(&mut self) {
        self.pause = Pause::None;
    }

    /// The connection is back: no reason to wait, unless the server named the wait.
    pub fn wake(&mut self) {
        if self.pause == Pause::Backoff {
            self.pause = Pause::None;
        }
    }

    /// The person wants a refused message to go out again, at its old place in the order.
    pub fn retry(&mut self, client_message_id: ClientMessageId) {
        if let Some(pending) = self.find(client_message_id) {
            pending.state = PendingState::Sending;
        }
    }

    /// Takes a message back that was refused.
    pub fn discard(&mut self, client_message_id: ClientMessageId) {
        self.arrived(client_message_id);
    }

    /// Whether an answer to this try is awaited.
    #[must_use]
    pub fn is_under_way(&self, attempt: Attempt) -> bool {
        self.under_way == Some(attempt)
    }

    fn find(&mut self, id: ClientMessageId) -> Option<&mut Pending> {
        self.pending.iter_mut().find(|pending| pending.client_message_id == id)
    }

    /// Whether it was the one under way, not one given up before.
    fn finish(&mut self, attempt: Attempt) -> bool {
        let current = self.is_under_way(attempt);
        if current {
            self.under_way = None;
        }
        current
    }

    fn back_off(&mut self, fraction: f64) -> u32 {
        self.pause = Pause::Backoff;
        self.backoff.next_ms(fraction)
    }

    fn refuse(&mut self, attempt: Attempt, error: &AppError) -> Option<u32> {
        self.leave(attempt, PendingState::Failed(error.reason()))
    }

    /// The answer was the last word on it; the next one goes out.
    fn leave(&mut self, attempt: Attempt, state: PendingState) -> Option<u32> {
        if let Some(pending) = self.find(attempt.client_message_id) {
            pending.state = state;
        }
        self.backoff.reset();
        None
    }
}

#[cfg(test)]
mod tests;
