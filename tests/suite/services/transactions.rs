use std::pin::pin;

use futures_util::poll;
use secrecy::ExposeSecret as _;
use services::db::{self, PoolSettings};
use sqlx::PgPool;
use time::OffsetDateTime;

use crate::support::database;

/// Long enough for `begin` to have its answer.
const MOST_POLLS: usize = 60;

async fn one_connection() -> PgPool {
    let urls = database::fresh_urls().await;
    let url = urls.runtime.expose_secret().to_owned();
    db::connect(&PoolSettings { url, max_connections: 1 }).await.unwrap()
}

/// The time that stands still within a transaction.
async fn now(pool: &PgPool) -> OffsetDateTime {
    sqlx::query_scalar("select now()").fetch_one(pool).await.unwrap()
}

#[tokio::test]
async fn who_gives_up_while_a_transaction_begins_leaves_none_open() {
    let pool = one_connection().await;
    let mut begun = 0;
    for polls in 1..=MOST_POLLS {
        {
            let mut beginning = pin!(db::begin(&pool));
            for _ in 0..polls {
                if poll!(&mut beginning).is_ready() {
                    begun += 1;
                    break;
                }
                // The answer of the database comes some time; a person leaves at any.
                tokio::time::sleep(std::time::Duration::from_micros(20)).await;
            }
        }
        let first = now(&pool).await;
        assert_ne!(
            first,
            now(&pool).await,
            "given up after {polls} looks: the connection is in no transaction"
        );
    }
    assert!((1..MOST_POLLS).contains(&begun), "some were given up, some not: {begun}");
}
