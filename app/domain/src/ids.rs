//! Typed ids. An id is a name, never a secret: knowing one opens nothing.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a stored or freshly made UUID.
            #[must_use]
            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            /// The bare UUID, for the database.
            #[must_use]
            pub const fn get(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id!(
    /// A person of the instance.
    UserId
);
id!(
    /// One signed-in browser; not the cookie, which is never kept in clear.
    LoginSessionId
);
id!(
    /// One filled-in sign-up form; a second one for the same address is another.
    SignUpId
);
id!(OrganizationId);
id!(EventId);
id!(InvitationId);
id!(
    /// An uploaded picture in all its sizes.
    FileId
);
id!(ChatRoomId);
id!(
    /// A message of a room or of a conversation.
    ChatMessageId
);
id!(
    /// Made by the client once per message and repeated until the message is acknowledged.
    ClientMessageId
);
id!(SponsorTierId);
id!(SponsorId);
id!(
    /// An item of an event's agenda; not a login session.
    AgendaSessionId
);
id!(
    /// A physical place of sessions; not a chat room.
    VenueRoomId
);
id!(TrackId);
id!(
    /// Two people, for life: whoever asks again asks on the same one.
    ConnectionId
);
id!(
    /// What two people write to each other; the inventory says thread.
    ConversationId
);
id!(DirectMessageId);
id!(NotificationId);
id!(ReportId);
id!(
    /// A moderator's warning that its reader has to confirm.
    WarningId
);
id!(
    /// A view of the table of people under a name.
    SavedViewId
);
id!(
    /// The invitations that one list became.
    ImportId
);
