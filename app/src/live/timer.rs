use std::cell::Cell;

use gloo_timers::callback::Timeout;

/// One pending call at most: starting it again forgets the one before.
#[derive(Debug, Default)]
pub(super) struct Timer {
    started: Cell<u32>,
    is_running: Cell<bool>,
}

impl Timer {
    pub(super) fn start(&'static self, ms: u32, then: impl FnOnce() + 'static) {
        let this = self.started.get().wrapping_add(1);
        self.started.set(this);
        self.is_running.set(true);
        Timeout::new(ms, move || {
            if self.is_running.get() && self.started.get() == this {
                self.is_running.set(false);
                then();
            }
        })
        .forget();
    }

    pub(super) fn stop(&self) {
        self.is_running.set(false);
    }

    pub(super) fn is_running(&self) -> bool {
        self.is_running.get()
    }
}
