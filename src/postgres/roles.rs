//! The database and the two roles inside a private cluster.

use secrecy::{ExposeSecret, SecretString};
use sqlx::{Connection, PgConnection};

/// Owns the tables and is the cluster's superuser: migrations run as it, requests never.
pub(super) const OWNER_ROLE: &str = "atria_owner";
/// Serves requests.
pub(super) const RUNTIME_ROLE: &str = "atria";
/// The name of the database.
pub(super) const DATABASE: &str = "atria";

/// Makes what is missing and sets the runtime role's attributes and password; safe to repeat.
///
/// `maintenance_url` is the owner's, on the database `postgres`.
#[expect(clippy::disallowed_methods, reason = "runs before there is a schema to check queries against")]
pub(super) async fn provide(
    maintenance_url: &SecretString,
    runtime_password: &SecretString,
) -> sqlx::Result<()> {
    let mut owner = PgConnection::connect(maintenance_url.expose_secret()).await?;
    let exists: bool = sqlx::query_scalar("select exists (select from pg_database where datname = 'atria')")
        .fetch_one(&mut owner)
        .await?;
    if !exists {
        // Not in a transaction block: PostgreSQL forbids it there.
        sqlx::query("create database atria").execute(&mut owner).await?;
    }
    let mut tx = owner.begin().await?;
    // `alter role` takes no bind parameter, so the password travels as a setting of this transaction.
    sqlx::query("select set_config('atria.runtime_password', $1, true)")
        .bind(runtime_password.expose_secret())
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "do $$ begin
             if not exists (select from pg_roles where rolname = 'atria') then
                 create role atria;
             end if;
             execute format(
                 'alter role atria login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password %L',
                 current_setting('atria.runtime_password'));
         end $$",
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    owner.close().await
}
