//! Something for the moderators: one advertisement too many, and who reported it.

use domain::SignedIn;
use domain::ids::ChatMessageId;
use services::moderation::{self, NewReport};
use services::{Outcome, Services};

pub(super) const ADVERTISEMENT: &str =
    "Last chance today: our tool at half the price. Write to me, I answer everybody!";

/// A report in the queue of the event.
pub(super) async fn report(services: &Services, reporter: &SignedIn, message: ChatMessageId) -> Outcome<()> {
    let report = NewReport {
        kind: "MESSAGE".to_owned(),
        target: message.to_string(),
        event: String::new(),
        reason: "SPAM".to_owned(),
        text: "The third time today, in every room.".to_owned(),
    };
    moderation::report(services, reporter, &report).await.map(drop)
}
