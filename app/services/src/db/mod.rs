//! The pool, migrations and what database errors mean.

mod constraint;
mod migrate;
mod pool;

pub use constraint::{OnConstraint, violated};
pub use migrate::{MIGRATOR, MigrationError, grant_runtime, migrate, pending_migrations};
pub use pool::{PoolSettings, begin, connect};
