use std::ops::AddAssign;

/// Everything that must be zero: what readers and senders met that a right server does not do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Faults {
    /// Deliveries that never came: one per message and reader.
    pub lost: u64,
    /// Deliveries of a message the reader had.
    pub doubled: u64,
    /// Deliveries behind a later message.
    pub disordered: u64,
    /// Messages that are not what others heard or the sender was told, or whose numbers don't fit together.
    pub contradicted: u64,
    /// Messages heard that no sender of ours was told of.
    pub unacknowledged: u64,
    /// Sockets that could not be opened or ended before the end.
    pub sockets: u64,
    /// Posts that got another answer than the message.
    pub posts: u64,
}

impl Faults {
    /// Whether everything was right.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Each kind with its name, in the order of the report.
    #[must_use]
    pub fn by_name(&self) -> [(&'static str, u64); 7] {
        let Self { lost, doubled, disordered, contradicted, unacknowledged, sockets, posts } = *self;
        [
            ("lost", lost),
            ("doubled", doubled),
            ("out of order", disordered),
            ("contradicted", contradicted),
            ("unacknowledged", unacknowledged),
            ("sockets refused or closed", sockets),
            ("posts refused", posts),
        ]
    }
}

impl AddAssign for Faults {
    fn add_assign(&mut self, other: Self) {
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.disordered += other.disordered;
        self.contradicted += other.contradicted;
        self.unacknowledged += other.unacknowledged;
        self.sockets += other.sockets;
        self.posts += other.posts;
    }
}
