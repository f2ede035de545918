//! Asks everything to stop, once, when the operating system does.

use std::io;

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// A token that SIGTERM or SIGINT (Ctrl-C) cancels; a second signal ends the process at once with status 130.
///
/// Ending at once is safe: acknowledged writes are committed, and a private database that stays behind is adopted by
/// the next start.
///
/// # Errors
/// When the handlers cannot be installed.
pub fn on_signal() -> io::Result<CancellationToken> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let stop = CancellationToken::new();
    let stopping = stop.clone();
    tokio::spawn(async move {
        for is_first in [true, false] {
            let name = tokio::select! {
                _ = terminate.recv() => "SIGTERM",
                _ = interrupt.recv() => "SIGINT",
            };
            if is_first {
                tracing::info!(signal = name, "stopping on {name}; requests under way are finished first");
                stopping.cancel();
            }
        }
        std::process::exit(130);
    });
    Ok(stop)
}
