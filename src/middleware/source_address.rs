//! Who a request comes from, past the proxies we were told to trust.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use app::accounts::SourceAddressText;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderMap;

use crate::config::Network;
use crate::socket::SourceAddress;

/// Puts the [`SourceAddress`] into the request.
pub async fn find(State(trusted): State<Arc<[Network]>>, mut request: Request, next: Next) -> Response {
    if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>().copied() {
        let source = source(peer.ip(), request.headers(), &trusted);
        request.extensions_mut().insert(SourceAddress(source));
        request.extensions_mut().insert(SourceAddressText(source.to_string()));
    }
    next.run(request).await
}

/// Reads X-Forwarded-For from the right and stops at the first address that is no trusted proxy: everything to
/// the left of it is what a stranger wrote. Without a trusted peer the header counts for nothing.
fn source(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut source = peer;
    let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let mut hops: Vec<&str> = forwarded.flat_map(|value| value.split(',')).map(str::trim).collect();
    while is_trusted(source) {
        match hops.pop().map(str::parse) {
            Some(Ok(next)) => source = next,
            Some(Err(_)) | None => break,
        }
    }
    source
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trusted() -> Vec<Network> {
        vec![Network::parse("10.0.0.0/8").expect("a network")]
    }

    fn forwarded(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(
            http::HeaderName::from_static("x-forwarded-for"),
            http::HeaderValue::from_static(value),
        )])
    }

    #[test]
    fn a_stranger_cannot_name_their_own_address() {
        let stranger = IpAddr::from([203, 0, 113, 5]);
        assert_eq!(source(stranger, &forwarded("198.51.100.1"), &trusted()), stranger);
    }

    #[test]
    fn a_trusted_proxy_names_the_address_it_saw_and_nothing_to_its_left_counts() {
        let proxy = IpAddr::from([10, 0, 0, 1]);
        let seen = source(proxy, &forwarded("1.1.1.1, 203.0.113.5, 10.0.0.2"), &trusted());
        assert_eq!(seen, IpAddr::from([203, 0, 113, 5]));
    }
}
