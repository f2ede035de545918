//! What the people of the demo say. Numbers are places in the cast.

use domain::chat::RoomKind;

/// Lines for the room of one kind.
pub struct Conversation {
    pub room: RoomKind,
    pub lines: &'static [(usize, &'static str)],
}

pub const CONVERSATIONS: [Conversation; 3] = [
    Conversation {
        room: RoomKind::Global,
        lines: &[
            (
                0,
                "Good morning everyone, and welcome to Tidewater. Doors are open, badges are left of the entrance.",
            ),
            (2, "Made it! The ferry over was worth the trip alone."),
            (3, "Same boat, I think. Were you the one with the folding bike?"),
            (2, "Guilty. Coffee before the opening?"),
            (3, "Always. I'm by the long table at the window."),
            (
                7,
                "If anyone needs a quiet corner to rehearse, the reading room on the first floor is empty until ten.",
            ),
            (5, "Thank you, that's exactly what I needed."),
            (10, "Is the opening streamed as well? I'm joining from Lahore today."),
            (0, "It is. The stream starts five minutes before, and questions from here are read out."),
            (10, "Wonderful, thank you."),
            (
                16,
                "First time at a conference where I know nobody. Say hi if you see somebody looking lost in a green jacket.",
            ),
            (17, "Green jacket, noted. I'm the one with far too many stickers."),
            (29, "We were all lost once. Lunch table nine is for first-timers, I'll be there."),
            (16, "Table nine it is. You people are kind."),
            (12, "Who else is here for the storage talks?"),
            (20, "Me. I have been fighting compaction for a month and want to hear that I'm not alone."),
            (26, "You are very much not alone."),
            (
                34,
                "Dinner plans for tonight: twelve of us so far, the place with the blue door, eight o'clock. Who joins?",
            ),
            (8, "In."),
            (22, "In, if they have something without fish."),
            (34, "They do, I asked."),
            (
                0,
                "Ten minutes to the opening. Please fill the seats from the middle, latecomers will thank you.",
            ),
        ],
    },
    Conversation {
        room: RoomKind::Admin,
        lines: &[
            (
                0,
                "Microphone two had a flat battery in the check. Spare ones are in the blue crate behind the stage.",
            ),
            (0, "Catering arrives at 11:40 through the side door."),
        ],
    },
    Conversation {
        room: RoomKind::Global,
        lines: &[
            (1, "Welcome! The evening starts soon; tell us what you store, and how small it is."),
            (4, "Eleven years of rainfall, one table, forty megabytes."),
            (9, "A shop's orders in a single file. It outlived two servers."),
            (6, "A library catalogue. The librarians trust it more than me."),
        ],
    },
];
