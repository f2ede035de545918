/// Why the server ends a socket, as a close code the client understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CloseReason {
    /// 1012: the server restarts; come back at once with the cursor.
    Restart,
    /// 1013: this reader did not keep up; come back with the cursor.
    TooSlow,
    /// 1008: repeatedly malformed frames; don't come back.
    Malformed,
    /// 4401: the login session ended; sign in first.
    SignedOut,
    /// 4403: no access any more.
    AccessRevoked,
}

impl CloseReason {
    pub const ALL: [Self; 5] =
        [Self::Restart, Self::TooSlow, Self::Malformed, Self::SignedOut, Self::AccessRevoked];

    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Restart => 1012,
            Self::TooSlow => 1013,
            Self::Malformed => 1008,
            Self::SignedOut => 4401,
            Self::AccessRevoked => 4403,
        }
    }

    #[must_use]
    pub fn from_code(code: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// Whether coming back with the same cookie can help.
    #[must_use]
    pub const fn invites_reconnect(self) -> bool {
        match self {
            Self::Restart | Self::TooSlow => true,
            Self::Malformed | Self::SignedOut | Self::AccessRevoked => false,
        }
    }
}
