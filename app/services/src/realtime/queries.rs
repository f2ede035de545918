use sqlx::PgConnection;

/// Claims the database for a node that shares it with none; false when another node is there.
pub(super) async fn claim_alone(db: &mut PgConnection, key: i64) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select pg_try_advisory_lock($1) as "claimed!""#, key).fetch_one(db).await
}

/// Claims it for a node that shares it with nodes of its kind; false when a lone node is there.
pub(super) async fn claim_shared(db: &mut PgConnection, key: i64) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select pg_try_advisory_lock_shared($1) as "claimed!""#, key).fetch_one(db).await
}
