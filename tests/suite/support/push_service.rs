//! A push service and a browser that subscribed there: real HTTP, and the encryption of RFC 8291.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderMap, StatusCode, Uri};
use tokio::net::TcpListener;
use web_push_native::p256::SecretKey;
use web_push_native::p256::ecdsa::signature::Verifier as _;
use web_push_native::p256::ecdsa::{Signature, VerifyingKey};
use web_push_native::p256::elliptic_curve::sec1::ToEncodedPoint as _;
use web_push_native::{Auth, decrypt};

/// What came in, as it came.
#[derive(Clone)]
pub struct Pushed {
    pub path: String,
    pub headers: HeaderMap,
    body: Bytes,
}

#[derive(Clone, Default)]
struct Desk {
    pushed: Arc<Mutex<Vec<Pushed>>>,
    answers: Arc<Mutex<VecDeque<StatusCode>>>,
}

pub struct PushService {
    pub origin: String,
    desk: Desk,
}

impl PushService {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("a bound port"));
        let desk = Desk::default();
        let router = Router::new().fallback(take).with_state(desk.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { origin, desk }
    }

    /// The next requests are answered so, those after them with 201.
    pub fn answers(&self, statuses: &[StatusCode]) {
        self.desk.answers.lock().unwrap().extend(statuses);
    }

    /// All since the last time.
    pub fn taken(&self) -> Vec<Pushed> {
        std::mem::take(&mut *self.desk.pushed.lock().unwrap())
    }
}

async fn take(State(desk): State<Desk>, uri: Uri, headers: HeaderMap, body: Bytes) -> StatusCode {
    desk.pushed.lock().unwrap().push(Pushed { path: uri.path().to_owned(), headers, body });
    desk.answers.lock().unwrap().pop_front().unwrap_or(StatusCode::CREATED)
}

/// What a browser keeps to itself, and where it is reached.
pub struct PushBrowser {
    secret: SecretKey,
    auth: [u8; 16],
    pub endpoint: String,
}

impl PushBrowser {
    pub fn at(service: &PushService, number: u8) -> Self {
        let secret = SecretKey::from_slice(&[number; 32]).expect("a key");
        Self { secret, auth: [number; 16], endpoint: format!("{}/to/{number}", service.origin) }
    }

    /// As its script posts it.
    pub fn fields(&self) -> [(&'static str, String); 3] {
        let point = self.secret.public_key().to_encoded_point(false);
        [
            ("endpoint", self.endpoint.clone()),
            ("p256dh", URL_SAFE_NO_PAD.encode(point.as_bytes())),
            ("auth", URL_SAFE_NO_PAD.encode(self.auth)),
        ]
    }

    /// What its service worker gets.
    pub fn open(&self, pushed: &Pushed) -> serde_json::Value {
        let auth = Auth::from_exact_iter(self.auth).expect("16 bytes");
        let text = decrypt(pushed.body.to_vec(), &self.secret, &auth).expect("sealed for this browser");
        serde_json::from_slice(&text).expect("JSON")
    }
}

impl Pushed {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().expect("text")).unwrap_or_default()
    }

    /// The claims of the sender, whose signature holds for the key beside them; and that key.
    pub fn sender(&self) -> (serde_json::Value, String) {
        let credentials = self.header("authorization").strip_prefix("vapid t=").expect("RFC 8292");
        let (token, key) = credentials.split_once(", k=").expect("token and key");
        let (signed, signature) = token.rsplit_once('.').expect("a signature");
        let decoded = |text: &str| URL_SAFE_NO_PAD.decode(text).expect("base64url");
        let verifier = VerifyingKey::from_sec1_bytes(&decoded(key)).expect("a key of P-256");
        let signature = Signature::from_slice(&decoded(signature)).expect("64 bytes");
        verifier.verify(signed.as_bytes(), &signature).expect("signed with that key");
        let claims = signed.split_once('.').expect("head and claims").1;
        (serde_json::from_slice(&decoded(claims)).expect("JSON"), key.to_owned())
    }
}
