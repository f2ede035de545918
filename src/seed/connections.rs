//! Who knows whom in the demo: requests in every state, contacts with a note, somebody who is blocked.

use domain::SignedIn;
use domain::ids::ConnectionId;
use services::{Outcome, Services, connections};

/// From, to, the first words, and what became of them.
type Request = (usize, usize, &'static str, Answer);

#[derive(Clone, Copy)]
enum Answer {
    None,
    Accepted,
    Declined,
    Withdrawn,
    Removed,
}

/// Numbers are places in the cast; Ada is 2.
const REQUESTS: [Request; 14] = [
    (3, 2, "Were you the one with the folding bike?", Answer::Accepted),
    (2, 5, "Your rehearsal sounded like the talk I came for. May I buy you a coffee?", Answer::Accepted),
    (16, 2, "Green jacket. You waved, thank you.", Answer::Accepted),
    (2, 0, "What would make today worth the trip for you?", Answer::Accepted),
    (12, 2, "What are you working on that you could talk about for hours?", Answer::None),
    (20, 2, "You asked about compaction. I have scars to show.", Answer::None),
    (26, 2, "Coffee, tea, or a walk outside: may I join?", Answer::None),
    (2, 7, "Which session are you looking forward to most, and why?", Answer::None),
    (2, 17, "Too many stickers? Impossible. Where is the one with the lighthouse from?", Answer::None),
    (8, 2, "Hello, let's add each other.", Answer::Declined),
    (2, 9, "I think we sat at the same table.", Answer::Withdrawn),
    (10, 2, "Joining from Lahore: who should I talk to?", Answer::Removed),
    (3, 5, "Is the storage talk recorded?", Answer::Accepted),
    (7, 3, "Dinner at the blue door?", Answer::None),
];

/// Makes them through the use cases, so that they obey the rules.
pub async fn add(services: &Services, people: &[SignedIn], event: &str) -> Outcome<()> {
    for (from, to, words, answer) in REQUESTS {
        let (asker, asked) = (&people[from], &people[to]);
        let id = connections::request(services, asker, event, Some(asked.user), words).await?;
        end(services, [asker, asked], id, answer).await?;
    }
    // Somebody Ada would rather not meet again.
    connections::block(services, &people[2], Some(people[44].user)).await
}

async fn end(
    services: &Services,
    [asker, asked]: [&SignedIn; 2],
    id: ConnectionId,
    answer: Answer,
) -> Outcome<()> {
    match answer {
        Answer::None => {}
        Answer::Accepted => {
            connections::accept(services, asked, id).await?;
            let note = "Met by the long table at the window.";
            connections::save_note(services, asked, id, note, "").await?;
        }
        Answer::Declined => connections::decline(services, asked, id).await?,
        Answer::Withdrawn => connections::withdraw(services, asker, id).await?,
        Answer::Removed => {
            connections::accept(services, asked, id).await?;
            connections::remove(services, asked, id).await?;
        }
    }
    Ok(())
}
