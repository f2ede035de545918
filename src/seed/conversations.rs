//! What the people of the demo say in its rooms. Numbers of people are places in the cast.

use domain::chat::MessageBody;
use domain::ids::{ChatMessageId, ChatRoomId, ClientMessageId};
use domain::{SignedIn, Viewer};
use services::chat::{self, NewMessage};
use services::{Outcome, ServiceError, Services, events};

/// Lines for one room, which is found by its name.
pub struct Conversation {
    room: &'static str,
    lines: &'static [Line],
}

/// What one person says, which line before it answers, and who reacts with what.
struct Line {
    who: usize,
    text: &'static str,
    answers: Option<usize>,
    reactions: &'static [(usize, &'static str)],
}

const fn says(who: usize, text: &'static str) -> Line {
    Line { who, text, answers: None, reactions: &[] }
}

impl Line {
    const fn answering(mut self, line: usize) -> Self {
        self.answers = Some(line);
        self
    }

    const fn earning(mut self, reactions: &'static [(usize, &'static str)]) -> Self {
        self.reactions = reactions;
        self
    }
}

/// Of the conference: the rooms of the event and of some of its sessions.
pub const OF_THE_CONFERENCE: [Conversation; 7] =
    [GENERAL, STAFF, GREEN_ROOM, SMALL_PROGRAMS, REPAIR, REPAIR_BACKSTAGE, BACKUPS];

/// Of the evening on small databases.
pub const OF_THE_EVENING: [Conversation; 1] = [Conversation {
    room: "General",
    lines: &[
        says(1, "Welcome! The evening starts soon; tell us what you store, and how small it is."),
        says(4, "Eleven years of rainfall, one table, forty megabytes."),
        says(9, "A shop's orders in a single file. It outlived two servers."),
        says(6, "A library catalogue. The librarians trust it more than me."),
    ],
}];

const GENERAL: Conversation = Conversation {
    room: "General",
    lines: &[
        says(
            0,
            "Good morning everyone, and welcome to Tidewater. Doors are open, badges are left of the entrance.",
        ),
        says(2, "Made it! The ferry over was worth the trip alone."),
        says(3, "Same boat, I think. Were you the one with the folding bike?"),
        says(2, "Guilty. Coffee before the opening?"),
        says(3, "Always. I'm by the long table at the window."),
        says(
            7,
            "If anyone needs a quiet corner to rehearse, the reading room on the first floor is empty until ten.",
        ),
        says(5, "Thank you, that's exactly what I needed."),
        says(10, "Is the opening streamed as well? I'm joining from Lahore today."),
        says(0, "It is. The stream starts five minutes before, and questions from here are read out."),
        says(10, "Wonderful, thank you."),
        says(
            16,
            "First time at a conference where I know nobody. Say hi if you see somebody looking lost in a green jacket.",
        ),
        says(17, "Green jacket, noted. I'm the one with far too many stickers."),
        says(29, "We were all lost once. Lunch table nine is for first-timers, I'll be there."),
        says(16, "Table nine it is. You people are kind."),
        says(12, "Who else is here for the storage talks?"),
        says(20, "Me. I have been fighting compaction for a month and want to hear that I'm not alone."),
        says(26, "You are very much not alone."),
        says(
            34,
            "Dinner plans for tonight: twelve of us so far, the place with the blue door, eight o'clock. Who joins?",
        ),
        says(8, "In."),
        says(22, "In, if they have something without fish."),
        says(34, "They do, I asked."),
        says(
            0,
            "Ten minutes to the opening. Please fill the seats from the middle, latecomers will thank you.",
        ),
    ],
};

const STAFF: Conversation = Conversation {
    room: "Staff",
    lines: &[
        says(
            0,
            "Microphone two had a flat battery in the check. Spare ones are in the blue crate behind the stage.",
        ),
        says(0, "Catering arrives at 11:40 through the side door."),
    ],
};

const GREEN_ROOM: Conversation = Conversation {
    room: "Green room",
    lines: &[
        says(
            0,
            "Dear speakers, tea is hot all day and the sofas behind the stage stay quiet. Phones off, please, not \
             silent: the microphones hear them.",
        ),
        says(
            4,
            "Would somebody listen to my first two minutes? I open the conference, and my knees know it.",
        ),
        says(13, "Second sofa, I'm here. It gets better after the third sentence, every time.")
            .answering(1)
            .earning(&[(4, "❤️"), (21, "👍")]),
        says(
            9,
            "Our panel meets at the window at eleven. @Noor Rahimi, there is a chair for you; Tariq is on the \
             screen between us.",
        ),
        says(10, "The picture is good already, I can see the ferries. Wave when you sit down.").answering(3),
        says(14, "Does the stage machine have my font? Otherwise I change three slides."),
        says(0, "It does since ten minutes ago.").answering(5).earning(&[(14, "🎉")]),
    ],
};

