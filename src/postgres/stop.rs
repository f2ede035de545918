//! Ends the private cluster.

use std::time::Duration;

use super::server::Server;
use super::{ClusterError, Durability};

/// How long a fast shutdown may take before the server is cut off. Requests are drained by then.
const FAST: Duration = Duration::from_secs(30);
/// How long cutting off may take.
const IMMEDIATE: Duration = Duration::from_secs(10);

impl Server {
    /// Stops the server: fast (SIGINT: roll back, checkpoint) and, after 30 s, immediate (SIGQUIT: recover on the next
    /// start). A throw-away one is stopped immediately. Blocks until it is gone.
    pub(super) fn stop(&self) -> Result<(), ClusterError> {
        if self.durability == Durability::Kept && self.stop_as("fast", FAST).is_ok() {
            return Ok(());
        }
        self.stop_as("immediate", IMMEDIATE)
    }

    fn stop_as(&self, mode: &str, patience: Duration) -> Result<(), ClusterError> {
        let seconds = patience.as_secs().to_string();
        let pg_dir = self.pg_dir();
        let mut pg_ctl = self.command("pg_ctl");
        pg_ctl.arg("stop").arg("-D").arg(pg_dir).args(["-s", "-w", "-m", mode, "-t", &seconds]);
        self.run(pg_ctl, "stopped")
    }
}
