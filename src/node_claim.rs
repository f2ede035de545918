//! This process's right to be on its database, held from start to end.

use std::time::Duration;

use secrecy::ExposeSecret as _;
use services::realtime::{NodeClaim, NodeClaimError, claim_shared_node, claim_single_node};
use tokio_util::sync::CancellationToken;

use crate::config::Config;
use crate::postgres::DatabaseUrls;

/// How long to wait before a lost claim is asked for again.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Alone without Redis; beside others with it.
///
/// # Errors
/// [`NodeClaimError::Taken`] when another node is there that could not hear this one.
pub async fn claim(config: &Config, database: &DatabaseUrls) -> Result<NodeClaim, NodeClaimError> {
    let url = database.runtime.expose_secret();
    if config.redis_url.is_some() { claim_shared_node(url).await } else { claim_single_node(url).await }
}

/// Holds the claim until `stop`. One lost with its connection is taken again; if another node was quicker, this
/// one stops, because neither would hear the other's messages.
pub async fn hold(mut claimed: NodeClaim, config: Config, database: DatabaseUrls, stop: CancellationToken) {
    loop {
        let error = tokio::select! {
            () = stop.cancelled() => return,
            error = claimed.lost() => error,
        };
        tracing::warn!(error = %error, "lost the claim on the database, taking it again: {error}");
        claimed = match again(&config, &database, &stop).await {
            Some(claim) => claim,
            None => return stop.cancel(),
        };
    }
}

/// `None` when another node has the database, or at the end.
async fn again(config: &Config, database: &DatabaseUrls, stop: &CancellationToken) -> Option<NodeClaim> {
    loop {
        tokio::select! {
            () = stop.cancelled() => return None,
            () = tokio::time::sleep(RETRY_AFTER) => {}
        }
        match claim(config, database).await {
            Ok(claim) => return Some(claim),
            Err(error @ NodeClaimError::Taken) => {
                tracing::error!(error = %error, "stopping: {error}");
                return None;
            }
            Err(NodeClaimError::Db(error)) => tracing::warn!(error = %error, "the database is away: {error}"),
        }
    }
}
