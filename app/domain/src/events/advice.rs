//! What would make an event better before it is over; it never keeps it from being published.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::kinds::stored_enum;

stored_enum!(
    /// A kind of advice, in the order organizers read it. The label names one thing that lacks something.
    Advice {
        NoWelcome = "NO_WELCOME", "Say in a line why to come.";
        NoDescription = "NO_DESCRIPTION", "Describe the event: what is it about, and for whom?";
        NoLogo = "NO_LOGO", "Add a logo, so that people recognize it.";
        NoBanner = "NO_BANNER", "Add a picture for the top of its page.";
        NoContact = "NO_CONTACT", "Give an address for questions.";
        NoConduct = "NO_CONDUCT", "Say how people treat each other: the code of conduct.";
        NoSessions = "NO_SESSIONS", "Add sessions to the agenda.";
        Unscheduled = "UNSCHEDULED", "Give a session its time.";
        Clash = "CLASH", "Two sessions need the same room or speaker at once.";
        SessionWithoutSpeaker = "SESSION_WITHOUT_SPEAKER", "A session has no speaker.";
        SessionWithoutRoom = "SESSION_WITHOUT_ROOM", "A session has no room.";
        SessionWithoutStream = "SESSION_WITHOUT_STREAM", "A session has no stream.";
        RoomWithoutSession = "ROOM_WITHOUT_SESSION", "A room has no session.";
        SpeakerWithoutSession = "SPEAKER_WITHOUT_SESSION", "A speaker has no session.";
        SpeakerWithoutPicture = "SPEAKER_WITHOUT_PICTURE", "A speaker has no picture.";
        SpeakerWithoutBio = "SPEAKER_WITHOUT_BIO", "A speaker has no biography.";
        SponsorWithoutLogo = "SPONSOR_WITHOUT_LOGO", "A sponsor has no logo.";
        FailedInvitation = "FAILED_INVITATION", "An invitation could not be delivered.";
        OpenInvitation = "OPEN_INVITATION", "An invitation has no answer yet.";
    }
);

/// Advice about one thing or several alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advised {
    pub advice: Advice,
    /// How many lack it.
    pub count: i64,
    /// The one to begin with, where each has a page.
    pub first: Option<Uuid>,
}

impl Advised {
    /// The sentence shown in the list.
    #[must_use]
    pub fn sentence(&self) -> String {
        let count = self.count;
        let several = match self.advice {
            Advice::Unscheduled => "sessions have no time.",
            Advice::Clash => "sessions need a room or a speaker that another needs at the same time.",
            Advice::SessionWithoutSpeaker => "sessions have no speaker.",
            Advice::SessionWithoutRoom => "sessions have no room.",
            Advice::SessionWithoutStream => "sessions have no stream.",
            Advice::RoomWithoutSession => "rooms have no session.",
            Advice::SpeakerWithoutSession => "speakers have no session.",
            Advice::SpeakerWithoutPicture => "speakers have no picture.",
            Advice::SpeakerWithoutBio => "speakers have no biography.",
            Advice::SponsorWithoutLogo => "sponsors have no logo.",
            Advice::FailedInvitation => "invitations could not be delivered.",
            Advice::OpenInvitation => "invitations have no answer yet.",
            Advice::NoWelcome
            | Advice::NoDescription
            | Advice::NoLogo
            | Advice::NoBanner
            | Advice::NoContact
            | Advice::NoConduct
            | Advice::NoSessions => return self.advice.label().to_owned(),
        };
        if count == 1 { self.advice.label().to_owned() } else { format!("{count} {several}") }
    }

    /// The organizers' page that mends it, with the place on it.
    #[must_use]
    pub fn page(&self) -> String {
        let begin = |list: &str, behind: &str| match self.first {
            Some(id) => format!("{list}/{id}{behind}"),
            None => list.to_owned(),
        };
        match self.advice {
            Advice::NoWelcome => "content#field-hero_text".to_owned(),
            Advice::NoDescription => "details#field-description".to_owned(),
            Advice::NoLogo | Advice::NoBanner => "branding#pictures".to_owned(),
            Advice::NoContact => "content#field-contact_email".to_owned(),
            Advice::NoConduct => "content#field-conduct".to_owned(),
            Advice::NoSessions => "agenda/new".to_owned(),
            Advice::Unscheduled
            | Advice::Clash
            | Advice::SessionWithoutSpeaker
            | Advice::SessionWithoutRoom => begin("agenda", ""),
            Advice::SessionWithoutStream => begin("agenda", "/stream"),
            Advice::RoomWithoutSession => begin("agenda/rooms", ""),
            Advice::SpeakerWithoutSession => "people?role=SPEAKER".to_owned(),
            Advice::SpeakerWithoutPicture => begin("people", ""),
            Advice::SpeakerWithoutBio => begin("people", "#field-event_bio"),
            Advice::SponsorWithoutLogo => begin("sponsors", ""),
            Advice::FailedInvitation => "invitations?delivery=FAILED".to_owned(),
            Advice::OpenInvitation => "invitations?status=PENDING".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_named_and_several_are_counted_and_the_way_leads_to_the_first() {
        let first = Some(Uuid::from_u128(7));
        let advised = |advice, count| Advised { advice, count, first };
        let one = advised(Advice::SessionWithoutRoom, 1);
        assert_eq!(one.sentence(), "A session has no room.");
        assert_eq!(one.page(), "agenda/00000000-0000-0000-0000-000000000007");
        assert_eq!(advised(Advice::SessionWithoutRoom, 3).sentence(), "3 sessions have no room.");
        assert_eq!(advised(Advice::NoLogo, 1).page(), "branding#pictures");
        for advice in Advice::ALL {
            assert_eq!(Advice::from_stored(advice.as_str()), Some(*advice));
        }
    }
}
