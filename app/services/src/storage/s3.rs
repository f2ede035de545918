use std::time::Duration;

use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::{BackoffConfig, ClientOptions, RetryConfig};
use secrecy::{ExposeSecret as _, SecretString};

/// Where a bucket is, and with which key it is opened.
#[derive(Debug, Clone)]
pub struct S3Settings {
    pub bucket: String,
    /// Everything is kept below it; empty for the whole bucket.
    pub prefix: String,
    pub region: String,
    /// `None` means Amazon's own. Plain http only where it is said so here.
    pub endpoint: Option<String>,
    pub access_key: String,
    pub secret_key: SecretString,
}

const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// One request with its answer; the largest object has a few hundred kB.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);
const RETRIES: usize = 2;
const RETRY_WITHIN: Duration = Duration::from_secs(10);

/// Makes ring the TLS provider of clients that name none. A second call changes nothing.
pub fn use_ring() {
    drop(rustls::crypto::ring::default_provider().install_default());
}

pub(super) fn client(settings: &S3Settings) -> Result<AmazonS3, object_store::Error> {
    use_ring();
    let is_plain = settings.endpoint.as_deref().is_some_and(|endpoint| endpoint.starts_with("http://"));
    let client = ClientOptions::new()
        .with_connect_timeout(CONNECT_WITHIN)
        .with_timeout(ANSWER_WITHIN)
        .with_allow_http(is_plain);
    let retry =
        RetryConfig { backoff: BackoffConfig::default(), max_retries: RETRIES, retry_timeout: RETRY_WITHIN };
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&settings.bucket)
        .with_region(&settings.region)
        .with_access_key_id(&settings.access_key)
        .with_secret_access_key(settings.secret_key.expose_secret())
        .with_virtual_hosted_style_request(false)
        .with_client_options(client)
        .with_retry(retry);
    if let Some(endpoint) = &settings.endpoint {
        builder = builder.with_endpoint(endpoint);
    }
    builder.build()
}
