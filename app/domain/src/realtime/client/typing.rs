use crate::accounts::PersonCard;
use crate::ids::UserId;

/// Who else is typing right now. Instants are milliseconds of any one clock.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typists {
    people: Vec<(PersonCard, i64)>,
}

impl Typists {
    /// How long one sign of typing is believed.
    pub const SHOWN_MS: i64 = 5000;

    pub fn heard(&mut self, person: PersonCard, now: i64) {
        self.stopped(person.id);
        self.people.push((person, now));
    }

    /// Their message arrived.
    pub fn stopped(&mut self, person: UserId) {
        self.people.retain(|(known, _)| known.id != person);
    }

    /// Forgets the signs that are too old.
    pub fn expire(&mut self, now: i64) {
        self.people.retain(|(_, since)| now - since < Self::SHOWN_MS);
    }

    /// The line under the messages; `None` when nobody types.
    #[must_use]
    pub fn sentence(&self) -> Option<String> {
        match self.people.as_slice() {
            [] => None,
            [(one, _)] => Some(format!("{} is typing", one.full_name)),
            [(one, _), (other, _)] => Some(format!("{} and {} are typing", one.full_name, other.full_name)),
            [_, _, _, ..] => Some("Several people are typing".to_owned()),
        }
    }
}

/// Keeps "I am typing" to one frame in 3 s.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypingThrottle {
    last: Option<i64>,
}

impl TypingThrottle {
    pub const EVERY_MS: i64 = 3000;

    /// Whether to tell the others now.
    pub fn tell(&mut self, now: i64) -> bool {
        let due = self.last.is_none_or(|last| now - last >= Self::EVERY_MS);
        if due {
            self.last = Some(now);
        }
        due
    }

    /// The message is sent: the next key tells again.
    pub fn reset(&mut self) {
        self.last = None;
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{TypingThrottle, Typists};
    use crate::accounts::PersonCard;
    use crate::ids::UserId;

    fn person(number: u128, name: &str) -> PersonCard {
        PersonCard { id: UserId::new(Uuid::from_u128(number)), full_name: name.into() }
    }

    #[test]
    fn the_line_names_up_to_two_people() {
        let mut typists = Typists::default();
        assert_eq!(typists.sentence(), None);
        typists.heard(person(1, "Ada"), 0);
        typists.heard(person(1, "Ada"), 10);
        assert_eq!(typists.sentence().as_deref(), Some("Ada is typing"));
        typists.heard(person(2, "Ben"), 20);
        assert_eq!(typists.sentence().as_deref(), Some("Ada and Ben are typing"));
        typists.heard(person(3, "Sam"), 30);
        assert_eq!(typists.sentence().as_deref(), Some("Several people are typing"));
        typists.stopped(person(2, "Ben").id);
        typists.stopped(person(3, "Sam").id);
        assert_eq!(typists.sentence().as_deref(), Some("Ada is typing"));
    }

    #[test]
    fn a_sign_of_typing_is_gone_after_5_seconds() {
        let mut typists = Typists::default();
        typists.heard(person(1, "Ada"), 1000);
        typists.expire(5999);
        assert!(typists.sentence().is_some());
        typists.expire(6000);
        assert_eq!(typists.sentence(), None);
    }

    #[test]
    fn typing_is_told_every_3_seconds_and_anew_after_sending() {
        let mut throttle = TypingThrottle::default();
        assert_eq!(
            [0, 1000, 2999, 3000, 3001].map(|now| throttle.tell(now)),
            [true, false, false, true, false]
        );
        throttle.reset();
        assert!(throttle.tell(3002));
    }
}
