//! What Atria asks of any database before it trusts it.

use sqlx::PgPool;

use super::OLDEST_MAJOR;
use crate::config::{Environment, Problem};

/// What a database says about itself and about the role that asks.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Facts {
    /// `server_version_num`, such as 150014.
    pub version: i32,
    pub role: String,
    /// A superuser, or a role that row-level security does not bind.
    pub is_superuser: bool,
    pub fsync: bool,
    pub full_page_writes: bool,
    /// `off` and `local` lose or may lose acknowledged commits; `on` and the remote kinds do not.
    pub synchronous_commit: bool,
}

/// Asks the database.
///
/// # Errors
/// When it does not answer.
#[expect(clippy::disallowed_methods, reason = "asks the catalogue of any database, not a schema of ours")]
pub async fn facts(pool: &PgPool) -> sqlx::Result<Facts> {
    sqlx::query_as(
        "select current_setting('server_version_num')::int4 as version,
                r.rolname::text as role,
                r.rolsuper or r.rolbypassrls as is_superuser,
                current_setting('fsync')::bool as fsync,
                current_setting('full_page_writes')::bool as full_page_writes,
                current_setting('synchronous_commit') not in ('off', 'local') as synchronous_commit
           from pg_roles r
          where r.rolname = current_user",
    )
    .fetch_one(pool)
    .await
}

/// Whether `pool`, the one that serves requests, may be trusted in `environment`.
///
/// Everywhere the version must be at least 15. Production also refuses a superuser and settings that lose
/// acknowledged writes in a crash.
///
/// # Errors
/// Every problem found; a database that does not answer is one.
pub async fn check_database(pool: &PgPool, environment: Environment) -> Result<(), Vec<Problem>> {
    let problems = match facts(pool).await {
        Ok(facts) => facts.problems(environment),
        Err(error) => vec![Problem::new(
            "DATABASE_URL",
            format!("the database does not answer: {error}"),
            "Check host, port, role and password, and that the server runs.",
        )],
    };
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

impl Facts {
    fn problems(&self, environment: Environment) -> Vec<Problem> {
        let mut problems = Vec::new();
        let oldest = i32::try_from(OLDEST_MAJOR * 10_000).expect("a PostgreSQL version number fits i32");
        if self.version < oldest {
            problems.push(Problem::new(
                "DATABASE_URL",
                format!("the server is PostgreSQL {}", self.version / 10_000),
                format!("Atria needs {OLDEST_MAJOR} or later."),
            ));
        }
        if environment != Environment::Production {
            return problems;
        }
        if self.is_superuser {
            problems.push(Problem::new(
                "DATABASE_URL",
                format!("the role `{}` is a superuser or bypasses row-level security", self.role),
                "Serve with a plain login role, and put the owner of the tables into ATRIA_MIGRATION_DATABASE_URL.",
            ));
        }
        let durable = [
            ("fsync", self.fsync),
            ("full_page_writes", self.full_page_writes),
            ("synchronous_commit", self.synchronous_commit),
        ];
        for (setting, is_on) in durable {
            if !is_on {
                problems.push(Problem::new(
                    setting,
                    "it is off, so a crash could lose messages that were acknowledged",
                    format!("As a superuser: `alter system set {setting} = on; select pg_reload_conf();`"),
                ));
            }
        }
        problems
    }
}

/// Whether the migration numbered `newest` has been applied; also false for an empty database.
///
/// # Errors
/// When the database does not answer, or the role may not read `_sqlx_migrations`.
#[expect(clippy::disallowed_methods, reason = "asks the catalogue of any database, not a schema of ours")]
pub async fn is_migrated(pool: &PgPool, newest: i64) -> sqlx::Result<bool> {
    let known: bool =
        sqlx::query_scalar("select to_regclass('_sqlx_migrations') is not null").fetch_one(pool).await?;
    if !known {
        return Ok(false);
    }
    sqlx::query_scalar("select exists (select from _sqlx_migrations where version = $1 and success)")
        .bind(newest)
        .fetch_one(pool)
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(facts: &Facts, environment: Environment) -> Vec<&'static str> {
        facts.problems(environment).iter().map(|problem| problem.setting).collect()
    }

    #[test]
    fn production_refuses_a_superuser_and_lossy_settings() {
        let safe = Facts {
            version: 150_014,
            role: "atria".to_owned(),
            is_superuser: false,
            fsync: true,
            full_page_writes: true,
            synchronous_commit: true,
        };
        assert_eq!(settings(&safe, Environment::Production), Vec::<&str>::new());

        let unsafe_facts = Facts {
            is_superuser: true,
            fsync: false,
            full_page_writes: false,
            synchronous_commit: false,
            ..safe
        };
        assert_eq!(
            settings(&unsafe_facts, Environment::Production),
            ["DATABASE_URL", "fsync", "full_page_writes", "synchronous_commit"]
        );
        assert_eq!(settings(&unsafe_facts, Environment::Test), Vec::<&str>::new());

        let old = Facts { version: 140_009, ..unsafe_facts };
        assert_eq!(settings(&old, Environment::Development), ["DATABASE_URL"]);
    }
}
