use std::net::IpAddr;

/// Where a request comes from, as far as limits and notices need to know.
#[derive(Debug, Clone, Default)]
pub struct Caller {
    /// Past the trusted proxies; `None` where there is no connection (the operator's commands).
    pub address: Option<IpAddr>,
    /// The secret of the device cookie.
    pub device: Option<String>,
    pub user_agent: Option<String>,
}

impl Caller {
    /// What one subscriber has: the address itself, and the /64 of IPv6, of which everybody has plenty.
    #[must_use]
    pub fn network(&self) -> String {
        match self.address.map(|address| address.to_canonical()) {
            Some(IpAddr::V4(address)) => address.to_string(),
            Some(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
            None => "none".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_subscriber_are_one_network() {
        let network = |address: &str| Caller { address: address.parse().ok(), ..Caller::default() }.network();
        assert_eq!(network("2001:db8:1:2::5"), network("2001:db8:1:2:ffff::9"));
        assert_ne!(network("2001:db8:1:2::5"), network("2001:db8:1:3::5"));
        assert_eq!(network("::ffff:192.0.2.7"), network("192.0.2.7"));
        assert_ne!(network("192.0.2.8"), network("192.0.2.7"));
    }
}
