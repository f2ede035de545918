/// What connects a viewer with a person, loaded in one statement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Acquaintance {
    pub is_self: bool,
    /// An event whose content both see: not a draft, unless both prepare it (speakers and above).
    pub shares_event: bool,
    pub shares_organization: bool,
    /// The person speaks in an event with a public page.
    pub speaks_in_public: bool,
    pub is_connected: bool,
    /// The person waits for the viewer's answer, who has to know who asks.
    pub asks_viewer: bool,
    /// One of the two blocks the other.
    pub is_blocked: bool,
}

impl Acquaintance {
    /// Whether the viewer may see the person at all, which is all it takes for name and avatar (specification 4.5).
    #[must_use]
    pub const fn sees(self) -> bool {
        let has_something_in_common = self.shares_event
            || self.shares_organization
            || self.speaks_in_public
            || self.is_connected
            || self.asks_viewer;
        self.is_self || (has_something_in_common && !self.is_blocked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_do_not_see_each_other_and_one_thing_in_common_is_enough() {
        let nothing = Acquaintance::default();
        assert!(!nothing.sees());
        for one in [
            Acquaintance { is_self: true, ..nothing },
            Acquaintance { shares_event: true, ..nothing },
            Acquaintance { shares_organization: true, ..nothing },
            Acquaintance { speaks_in_public: true, ..nothing },
            Acquaintance { is_connected: true, ..nothing },
            Acquaintance { asks_viewer: true, ..nothing },
        ] {
            assert!(one.sees(), "{one:?}");
            assert_eq!(Acquaintance { is_blocked: true, ..one }.sees(), one.is_self, "blocked: {one:?}");
        }
    }
}
