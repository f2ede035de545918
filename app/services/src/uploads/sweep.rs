use std::collections::HashMap;

use domain::ids::FileId;
use domain::uploads::Bucket;
use futures_util::TryStreamExt as _;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{discard, queries, quotas, settle};
use crate::{Outcome, Services, db};

/// Files looked up at once.
const BATCH: usize = 500;

/// Moves files that are in the wrong bucket, and removes logos without a sponsor and those in the storage that have no row and are older than a
/// day: what a crash, a failed removal or a purged event left behind.
///
/// # Errors
/// Database errors and those of the storage; what was done until then stays done.
pub async fn sweep(services: &Services) -> Outcome<()> {
    for file in queries::misplaced(&services.db).await? {
        settle::settle_file(services, file).await?;
    }
    for logo in queries::delete_unused_logos(&services.db).await? {
        discard(services, FileId::new(logo.id), &logo.sizes).await;
    }
    for bucket in Bucket::ALL {
        remove_orphans(services, bucket).await?;
    }
    Ok(())
}

async fn remove_orphans(services: &Services, bucket: Bucket) -> Outcome<()> {
    let mut keys = services.storage.keys(bucket);
    let mut old = Vec::new();
    while let Some(key) = keys.try_next().await? {
        // Whatever else somebody put there is not ours to remove.
        let Some(file) = file_of(&key) else { continue };
        if made_at(file).is_some_and(|made_at| quotas::is_abandoned(made_at, services.clock.now())) {
            old.push((file, key));
        }
        if old.len() == BATCH {
            remove_unknown(services, bucket, &std::mem::take(&mut old)).await?;
        }
    }
    remove_unknown(services, bucket, &old).await
}

async fn remove_unknown(services: &Services, bucket: Bucket, old: &[(Uuid, String)]) -> Outcome<()> {
    let files: Vec<Uuid> = old.iter().map(|(file, _)| *file).collect();
    let known: HashMap<Uuid, String> = queries::buckets_of(&services.db, &files).await?.into_iter().collect();
    for (file, key) in old {
        match known.get(file) {
            None => {
                services.storage.remove(bucket, key).await?;
                tracing::info!(file = %FileId::new(*file), "removed a file that nothing points to");
            }
            Some(kept_in) if kept_in != bucket.as_str() => remove_copy(services, bucket, *file, key).await?,
            Some(_) => {}
        }
    }
    Ok(())
}

/// A copy that an interrupted move left: gone unless a move is under way, which holds the row.
async fn remove_copy(services: &Services, bucket: Bucket, file: Uuid, key: &str) -> Outcome<()> {
    let mut tx = db::begin(&services.db).await?;
    if let Some(row) = queries::lock_file_of_event(&mut tx, file).await?
        && settle::read_bucket(&row.bucket)? != bucket
    {
        services.storage.remove(bucket, key).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn file_of(key: &str) -> Option<Uuid> {
    key.split_once('/').and_then(|(file, _)| Uuid::parse_str(file).ok())
}

/// When an id was made: a UUIDv7 begins with its time.
fn made_at(file: Uuid) -> Option<OffsetDateTime> {
    let (seconds, _) = file.get_timestamp()?.to_unix();
    OffsetDateTime::from_unix_timestamp(i64::try_from(seconds).ok()?).ok()
}
