/// What happened to an account's safety; its owner always gets a mail (specification 18.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecurityEvent {
    NewDevice,
    PasswordChanged,
    PasswordReset,
}

impl SecurityEvent {
    /// The subject, and the sentence that says what happened.
    pub(super) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::NewDevice => {
                ("New sign-in to your account", "Somebody signed in to your account on a new device.")
            }
            Self::PasswordChanged => (
                "Your password was changed",
                "The password of your account was changed. All other devices were signed out.",
            ),
            Self::PasswordReset => (
                "Your password was reset",
                "The password of your account was set anew by a mailed link. All devices were signed out.",
            ),
        }
    }
}
