//! Keeps the answer to a dead session id from touching the cookie. Another tab may have renewed the id meanwhile,
//! and the browser has only one cookie for both: clearing or setting the dead one would sign the person out.

use std::cell::Cell;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderValue};

tokio::task_local! {
    static IS_STALE: Cell<bool>;
}

/// From here on the answer under way leaves the session cookie alone. Nothing happens outside [`guard`].
pub fn leave_alone() {
    let _outside = IS_STALE.try_with(|stale| stale.set(true));
}

/// Takes the session cookie `name` out of the answer if anything inside called [`leave_alone`] in the request's own
/// task. Stands outside the layer that writes the cookie.
pub async fn guard(State(name): State<&'static str>, request: Request, next: Next) -> Response {
    let answered = async {
        let response = next.run(request).await;
        (response, IS_STALE.with(Cell::get))
    };
    let (mut response, is_stale) = IS_STALE.scope(Cell::new(false), answered).await;
    if is_stale {
        take_out(response.headers_mut(), name);
    }
    response
}

fn take_out(headers: &mut HeaderMap, name: &str) {
    let others: Vec<HeaderValue> =
        headers.get_all(SET_COOKIE).iter().filter(|cookie| !is_named(cookie, name)).cloned().collect();
    headers.remove(SET_COOKIE);
    for cookie in others {
        headers.append(SET_COOKIE, cookie);
    }
}

fn is_named(cookie: &HeaderValue, name: &str) -> bool {
    cookie.as_bytes().strip_prefix(name.as_bytes()).is_some_and(|rest| rest.starts_with(b"="))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_session_cookie_is_taken_out() {
        let mut headers = HeaderMap::new();
        for cookie in ["theme=dark; Path=/", "atria=; Path=/; Max-Age=0", "atria2=x"] {
            headers.append(SET_COOKIE, HeaderValue::from_static(cookie));
        }
        take_out(&mut headers, "atria");
        let left: Vec<_> = headers.get_all(SET_COOKIE).iter().collect();
        assert_eq!(left, ["theme=dark; Path=/", "atria2=x"]);
    }
}
