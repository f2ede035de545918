//! WASM entry: hydrates the islands of the page.

// Without this the linker drops every island of `app`.
extern crate app;

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's loader once the module is there.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    let _ = server_fn::redirect::set_redirect_hook(|location| {
        if let Some(window) = web_sys::window() {
            let _ = window.location().assign(location);
        }
    });
    leptos::mount::hydrate_islands();
}
