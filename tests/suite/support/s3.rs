//! A server of the S3 protocol, not ours: s3s over a directory, in a process and on a port of its own, with a key it checks.

use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use services::storage::S3Settings;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};

pub const BUCKET: &str = "atria-files";
const ACCESS_KEY: &str = "AKIATEST";
const SECRET_KEY: &str = "a secret of this test";
/// Tells this binary to be the server, and of which files.
const DIRECTORY: &str = "ATRIA_TEST_S3_DIRECTORY";

pub struct S3Server {
    pub endpoint: String,
    _process: Child,
    _directory: tempfile::TempDir,
}

impl S3Server {
    /// With an empty bucket, in a process of its own.
    pub async fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        std::fs::create_dir(directory.path().join(BUCKET)).unwrap();
        let this = std::env::current_exe().unwrap();
        let mut process = Command::new(this)
            .args(["--exact", "--nocapture", "support::s3::the_process_of_a_server"])
            .env(DIRECTORY, directory.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let endpoint = loop {
            let line = lines.next_line().await.unwrap().expect("a server that says where it is");
            if let Some(place) = line.find("http://") {
                break line[place..].trim().to_owned();
            }
        };
        Self { endpoint, _process: process, _directory: directory }
    }

    pub fn settings(&self, prefix: &str) -> S3Settings {
        S3Settings {
            bucket: BUCKET.to_owned(),
            prefix: prefix.to_owned(),
            region: "us-east-1".to_owned(),
            endpoint: Some(self.endpoint.clone()),
            access_key: ACCESS_KEY.to_owned(),
            secret_key: SECRET_KEY.into(),
        }
    }

    /// As an operator sets them.
    pub fn variables(&self) -> [(&'static str, String); 4] {
        [
            ("ATRIA_STORAGE_URL", format!("s3://{BUCKET}/atria")),
            ("ATRIA_S3_ENDPOINT", self.endpoint.clone()),
            ("ATRIA_S3_ACCESS_KEY", ACCESS_KEY.to_owned()),
            ("ATRIA_S3_SECRET_KEY", SECRET_KEY.to_owned()),
        ]
    }
}

/// What [`S3Server::start`] runs: this binary again, with nothing but this. Among the other tests it has nothing to serve.
#[tokio::test]
async fn the_process_of_a_server() {
    if let Some(directory) = std::env::var_os(DIRECTORY) {
        serve(Path::new(&directory)).await;
    }
}

/// Until the process is killed.
async fn serve(directory: &Path) {
    let mut service = S3ServiceBuilder::new(FileSystem::new(directory).unwrap());
    service.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
    let service = service.build();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let said = format!("\nhttp://{}\n", listener.local_addr().unwrap());
    std::io::stdout().write_all(said.as_bytes()).unwrap();
    while let Ok((stream, _)) = listener.accept().await {
        let service = service.clone();
        tokio::spawn(async move {
            let builder = Builder::new(TokioExecutor::new());
            drop(builder.serve_connection(TokioIo::new(stream), service).await);
        });
    }
}
