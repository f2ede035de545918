use std::str::FromStr as _;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection as _, PgConnection};

use super::queries;

/// The advisory lock of the nodes on one database: "atria" in ASCII.
const NODE_KEY: i64 = 0x61_74_72_69_61;

/// How often the claim's connection is asked for a sign of life.
const PROBE_EVERY: Duration = Duration::from_secs(10);

#[derive(Debug, thiserror::Error)]
pub enum NodeClaimError {
    #[error("another Atria runs on this database; set ATRIA_REDIS_URL on all of them to run several")]
    Taken,
    #[error("can't claim the database: {0}")]
    Db(#[from] sqlx::Error),
}

/// This node's right to be on its database; ends with its connection.
#[derive(Debug)]
pub struct NodeClaim {
    connection: PgConnection,
}

/// Claims the database for a node without Redis, which could not hear a second one.
///
/// # Errors
/// [`NodeClaimError::Taken`] while any other node holds a claim.
pub async fn claim_single_node(url: &str) -> Result<NodeClaim, NodeClaimError> {
    let mut connection = connect(url).await?;
    if queries::claim_alone(&mut connection, NODE_KEY).await? {
        Ok(NodeClaim { connection })
    } else {
        Err(NodeClaimError::Taken)
    }
}

/// Claims the database for a node with Redis, beside others with Redis.
///
/// # Errors
/// [`NodeClaimError::Taken`] while a node without Redis holds a claim.
pub async fn claim_shared_node(url: &str) -> Result<NodeClaim, NodeClaimError> {
    let mut connection = connect(url).await?;
    if queries::claim_shared(&mut connection, NODE_KEY).await? {
        Ok(NodeClaim { connection })
    } else {
        Err(NodeClaimError::Taken)
    }
}

impl NodeClaim {
    /// Resolves when the claim is lost with its connection: another node may start from then on.
    pub async fn lost(&mut self) -> sqlx::Error {
        loop {
            tokio::time::sleep(PROBE_EVERY).await;
            if let Err(error) = self.connection.ping().await {
                return error;
            }
        }
    }

    /// Gives the claim back.
    ///
    /// # Errors
    /// The connection is gone already, and the claim with it.
    pub async fn release(self) -> sqlx::Result<()> {
        self.connection.close().await
    }
}

async fn connect(url: &str) -> sqlx::Result<PgConnection> {
    let options = PgConnectOptions::from_str(url)?.application_name("atria node");
    PgConnection::connect_with(&options).await
}
