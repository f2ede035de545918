//! Ports for processes that are started, killed and started again where they were.

use std::net::TcpListener;
use std::sync::atomic::{AtomicU16, Ordering};

/// Below the range from which the system hands out ports by itself (32768 and up), so that nobody takes one while its
/// process is down.
const FIRST: u16 = 21_000;
const COUNT: u16 = 10_000;

/// A port that nobody listens on, different each time in this process.
pub fn free() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Another run of the suite beside this one starts elsewhere.
    let start = u16::try_from(std::process::id() % u32::from(COUNT)).expect("below the count");
    (0..COUNT)
        .map(|_| FIRST + start.wrapping_add(NEXT.fetch_add(1, Ordering::SeqCst)) % COUNT)
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .expect("a free port")
}
