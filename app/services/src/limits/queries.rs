use std::collections::HashMap;

use domain::limits::Counter;
use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;

/// Rows one sweep removes at once.
pub(super) const BATCH: u64 = 1000;

struct CounterRow {
    key: Vec<u8>,
    count: i32,
    window_ends_at: OffsetDateTime,
    blocks: i32,
    blocked_until: Option<OffsetDateTime>,
    forget_at: OffsetDateTime,
}

impl CounterRow {
    fn into_entry(self) -> (Vec<u8>, Counter) {
        let Self { key, count, window_ends_at, blocks, blocked_until, forget_at } = self;
        (key, Counter { count, window_ends_at, blocks, blocked_until, forget_at })
    }
}

/// The counters as they are committed, without waiting for anybody.
pub(super) async fn read(
    db: impl PgExecutor<'_>,
    keys: &[Vec<u8>],
) -> sqlx::Result<HashMap<Vec<u8>, Counter>> {
    let rows = sqlx::query_as!(
        CounterRow,
        "select key, count, window_ends_at, blocks, blocked_until, forget_at
           from rate_counters where key = any($1) order by key limit cardinality($1)",
        keys
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(CounterRow::into_entry).collect())
}

/// Makes the counters that don't exist yet, and locks all of them in the order of their keys.
pub(super) async fn lock(
    tx: &mut PgConnection,
    keys: &[Vec<u8>],
    now: OffsetDateTime,
) -> sqlx::Result<HashMap<Vec<u8>, Counter>> {
    let rows = sqlx::query_as!(
        CounterRow,
        "insert into rate_counters (key, count, window_ends_at, blocks, forget_at)
         select wanted.key, 0, $2, 0, $2 from unnest($1::bytea[]) as wanted (key) order by wanted.key
         on conflict (key) do update set key = excluded.key
         returning key, count, window_ends_at, blocks, blocked_until, forget_at",
        keys,
        now
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(CounterRow::into_entry).collect())
}

pub(super) async fn store(tx: &mut PgConnection, counters: &[([u8; 32], Counter)]) -> sqlx::Result<()> {
    let keys: Vec<Vec<u8>> = counters.iter().map(|(key, _)| key.to_vec()).collect();
    let counts: Vec<i32> = counters.iter().map(|(_, counter)| counter.count).collect();
    let ends: Vec<OffsetDateTime> = counters.iter().map(|(_, counter)| counter.window_ends_at).collect();
    let blocks: Vec<i32> = counters.iter().map(|(_, counter)| counter.blocks).collect();
    let until: Vec<Option<OffsetDateTime>> =
        counters.iter().map(|(_, counter)| counter.blocked_until).collect();
    let forget: Vec<OffsetDateTime> = counters.iter().map(|(_, counter)| counter.forget_at).collect();
    sqlx::query!(
        "update rate_counters c
            set count = n.count, window_ends_at = n.window_ends_at, blocks = n.blocks,
                blocked_until = n.blocked_until, forget_at = n.forget_at
           from unnest($1::bytea[], $2::int[], $3::timestamptz[], $4::int[], $5::timestamptz[], $6::timestamptz[])
                as n (key, count, window_ends_at, blocks, blocked_until, forget_at)
          where c.key = n.key",
        &keys,
        &counts,
        &ends,
        &blocks,
        &until as &[Option<OffsetDateTime>],
        &forget,
    )
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn delete(tx: &mut PgConnection, key: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("delete from rate_counters where key = $1", key).execute(tx).await.map(drop)
}

pub(super) async fn give_back(tx: &mut PgConnection, key: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("update rate_counters set count = greatest(count - 1, 0) where key = $1", key)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn delete_old(db: impl PgExecutor<'_>, before: OffsetDateTime) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from rate_counters
          where forget_at < $1
            and key in (select key from rate_counters where forget_at < $1
                         order by key limit 1000 for update skip locked)",
        before
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}