const SMALL_PROGRAMS: Conversation = Conversation {
    room: "Small programs, long lives",
    lines: &[
        says(
            2,
            "Forty lines, twenty-six years, and nobody remembers who wrote it. What do you do on the day it breaks?",
        ),
        says(
            5,
            "I keep the input that broke it. A file called that-friday.txt has taught me more than any specification.",
        )
        .answering(0)
        .earning(&[(2, "❤️"), (26, "😂"), (18, "😂")]),
        says(26, "Ours sorts invoices. It is older than our youngest colleague, and complains less."),
        says(22, "Is forty lines a rule, or a slogan?"),
        says(5, "A slogan I believe in until line sixty. You should get through it while the kettle boils.").answering(3),
        says(18, "Taking the kettle home as a unit of measure.").earning(&[(5, "👍")]),
        says(3, "@Sam Whitlock, could you share the script with the tide table? My daughter wants to port it."),
        says(5, "It hangs on the board by the stairs, on paper. It fits on one page, that is the point.").answering(6),
    ],
};

const REPAIR: Conversation = Conversation {
    room: "Repair a program you did not write",
    lines: &[
        says(7, "Nothing to install before we start: the patient comes on a stick, one for each table."),
        says(20, "I only have a small netbook with me. Is that enough?"),
        says(8, "More than enough. The program is from 1998, and so are its needs.")
            .answering(1)
            .earning(&[(20, "😂")]),
        says(35, "Two seats are free at the table by the oven. It smells of bread here."),
        says(16, "Coming! Green jacket again.").answering(3),
        says(31, "We found out why it stops on the 29th. We are a little proud.").earning(&[
            (7, "🎉"),
            (8, "🎉"),
            (20, "🎉"),
            (35, "👏"),
        ]),
        says(
            7,
            "You should be. Write down how you found it, not what it was: we read them all out at the end.",
        )
        .answering(5),
    ],
};

const REPAIR_BACKSTAGE: Conversation = Conversation {
    room: "Repair a program you did not write · backstage",
    lines: &[
        says(8, "Sixteen sticks tested, one was empty. That makes fifteen and a spare from my pocket."),
        says(
            0,
            "Lovely. The bakery lets us in from 10:50, and the projector needs the long cable from the crate.",
        ),
        says(
            7,
            "I'll bring the cable. @Jonas Weber, would you take the first table? Somebody there wrote that they \
             are nervous.",
        ),
        says(8, "With pleasure. Nervous people read the error messages.").answering(2).earning(&[(7, "❤️")]),
        says(0, "I'll stand at the door ten minutes before the end, so that you needn't look at a clock.")
            .earning(&[(7, "👍"), (8, "👍")]),
    ],
};

const BACKUPS: Conversation = Conversation {
    room: "Backups are a feature",
    lines: &[
        says(
            27,
            "Restoring on a Tuesday morning, on purpose, with the whole team watching: who got their company to \
             allow that?",
        ),
        says(
            12,
            "Ask for one hour and one table. Ours failed the first time, and nobody has refused me since.",
        )
        .answering(0)
        .earning(&[(27, "👏"), (33, "👏"), (36, "👍")]),
        says(33, "First of the month, always. The longest list of excuses belongs to the payroll."),
        says(19, "And pictures? Four terabytes don't fit into an hour."),
        says(12, "Restore ten at random and look at them. One backup you have seen is worth two you trust.")
            .answering(3),
        says(36, "That goes on our wall."),
    ],
};

/// Lets people talk in the rooms of an event; `reader` sees them all.
pub async fn add(
    services: &Services,
    people: &[SignedIn],
    reader: &SignedIn,
    event: &str,
    conversations: &[Conversation],
) -> Outcome<()> {
    let page = events::open(services, &Viewer::SignedIn(reader.clone()), event).await?;
    let Some(role) = page.role else { return Ok(()) };
    let rooms = chat::rooms_of(services, reader, page.head.id, page.head.status, role).await?;
    for Conversation { room: name, lines } in conversations {
        let room = rooms.iter().find(|room| room.name == *name);
        let room = room.ok_or_else(|| ServiceError::Broken(format!("the demo has no room {name:?}")))?;
        let mut said = Vec::with_capacity(lines.len());
        for line in *lines {
            let answered = line.answers.map(|place| said[place]);
            let message = say_in(services, &people[line.who], room.id, line.text, answered).await?;
            for (who, emoji) in line.reactions {
                chat::react(services, &people[*who], room.id, message, emoji).await?;
            }
            said.push(message);
        }
    }
    Ok(())
}

/// One message, which may answer another.
pub async fn say_in(
    services: &Services,
    person: &SignedIn,
    room: ChatRoomId,
    text: &str,
    reply_to: Option<ChatMessageId>,
) -> Outcome<ChatMessageId> {
    let body = MessageBody::parse(text).map_err(|error| domain::FieldErrors::one("body", error))?;
    let client_message_id = ClientMessageId::new(services.rng.id(services.clock.now()));
    let message = NewMessage { room, client_message_id, body, reply_to };
    Ok(chat::post(services, person, &message).await?.id)
}
