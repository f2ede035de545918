//! Keeps requests apart in Leptos, whose current owner is a thread's, not a task's.
//!
//! `leptos_axum` makes a request's owner the current one and then awaits: whatever the thread polls next finds it
//! there, and the request goes on under whichever owner its next thread has. Contexts that are read while HTML is
//! written, those of `leptos_meta` above all, would be missing or be another request's.

use std::future::{Future as _, poll_fn};
use std::pin::pin;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use leptos::reactive::owner::{Owner, WeakOwner};

/// Runs a request under its own owner only, from poll to poll.
///
/// Covers what is rendered before the answer begins, so every page has to be rendered whole (`SsrMode::Async`).
pub async fn keep(request: Request, next: Next) -> Response {
    let mut running = pin!(next.run(request));
    let mut own = None;
    poll_fn(|context| {
        let _before = Restored(current());
        become_current(own.take());
        let polled = running.as_mut().poll(context);
        own = current();
        polled
    })
    .await
}

/// Puts an owner back when it goes, also in a panic.
struct Restored(Option<WeakOwner>);

impl Drop for Restored {
    fn drop(&mut self) {
        become_current(self.0.take());
    }
}

fn current() -> Option<WeakOwner> {
    Owner::current().map(|owner| owner.downgrade())
}

fn become_current(owner: Option<WeakOwner>) {
    match owner.and_then(|owner| owner.upgrade()) {
        Some(owner) => owner.set(),
        None => {
            if let Some(current) = Owner::current() {
                current.unset();
            }
        }
    }
}
