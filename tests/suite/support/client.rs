//! A browser as far as the server can tell: cookies, forms, fetches; it follows no redirect by itself.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, REFERER, SET_COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use reqwest::cookie::{CookieStore as _, Jar};
use serde::de::DeserializeOwned;

use super::html::Html;

pub const STATEMENTS: &str = "x-atria-statements";

/// 198.18.0.0: addresses for tests. The test's program trusts the loopback as its proxy.
const FIRST_ADDRESS: u32 = 0xc612_0000;

/// One browser, in a network of its own.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    jar: Arc<Jar>,
    pub origin: String,
}

/// One answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Client {
    pub fn new(origin: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        Self::from_address(origin, Ipv4Addr::from(FIRST_ADDRESS + NEXT.fetch_add(1, Ordering::SeqCst)))
    }

    /// A browser in a given network; what is limited by network counts for all browsers there.
    pub fn from_address(origin: &str, address: Ipv4Addr) -> Self {
        let jar = Arc::new(Jar::default());
        let forwarded = HeaderValue::try_from(address.to_string()).expect("an address");
        let http = reqwest::Client::builder()
            .default_headers(HeaderMap::from_iter([(HeaderName::from_static("x-forwarded-for"), forwarded)]))
            .cookie_provider(Arc::clone(&jar))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        Self { http, jar, origin: origin.to_owned() }
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).header(ACCEPT, "text/html")).await
    }

    /// Posts a plain form, as a browser without scripts does.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self
            .request(Method::POST, path)
            .header(ACCEPT, "text/html,application/xhtml+xml")
            .header(ORIGIN, &self.origin)
            .header(REFERER, format!("{}/", self.origin))
            .header("sec-fetch-site", "same-origin")
            .form(fields);
        self.send(request).await
    }

    /// Calls a server function as an island does: the typed value or error comes back.
    pub async fn call(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self
            .request(Method::POST, path)
            .header(ACCEPT, "application/json")
            .header(ORIGIN, &self.origin)
            .header("sec-fetch-site", "same-origin")
            .form(fields);
        self.send(request).await
    }

    /// The same with those of the fields that the function knows.
    pub async fn call_with_known(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.call(path, fields).await;
        let Ok(domain::AppError::Invalid(problems)) = serde_json::from_str(&answer.body) else {
            return answer;
        };
        let is_known = |name: &str| problems.get(name) != Some("This field isn't known here.");
        let known: Vec<_> = fields.iter().copied().filter(|(name, _)| is_known(name)).collect();
        if known.len() == fields.len() { answer } else { self.call(path, &known).await }
    }

    /// The status of such a call.
    pub async fn status(&self, path: &str, fields: &[(&str, &str)]) -> StatusCode {
        self.call(path, fields).await.status
    }

    /// The same call from another site's page.
    pub async fn call_cross_site(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self
            .request(Method::POST, path)
            .header(ACCEPT, "text/html")
            .header(ORIGIN, "https://evil.example")
            .header("sec-fetch-site", "cross-site")
            .form(fields);
        self.send(request).await
    }

    /// Any request; the caller sets its headers.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.origin))
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.expect("the server answers");
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.text().await.expect("the answer ends");
        Answer { status, headers, body }
    }

    /// Posts a form and opens the page it leads to.
    pub async fn submit_and_follow(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.submit(path, fields).await;
        assert_eq!(
            answer.status,
            StatusCode::FOUND,
            "{path} answers a form with a redirect: {}",
            answer.body
        );
        self.get(answer.location()).await
    }

    /// The cookies this browser would send, as one header.
    pub fn cookies(&self) -> Option<String> {
        let url = self.origin.parse().expect("an origin");
        self.jar.cookies(&url).map(|value| value.to_str().expect("ASCII").to_owned())
    }

    /// Signs in through the form.
    pub async fn sign_in(&self, email: &str, password: &str) {
        let answer = self.submit("/api/accounts/sign_in", &[("email", email), ("password", password)]).await;
        assert_eq!(answer.location(), "/home", "{email} signs in");
    }

    /// Whether a page for signed-in people opens; the others are led to sign-in.
    pub async fn is_signed_in(&self) -> bool {
        let home = self.get("/home").await;
        assert!(home.status == StatusCode::OK || home.location() == "/signin?next=%2Fhome", "{home:?}");
        home.status == StatusCode::OK
    }

    /// The value of one cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.cookies().unwrap_or_default();
        let pairs = cookies.split("; ").filter_map(|cookie| cookie.split_once('='));
        pairs.filter(|(key, _)| *key == name).map(|(_, value)| value.to_owned()).next()
    }

    /// A browser with this cookie and no other.
    pub fn with_cookie(&self, name: &str, value: &str) -> Self {
        let other = Self::new(&self.origin);
        other
            .jar
            .add_cookie_str(&format!("{name}={value}; Path=/"), &self.origin.parse().expect("an origin"));
        other
    }

    /// A browser that holds the same cookies from now on, as a thief of them would.
    pub fn copy(&self) -> Self {
        self.copy_at(&self.origin)
    }

    /// The same browser at another node of the same Atria.
    pub fn copy_at(&self, origin: &str) -> Self {
        let copy = Self::new(origin);
        let url = origin.parse().expect("an origin");
        for cookie in self.cookies().unwrap_or_default().split("; ").filter(|cookie| !cookie.is_empty()) {
            copy.jar.add_cookie_str(&format!("{cookie}; Path=/"), &url);
        }
        copy
    }

    /// Sends a Cookie header as it is, beside no jar.
    pub async fn get_with_cookie(&self, path: &str, cookie: &str) -> Answer {
        let bare = Self::new(&self.origin);
        bare.send(bare.request(Method::GET, path).header(ACCEPT, "text/html").header(COOKIE, cookie)).await
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub fn location(&self) -> &str {
        self.header(LOCATION.as_str()).expect("a redirect says where to")
    }

    /// All `Set-Cookie` lines.
    pub fn set_cookies(&self) -> Vec<&str> {
        self.headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok()).collect()
    }

    pub fn json<T: DeserializeOwned>(&self) -> T {
        assert!(
            self.header(CONTENT_TYPE.as_str()).is_some_and(|kind| kind.starts_with("application/json")),
            "an answer in JSON: {self:?}"
        );
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The typed error of a refused call.
    pub fn error(&self) -> domain::AppError {
        self.json()
    }

    pub fn html(&self) -> Html {
        Html::parse(&self.body)
    }

    /// SQL statements this answer took.
    pub fn statements(&self) -> u32 {
        self.header(STATEMENTS).expect("the test environment counts statements").parse().expect("a number")
    }
}
