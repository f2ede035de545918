use leptos::prelude::*;

use super::head::{Head, HeadTags};
use super::header::{FlashMessages, SkipLink, Wordmark};
use crate::flash::Flash;

/// The narrow frame of pages with one form: signing in and up, confirming an address.
#[component]
pub fn FocusLayout(
    head: Head,
    #[prop(optional)] flash: Flash,
    /// The H1.
    #[prop(into)]
    title: String,
    /// One sentence under it.
    #[prop(optional, into)]
    lead: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <HeadTags head=head/>
        <SkipLink/>
        <div class="focus-page">
            <header class="focus-head"><Wordmark/></header>
            <main class="focus-main" id="main" tabindex="-1">
                <h1>{title}</h1>
                {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
                <FlashMessages flash=flash/>
                {children()}
            </main>
        </div>
    }
    .into_any()
}
