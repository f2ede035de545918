use domain::Viewer;
use leptos::prelude::*;

use super::head::{Head, HeadTags};
use super::header::{FlashMessages, SiteHeader, SkipLink};
use crate::flash::Flash;

/// The frame of an open conversation: the whole height below the header is the page's, which scrolls in itself.
/// `children` bring the H1.
#[component]
pub fn InboxLayout(
    head: Head,
    viewer: Viewer,
    #[prop(optional)] flash: Flash,
    children: Children,
) -> impl IntoView {
    view! {
        <HeadTags head=head.noindex()/>
        <SkipLink/>
        <div class="inbox-area">
            <SiteHeader viewer=viewer/>
            <main class="inbox-main" id="main" tabindex="-1">
                <FlashMessages flash=flash/>
                {children()}
            </main>
        </div>
    }
    .into_any()
}
