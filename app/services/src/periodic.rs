//! Work that is looked for again and again.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

/// Waits until it is time to look again; false once everything stops.
pub async fn again(every: Duration, stop: &CancellationToken) -> bool {
    tokio::select! {
        () = stop.cancelled() => false,
        () = tokio::time::sleep(every) => true,
    }
}
