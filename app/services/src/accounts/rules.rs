//! How often what may be tried (specification 5.3 and 21.2).

use domain::limits::{Pause, Rule};
use time::Duration;

use crate::limits::Limit;

use super::Caller;

/// Failed sign-ins of one account from one place; a known device is a place of its own.
const SIGN_IN: Rule = Rule { max: 5, window: Duration::minutes(5), pause: Pause::Growing };
/// Password checks of one account from devices that never signed in to it.
const CHECKS_BY_STRANGERS: Rule = Rule { max: 10, window: Duration::minutes(15), pause: Pause::Rest };
/// Failed sign-ins from one network, whatever the account.
const FAILURES_OF_NETWORK: Rule = Rule { max: 100, window: Duration::minutes(15), pause: Pause::Rest };
/// Password checks from one known device, right ones too: each costs a hash.
const CHECKS_BY_DEVICE: Rule = Rule { max: 30, window: Duration::minutes(15), pause: Pause::Rest };
/// Confirmations of the own password, right ones too.
const OWN_CHECKS: Rule = Rule { max: 10, window: Duration::HOUR, pause: Pause::Rest };
const MAILS_TO_RECIPIENT: Rule = Rule { max: 3, window: Duration::HOUR, pause: Pause::Rest };
const MAILS_BY_NETWORK: Rule = Rule { max: 20, window: Duration::HOUR, pause: Pause::Rest };
const SIGN_UPS: Rule = Rule { max: 10, window: Duration::HOUR, pause: Pause::Rest };
/// Estimates of passwords that are being typed, and sign-ups whose password was refused.
const ESTIMATES: Rule = Rule { max: 120, window: Duration::MINUTE, pause: Pause::Rest };
const WRONG_TOKENS: Rule = Rule { max: 20, window: Duration::HOUR, pause: Pause::Rest };

const EXPORTS: Rule = Rule { max: 10, window: Duration::HOUR, pause: Pause::Rest };

/// The limits of one sign-in.
#[derive(Debug, Clone, Copy)]
pub(super) struct SignInLimits {
    /// Cleared by success.
    pub pair: Limit,
    /// Given back by success; a known device is not counted among its network.
    pub network: Option<Limit>,
    account: Option<Limit>,
}

impl SignInLimits {
    /// `account` is what was typed, canonical where it is an address: unknown ones are limited alike.
    pub(super) fn new(account: &str, caller: &Caller, device_is_known: bool) -> Self {
        let network = caller.network();
        match caller.device.as_deref().filter(|_| device_is_known) {
            Some(device) => Self {
                pair: Limit::new(SIGN_IN, "sign-in by device", &[account, device]),
                network: None,
                account: Some(Limit::new(CHECKS_BY_DEVICE, "sign-in checks by device", &[account, device])),
            },
            None => Self {
                pair: Limit::new(SIGN_IN, "sign-in", &[account, &network]),
                network: Some(Limit::new(FAILURES_OF_NETWORK, "sign-in by network", &[&network])),
                account: Some(Limit::new(CHECKS_BY_STRANGERS, "sign-in to account", &[account])),
            },
        }
    }

    pub(super) fn all(&self) -> Vec<Limit> {
        [Some(self.pair), self.network, self.account].into_iter().flatten().collect()
    }
}

/// Wrong passwords typed where one is signed in already.
pub(super) fn own_password(user: &str) -> Limit {
    Limit::new(SIGN_IN, "own password", &[user])
}

/// Wrong passwords typed behind a confirmation link.
pub(super) fn sign_up_password(user: &str) -> Limit {
    Limit::new(SIGN_IN, "sign-up password", &[user])
}

/// How often the own password may be asked for at all.
pub(super) fn own_checks(user: &str) -> Limit {
    Limit::new(OWN_CHECKS, "own password checks", &[user])
}

/// Mails of one kind that a stranger can make us send to an address.
pub(super) fn mail(kind: &str, recipient: &str, caller: &Caller) -> [Limit; 2] {
    [
        Limit::new(MAILS_TO_RECIPIENT, "mail to", &[kind, recipient]),
        Limit::new(MAILS_BY_NETWORK, "mail by network", &[&caller.network()]),
    ]
}

pub(super) fn sign_up(caller: &Caller) -> Limit {
    Limit::new(SIGN_UPS, "sign-up", &[&caller.network()])
}

pub(super) fn estimates(caller: &Caller) -> Limit {
    Limit::new(ESTIMATES, "password estimates", &[&caller.network()])
}

pub(super) fn wrong_token(caller: &Caller) -> Limit {
    Limit::new(WRONG_TOKENS, "wrong token", &[&caller.network()])
}

/// Both addresses get a mail.
pub(super) fn address_change(wanted: &str, present: &str, caller: &Caller) -> [Limit; 3] {
    let [to_wanted, by_network] = mail("address change", wanted, caller);
    [to_wanted, by_network, Limit::new(MAILS_TO_RECIPIENT, "mail to", &["address undo", present])]
}

pub(super) fn exports(user: &str) -> Limit {
    Limit::new(EXPORTS, "export", &[user])
}
