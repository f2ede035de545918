/// What happened to an account's safety; its owner always gets a mail (specification 18.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecurityEvent {
    NewDevice,
    PasswordChanged,
    PasswordReset,
    AddressRestored,
    Deactivated,
    DeletionBegan,
}

impl SecurityEvent {
    /// The subject, and the sentence that says what happened.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
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
            Self::AddressRestored => (
                "Your account has its old address back",
                "The change of your address was undone. All devices were signed out, and the old password works no more.",
            ),
            Self::Deactivated => (
                "Your account is deactivated",
                "Your account was deactivated. Nobody finds you any more until you sign in again.",
            ),
            Self::DeletionBegan => (
                "Your account will be erased",
                "Your account was deleted. Until it is erased in 30 days, you can sign in to keep it.",
            ),
        }
    }

    /// What the button says, and where it leads.
    const fn way_out(self) -> (&'static str, &'static str) {
        match self {
            Self::NewDevice | Self::PasswordChanged | Self::PasswordReset => {
                ("It wasn't me: set a new password", "/reset")
            }
            Self::AddressRestored => ("Set a new password", "/reset"),
            Self::Deactivated | Self::DeletionBegan => ("Keep my account", "/signin"),
        }
    }

    pub(super) const fn button(self) -> &'static str {
        self.way_out().0
    }

    /// The path the button leads to.
    #[must_use]
    pub const fn next_page(self) -> &'static str {
        self.way_out().1
    }
}
