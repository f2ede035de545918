//! A form with a file: browsers post it as multipart, server functions read plain forms. Here the one becomes the
//! other, with the text of the file as the value of its field.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{FromRequest as _, Request};
use futures_util::StreamExt as _;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the characters that mean nothing in a form (RFC 3986, 2.3).
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// How much of a body that is too large is read; a browser that sends more learns from a broken connection.
const MOST_READ_BYTES: usize = 16 * 1024 * 1024;

/// Passes every other request on as it is. The limit for bodies holds for both forms.
///
/// # Errors
/// 413 for a body that is too large, 400 for one that can't be read.
pub async fn as_plain_form(request: Request) -> Result<Request, StatusCode> {
    if !is_multipart(&request) {
        return Ok(request);
    }
    let (parts, body) = request.into_parts();
    let readable = Request::from_parts(parts.clone(), body);
    let fields = Multipart::from_request(readable, &()).await.map_err(|error| error.status())?;
    let encoded = encoded(fields).await.map_err(|error| error.status())?;
    let mut plain = Request::from_parts(parts, Body::from(encoded));
    plain.headers_mut().remove(CONTENT_LENGTH);
    let form = HeaderValue::from_static("application/x-www-form-urlencoded");
    plain.headers_mut().insert(CONTENT_TYPE, form);
    Ok(plain)
}

fn is_multipart(request: &Request) -> bool {
    let kind = request.headers().get(CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().to_ascii_lowercase().starts_with(b"multipart/form-data"))
}

/// More than any form of ours has.
const MOST_FIELDS: usize = 30;
const MOST_NAME_CHARS: usize = 60;
/// More than any field of text beside a file holds.
const MOST_TYPED_BYTES: usize = 256 * 1024;

/// What was typed beside a file that is too large, read to its end and forgotten: browsers look for an answer once they
/// have sent all. Empty for another kind of form; what comes behind the route's limit for bodies is not there.
pub async fn typed_beside(request: Request) -> BTreeMap<String, String> {
    let mut typed = BTreeMap::new();
    if !is_multipart(&request) {
        let mut body = request.into_body().into_data_stream();
        let mut seen = 0;
        while let Some(Ok(part)) = body.next().await {
            seen += part.len();
            if seen > MOST_READ_BYTES {
                break;
            }
        }
        return typed;
    }
    let Ok(mut fields) = Multipart::from_request(request, &()).await else { return typed };
    let mut kept = 0;
    while let Ok(Some(mut field)) = fields.next_field().await {
        let name: String = field.name().unwrap_or_default().chars().take(MOST_NAME_CHARS).collect();
        let is_file = field.file_name().is_some();
        let mut value = Vec::new();
        while let Ok(Some(part)) = field.chunk().await {
            if !is_file && kept + part.len() <= MOST_TYPED_BYTES {
                kept += part.len();
                value.extend_from_slice(&part);
            }
        }
        if !is_file && typed.len() < MOST_FIELDS {
            typed.insert(name, text_of(&value));
        }
    }
    typed
}

async fn encoded(mut fields: Multipart) -> Result<String, MultipartError> {
    let mut pairs = Vec::new();
    while let Some(field) = fields.next_field().await? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await?;
        let value = text_of(&bytes);
        let encode = |text| utf8_percent_encode(text, UNRESERVED).to_string();
        pairs.push(format!("{}={}", encode(&name), encode(&value)));
    }
    Ok(pairs.join("&"))
}

/// What is no UTF-8 is read as Latin-1, in which spreadsheets of the West save: each byte is a character there.
fn text_of(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}
