//! A server of the S3 protocol, not ours: s3s over a directory, on a port of its own, with a key it checks.

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use services::storage::S3Settings;
use tokio::net::TcpListener;

pub const BUCKET: &str = "atria-files";
const ACCESS_KEY: &str = "AKIATEST";
const SECRET_KEY: &str = "a secret of this test";

pub struct S3Server {
    pub endpoint: String,
    _directory: tempfile::TempDir,
}

impl S3Server {
    /// With an empty bucket.
    pub async fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        std::fs::create_dir(directory.path().join(BUCKET)).unwrap();
        let mut service = S3ServiceBuilder::new(FileSystem::new(directory.path()).unwrap());
        service.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
        let service = service.build();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let service = service.clone();
                tokio::spawn(async move {
                    let builder = Builder::new(TokioExecutor::new());
                    drop(builder.serve_connection(TokioIo::new(stream), service).await);
                });
            }
        });
        Self { endpoint, _directory: directory }
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
