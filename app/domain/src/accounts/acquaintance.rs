/// What connects a viewer with a person, loaded in one statement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Acquaintance {
    pub is_self: bool,
    /// An event whose content both see: not a draft, unless both prepare it (speakers and above).
    pub shares_event: bool,
    pub shares_organization: bool,
    /// The person speaks in an event with a public page.
    pub speaks_in_public: bool,
}

impl Acquaintance {
    /// Whether the viewer may see the person at all, which is all it takes for name and avatar (specification 4.5).
    #[must_use]
    pub const fn sees(self) -> bool {
        self.is_self || self.shares_event || self.shares_organization || self.speaks_in_public
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
        ] {
            assert!(one.sees(), "{one:?}");
        }
    }
}
