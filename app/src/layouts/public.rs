use domain::Viewer;
use leptos::prelude::*;

use super::head::{Head, HeadTags};
use super::header::{FlashMessages, SiteFooter, SiteHeader, SkipLink};
use crate::flash::Flash;

/// The frame of pages that need no sign-in.
///
/// `children` bring the H1. Sections may be as wide as the window: put `class="wrap"` on those that keep the
/// page's measure.
#[component]
pub fn PublicLayout(
    head: Head,
    viewer: Viewer,
    #[prop(optional)] flash: Flash,
    children: Children,
) -> impl IntoView {
    view! {
        <HeadTags head=head/>
        <SkipLink/>
        <div class="page">
            <SiteHeader viewer=viewer/>
            <main class="page-main" id="main" tabindex="-1">
                <div class="wrap page-flash"><FlashMessages flash=flash/></div>
                {children()}
            </main>
            <SiteFooter/>
        </div>
    }
    .into_any()
}
