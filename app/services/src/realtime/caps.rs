use std::net::{IpAddr, Ipv6Addr};

/// How many sockets may be open at once on one node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SocketCaps {
    pub per_user: usize,
    /// IPv6 counts by /64: one household has all of it.
    pub per_address: usize,
}

impl Default for SocketCaps {
    fn default() -> Self {
        Self { per_user: 10, per_address: 50 }
    }
}

/// One more socket would be over a cap: 429 at the upgrade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TooManySockets {
    #[error("too many sockets of this person")]
    OfUser,
    #[error("too many sockets from this address")]
    FromAddress,
}

/// The part of an address that one party holds.
pub(super) fn party(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(ipv4) => IpAddr::V4(ipv4),
        IpAddr::V6(ipv6) => IpAddr::V6(Ipv6Addr::from_bits(ipv6.to_bits() >> 64 << 64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_in_one_ipv6_network_are_one_party() {
        let one: IpAddr = "2001:db8:1:2::1".parse().unwrap();
        let other: IpAddr = "2001:db8:1:2:ffff::9".parse().unwrap();
        let stranger: IpAddr = "2001:db8:1:3::1".parse().unwrap();
        assert_eq!(party(one), party(other));
        assert_ne!(party(one), party(stranger));
    }

    #[test]
    fn a_mapped_ipv4_address_is_the_ipv4_address() {
        let mapped: IpAddr = "::ffff:192.0.2.7".parse().unwrap();
        assert_eq!(party(mapped), "192.0.2.7".parse::<IpAddr>().unwrap());
    }
}
