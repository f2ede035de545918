use domain::Viewer;
use leptos::prelude::*;

use super::head::{Head, HeadTags};
use super::header::{FlashMessages, SiteFooter, SiteHeader, SkipLink};
use crate::flash::Flash;

/// The frame of pages about the person's own things: `/home`, organizations. `children` bring the H1, usually
/// in a `<header class="page-head">`, and are kept to the page's measure.
#[component]
pub fn SignedInLayout(
    head: Head,
    viewer: Viewer,
    #[prop(optional)] flash: Flash,
    children: Children,
) -> impl IntoView {
    view! {
        <HeadTags head=head.noindex()/>
        <SkipLink/>
        <div class="page">
            <SiteHeader viewer=viewer/>
            <main class="page-main" id="main" tabindex="-1">
                <div class="wrap page-body">
                    <FlashMessages flash=flash/>
                    {children()}
                </div>
            </main>
            <SiteFooter/>
        </div>
    }
    .into_any()
}
