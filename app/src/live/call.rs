use domain::error::Unauthenticated;
use domain::realtime::client::FromJson;
use domain::{AppError, Denied};
use js_sys::encode_uri_component;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::XmlHttpRequest;

use super::json;

/// Calls a server function as its form would, but for JSON. The functions' own clients would double what a room
/// weighs.
///
/// `then` hears [`AppError::Busy`] for everything that is no answer of ours: no network, a proxy in between.
pub(super) fn post<T: FromJson + 'static>(
    path: &str,
    fields: &[(&str, &str)],
    then: impl FnOnce(Result<T, AppError>) + 'static,
) {
    let Ok(request) = XmlHttpRequest::new() else { return then(Err(AppError::Busy)) };
    let answered = request.clone();
    let then = Closure::once_into_js(move || then(read(&answered)));
    request.set_onloadend(Some(then.unchecked_ref()));
    let form: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", encode_uri_component(value))).collect();
    // What can't even be sent is never answered, and the caller's clock runs out.
    let _ = request
        .open("POST", path)
        .and_then(|()| request.set_request_header("Content-Type", "application/x-www-form-urlencoded"))
        .and_then(|()| request.set_request_header("Accept", "application/json"))
        .and_then(|()| request.send_with_opt_str(Some(&form.join("&"))));
}

fn read<T: FromJson>(request: &XmlHttpRequest) -> Result<T, AppError> {
    let status = request.status().unwrap_or(0);
    let text = request.response_text().ok().flatten().unwrap_or_default();
    if (200..300).contains(&status) {
        return json::parse(&text).ok_or(AppError::Busy);
    }
    Err(json::parse(&text).unwrap_or(match status {
        401 => AppError::Unauthenticated(Unauthenticated::SignInRequired),
        403 => AppError::Denied(Denied::CrossSite),
        404 => AppError::NotFound,
        _ => AppError::Busy,
    }))
}
