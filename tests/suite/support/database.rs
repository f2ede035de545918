//! A database per test, cloned from a migrated template in a private cluster that ends with the test process.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use atria::postgres::DatabaseUrls;
use services::db::{PoolSettings, connect, grant_runtime, migrate};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, PgPool};

const TEMPLATE: &str = "atria_template";
const RUNTIME_ROLE: &str = "atria_app";

/// The cluster and how its superuser reaches a database.
struct Cluster {
    /// Stops when its standard input closes, which happens when this process ends in any way.
    _process: Child,
    url: String,
}

/// The database of one test: the owner migrated it, the program uses the runtime role.
pub fn urls_of(database: &str, superuser_url: &str) -> DatabaseUrls {
    let owner = with_database(superuser_url, database);
    let (scheme, rest) = owner.split_once("://").expect("a URL");
    let (_, place) = rest.split_once('@').expect("a URL with a role");
    let runtime = format!("{scheme}://{RUNTIME_ROLE}:{RUNTIME_ROLE}@{place}");
    DatabaseUrls { owner: owner.into(), runtime: runtime.into() }
}

/// A fresh database with the schema and nothing in it.
pub async fn fresh_urls() -> DatabaseUrls {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let url = &cluster().url;
    let name = format!("test_{}", NEXT.fetch_add(1, Ordering::SeqCst));
    let mut connection = PgConnection::connect(url).await.expect("the test cluster answers");
    let create = format!("create database {name} template {TEMPLATE}");
    connection.execute(AssertSqlSafe(create)).await.expect("a database per test");
    urls_of(&name, url)
}

/// A pool of the runtime role on a fresh database.
pub async fn fresh() -> PgPool {
    use secrecy::ExposeSecret as _;
    let urls = fresh_urls().await;
    let settings = PoolSettings { url: urls.runtime.expose_secret().to_owned(), max_connections: 10 };
    connect(&settings).await.expect("the runtime role may connect")
}

fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        let cluster = start();
        let url = cluster.url.clone();
        // A runtime of its own: the first test's ends before the template is used by others.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(make_template(&url));
        })
        .join()
        .expect("the template database is made");
        cluster
    })
}

fn start() -> Cluster {
    let mut process = Command::new(env!("CARGO_BIN_EXE_atria"))
        .args(["cluster", "--ephemeral"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let stdout = process.stdout.take().expect("its output is ours");
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line).expect("the cluster says where it is");
    let url = line.trim().strip_prefix("DATABASE_URL=").expect("the cluster says where it is").to_owned();
    Cluster { _process: process, url }
}

async fn make_template(url: &str) {
    let mut connection = PgConnection::connect(url).await.expect("the test cluster answers");
    let role = format!("create role {RUNTIME_ROLE} login password '{RUNTIME_ROLE}'");
    connection.execute(AssertSqlSafe(role)).await.expect("a runtime role");
    let create = format!("create database {TEMPLATE}");
    connection.execute(AssertSqlSafe(create)).await.expect("a template database");
    let template = with_database(url, TEMPLATE);
    migrate(&template).await.expect("the migrations apply");
    grant_runtime(&template, RUNTIME_ROLE).await.expect("the runtime role gets its rights");
}

/// The same server and role, another database.
fn with_database(url: &str, database: &str) -> String {
    let (base, query) = url.split_once('?').map_or((url, None), |(base, query)| (base, Some(query)));
    let (server, _) = base.rsplit_once('/').expect("a URL with a database");
    match query {
        Some(query) => format!("{server}/{database}?{query}"),
        None => format!("{server}/{database}"),
    }
}
