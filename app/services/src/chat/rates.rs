//! How often one person may do what in a room (specification 14.9 and 21.2). Counted in this process: it costs comfort and
//! no security.

use domain::AppError;
use domain::ids::UserId;
use domain::limits::{Pause, Rule};
use time::Duration;
use uuid::Uuid;

use crate::Services;
use crate::limits::Limit;

/// How many messages of one person a room takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageRates {
    pub in_five_seconds: i32,
    pub in_a_minute: i32,
}

impl Default for MessageRates {
    fn default() -> Self {
        Self { in_five_seconds: 5, in_a_minute: 30 }
    }
}

const REACTIONS: Rule = per(30, Duration::MINUTE);
/// Names are looked up while somebody types.
const LOOK_UPS: Rule = per(120, Duration::MINUTE);
const EDITS: Rule = per(10, Duration::MINUTE);

const fn per(max: i32, window: Duration) -> Rule {
    Rule { max, window, pause: Pause::Rest }
}

/// # Errors
/// [`AppError::TooMany`] with the wait.
pub(super) fn take_post(services: &Services, user: UserId, room: Uuid) -> Result<(), AppError> {
    let MessageRates { in_five_seconds, in_a_minute } = services.message_rates;
    let (user, room) = (user.to_string(), room.to_string());
    let whom = [user.as_str(), room.as_str()];
    let limits = [
        Limit::new(per(in_five_seconds, Duration::seconds(5)), "messages in five seconds", &whom),
        Limit::new(per(in_a_minute, Duration::MINUTE), "messages in a minute", &whom),
    ];
    services.comfort.take_all(services.clock.now(), &limits)
}

/// # Errors
/// As [`take_post`].
pub(super) fn take_edit(services: &Services, user: UserId) -> Result<(), AppError> {
    take(services, EDITS, "edits of messages", user)
}

/// # Errors
/// As [`take_post`].
pub(super) fn take_look_up(services: &Services, user: UserId) -> Result<(), AppError> {
    take(services, LOOK_UPS, "names looked up", user)
}

/// # Errors
/// As [`take_post`].
pub(super) fn take_reaction(services: &Services, user: UserId) -> Result<(), AppError> {
    take(services, REACTIONS, "reactions", user)
}

fn take(services: &Services, rule: Rule, what: &str, user: UserId) -> Result<(), AppError> {
    services.comfort.take(services.clock.now(), &Limit::new(rule, what, &[&user.to_string()]))
}

/// Rounded up, so that the wait is over when it is said to be.
pub(super) fn in_seconds(wait: Duration) -> u32 {
    u32::try_from(wait.whole_milliseconds().unsigned_abs().div_ceil(1000)).unwrap_or(u32::MAX)
}
