//! An address range, for the proxies whose word is believed.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

/// An IP network such as `10.1.0.0/16`; a single address is a network of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// IPv4 addresses are kept mapped into IPv6, so that `::ffff:10.0.0.1` and `10.0.0.1` are the same peer.
    first: u128,
    prefix: u8,
}

impl Network {
    /// Reads `address` or `address/prefix`; bits behind the prefix must be zero.
    ///
    /// # Errors
    /// A sentence about what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr =
            address.trim().parse().map_err(|_| format!("`{text}` is not an address or network"))?;
        let (offset, widest) = if address.is_ipv4() { (96, 32) } else { (0, 128) };
        let prefix: u8 = match prefix {
            None => widest,
            Some(prefix) => prefix
                .trim()
                .parse()
                .ok()
                .filter(|length| *length <= widest)
                .ok_or_else(|| format!("`{text}` has no valid prefix length (0 to {widest})"))?,
        };
        let network = Self { first: bits(address), prefix: prefix + offset };
        if network.first & !network.mask() != 0 {
            return Err(format!("`{text}` has bits set behind its prefix"));
        }
        Ok(network)
    }

    /// Whether `address` belongs to it.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        bits(address) & self.mask() == self.first
    }

    /// Whether it holds every IPv4 or every IPv6 address, or so many that trusting it means trusting strangers
    /// (IPv4 shorter than /8, IPv6 shorter than /16).
    #[must_use]
    pub fn is_everyone(&self) -> bool {
        let is_ipv4 = self.first >> 32 == 0xffff && self.prefix >= 96;
        if is_ipv4 { self.prefix < 96 + 8 } else { self.prefix < 16 }
    }

    fn mask(&self) -> u128 {
        u128::MAX.checked_shl(128 - u32::from(self.prefix)).unwrap_or(0)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = Ipv6Addr::from(self.first);
        match address.to_ipv4_mapped() {
            Some(ipv4) if self.prefix >= 96 => write!(f, "{ipv4}/{}", self.prefix - 96),
            _ => write!(f, "{address}/{}", self.prefix),
        }
    }
}

fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(ipv4) => ipv4.to_ipv6_mapped().to_bits(),
        IpAddr::V6(ipv6) => ipv6.to_bits(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(text: &str) -> Network {
        Network::parse(text).unwrap()
    }

    #[test]
    fn a_network_holds_its_addresses_and_no_others() {
        let office = network("10.1.0.0/16");
        assert!(office.contains("10.1.255.3".parse().unwrap()));
        assert!(office.contains("::ffff:10.1.0.9".parse().unwrap()), "a mapped address is the same peer");
        assert!(!office.contains("10.2.0.1".parse().unwrap()));
        assert!(!office.contains("::1".parse().unwrap()));
        assert!(network("::1").contains("::1".parse().unwrap()));
        assert!(!network("::1").contains("::2".parse().unwrap()));
    }

    #[test]
    fn a_network_of_everybody_is_recognised() {
        for everyone in ["0.0.0.0/0", "::/0", "::/1", "128.0.0.0/1", "::ffff:0:0/96"] {
            assert!(network(everyone).is_everyone(), "{everyone}");
        }
        for some in ["10.0.0.0/8", "fd00::/16", "127.0.0.1", "::1"] {
            assert!(!network(some).is_everyone(), "{some}");
        }
    }

    #[test]
    fn a_wrong_network_is_refused() {
        for wrong in ["", "proxy", "10.0.0.0/33", "10.0.0.1/8", "::/129", "10.0.0.0/"] {
            assert!(Network::parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(network("10.0.0.0/8").to_string(), "10.0.0.0/8");
        assert_eq!(network("fd00::/16").to_string(), "fd00::/16");
    }
}
