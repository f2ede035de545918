//! What organizers and members of the demo write to each other alone. Numbers are places in the cast.

use domain::SignedIn;
use domain::chat::MessageBody;
use domain::ids::ClientMessageId;
use services::conversations::{self, NewConversation, NewDirectMessage};
use services::{Outcome, Services};

/// One conversation about an event, begun by its organizer; true is the organizer's line.
struct Exchange {
    member: usize,
    lines: &'static [(bool, &'static str)],
}

const EXCHANGES: [Exchange; 3] = [
    Exchange {
        member: 2,
        lines: &[
            (true, "Hi Ada, would you say two sentences about the reading room at the opening?"),
            (false, "Gladly. Before or after the welcome?"),
            (true, "Right after. The microphone is at the left of the stage."),
            (false, "Perfect, I'll be there at a quarter to nine."),
        ],
    },
    Exchange {
        member: 5,
        lines: &[
            (true, "Sam, your slides are on the stage machine. Clicker and water are on the table."),
            (false, "Thank you, that is one worry less."),
        ],
    },
    Exchange {
        member: 16,
        lines: &[(true, "Aiko, somebody left a green jacket at the desk. Could it be yours?")],
    },
];

/// Lets the organizer of an event write to some of its members, who answer.
pub async fn add(services: &Services, people: &[SignedIn], organizer: &SignedIn, event: &str) -> Outcome<()> {
    for exchange in &EXCHANGES {
        let Some(member) = people.get(exchange.member) else { continue };
        let new = NewConversation { person: member.user, event: Some(event.to_owned()) };
        let conversation = conversations::start(services, organizer, &new).await?;
        for (is_organizer, text) in exchange.lines {
            let body = MessageBody::parse(text).map_err(|error| domain::FieldErrors::one("body", error))?;
            let client_message_id = ClientMessageId::new(services.rng.id(services.clock.now()));
            let sender = if *is_organizer { organizer } else { member };
            let message = NewDirectMessage { conversation, client_message_id, body, reply_to: None };
            conversations::send(services, sender, &message).await?;
        }
    }
    Ok(())
}
