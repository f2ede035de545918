use std::str::FromStr as _;

use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection};

/// The embedded migrations.
pub static MIGRATOR: Migrator = sqlx::migrate!("../../migrations");

#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    #[error("can't reach the database: {0}")]
    Connect(#[source] sqlx::Error),
    #[error("a migration failed: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    #[error("can't grant the runtime role its rights: {0}")]
    Grant(#[source] sqlx::Error),
}

/// Serializes starts: the first process migrates and grants, the others wait as long as that takes.
const START_LOCK: i64 = 0x4174_7269_6121;

/// Brings the schema up to date. Several processes may start at once: they take turns under an advisory lock,
/// waited for without a limit, while the migrations themselves wait at most 2 s for a table.
///
/// # Errors
/// See [`MigrationError`]; an applied migration stays applied.
pub async fn migrate(owner_url: &str) -> Result<(), MigrationError> {
    let options = PgConnectOptions::from_str(owner_url)
        .map_err(MigrationError::Connect)?
        .application_name("atria migrate")
        // A slow disk would otherwise put whole migrations into the log.
        .disable_statement_logging();
    let mut connection = PgConnection::connect_with(&options).await.map_err(MigrationError::Connect)?;
    sqlx::query!("select pg_advisory_lock($1)", START_LOCK)
        .fetch_one(&mut connection)
        .await
        .map_err(MigrationError::Connect)?;
    sqlx::query!("select set_config('lock_timeout', '2s', false)")
        .fetch_one(&mut connection)
        .await
        .map_err(MigrationError::Connect)?;
    MIGRATOR.run(&mut connection).await?;
    connection.close().await.map_err(MigrationError::Connect)
}

/// Lets the runtime role read and write rows and nothing else: no DDL, no truncation.
///
/// `role` must be a plain identifier of ours (`[a-z_]+`), never input.
///
/// # Errors
/// The connection's role may not grant.
pub async fn grant_runtime(owner_url: &str, role: &str) -> Result<(), MigrationError> {
    debug_assert!(role.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "roles are named by us");
    let mut connection = PgConnection::connect(owner_url).await.map_err(MigrationError::Connect)?;
    sqlx::query!("select pg_advisory_lock($1)", START_LOCK)
        .fetch_one(&mut connection)
        .await
        .map_err(MigrationError::Connect)?;
    let grants = format!(
        "grant usage on schema public to {role}; \
         grant select, insert, update, delete on all tables in schema public to {role}; \
         revoke insert, update, delete on _sqlx_migrations from {role}; \
         revoke update, delete on audit_entries from {role};"
    );
    #[expect(clippy::disallowed_methods, reason = "grants take no parameters; the role is named by us")]
    let granted = sqlx::raw_sql(AssertSqlSafe(grants)).execute(&mut connection).await;
    granted.map_err(MigrationError::Grant)?;
    connection.close().await.map_err(MigrationError::Connect)
}

/// How many embedded migrations the database does not have yet.
///
/// # Errors
/// The database can't be asked.
pub async fn pending_migrations(connection: &mut PgConnection) -> sqlx::Result<usize> {
    let applied: Vec<i64> =
        sqlx::query_scalar!("select version from _sqlx_migrations where success order by version")
            .fetch_all(connection)
            .await?;
    Ok(MIGRATOR.iter().filter(|migration| !applied.contains(&migration.version)).count())
}
