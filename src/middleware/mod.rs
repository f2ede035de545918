//! What stands between the socket and the router, outermost last: see `router`.

pub mod completion;
pub mod csrf;
pub mod headers;
pub mod host;
pub mod moved;
pub mod rates;
pub mod reactive_owner;
pub mod request_log;
pub mod session_cookie;
pub mod source_address;
