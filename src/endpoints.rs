//! The routes beside pages and server functions. A router that lists what it serves, so that no route can be added
//! without the tests seeing it.

use axum::Router;
use axum::handler::Handler;
use axum::routing::{MethodRouter, get, post};
use http::Method;

/// Who gets past the door. What lies behind it is the policy's to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The same for everybody; nobody is asked who they are.
    Everybody,
    /// Visitors too; what they get depends on who they are.
    Viewers,
    /// 401, or the way to sign-in, for anybody else.
    SignedIn,
    /// Whoever holds the secret in the path.
    Holders,
}

/// One method of one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    pub method: Method,
    /// As axum writes it: `/files/events/{event}`.
    pub path: &'static str,
    pub access: Access,
}

/// A router and the list of its routes.
#[derive(Debug)]
pub struct Endpoints<S = ()> {
    router: Router<S>,
    list: Vec<Endpoint>,
}

impl<S: Clone + Send + Sync + 'static> Default for Endpoints<S> {
    fn default() -> Self {
        Self { router: Router::new(), list: Vec::new() }
    }
}

impl<S: Clone + Send + Sync + 'static> Endpoints<S> {
    #[must_use]
    pub fn get<H: Handler<T, S>, T: 'static>(self, path: &'static str, access: Access, handler: H) -> Self {
        self.with(Method::GET, path, access, get(handler))
    }

    #[must_use]
    pub fn post<H: Handler<T, S>, T: 'static>(self, path: &'static str, access: Access, handler: H) -> Self {
        self.with(Method::POST, path, access, post(handler))
    }

    fn with(mut self, method: Method, path: &'static str, access: Access, route: MethodRouter<S>) -> Self {
        self.list.push(Endpoint { method, path, access });
        Self { router: self.router.route(path, route), list: self.list }
    }

    #[must_use]
    pub fn with_state<S2>(self, state: S) -> Endpoints<S2> {
        Endpoints { router: self.router.with_state(state), list: self.list }
    }

    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.list.extend(other.list);
        Self { router: self.router.merge(other.router), list: self.list }
    }

    /// The same routes with something around those that are there by now.
    #[must_use]
    pub fn around(self, layers: impl FnOnce(Router<S>) -> Router<S>) -> Self {
        Self { router: layers(self.router), list: self.list }
    }

    /// The router; what it serves goes to the end of `list`.
    pub fn into_router(self, list: &mut Vec<Endpoint>) -> Router<S> {
        list.extend(self.list);
        self.router
    }
}
