use leptos::prelude::*;

use super::icon::Icon;

/// Links to the neighbours and both ends of one page of a numbered list; nothing when there is only one page.
///
/// `base` is the list's path, with its filters when there are any; `page` counts from 1.
#[component]
pub fn Pager(#[prop(into)] base: String, page: u32, pages: u32) -> impl IntoView {
    let joint = if base.contains('?') { '&' } else { '?' };
    let href = move |page: u32| format!("{base}{joint}page={page}");
    (pages > 1).then(|| {
        view! {
            <nav class="pager" aria-label="Pages">
                {(page > 2).then(|| view! { <a class="pager-end" href=href(1)>"First"</a> })}
                {(page > 1).then(|| view! {
                    <a class="button button-secondary" rel="prev" href=href(page - 1)>
                        <Icon name="chevron-left"/><span class="button-text">"Previous"</span>
                    </a>
                })}
                <p class="pager-position">{format!("Page {page} of {pages}")}</p>
                {(page < pages).then(|| view! {
                    <a class="button button-secondary" rel="next" href=href(page + 1)>
                        <span class="button-text">"Next"</span><Icon name="chevron-right"/>
                    </a>
                })}
                {(page + 1 < pages).then(|| view! { <a class="pager-end" href=href(pages)>"Last"</a> })}
            </nav>
        }
    })
}

/// The way on in a growing list, by the cursors its last part came with; nothing when it is all here.
#[component]
pub fn CursorPager(
    #[prop(into)] base: String,
    newer: Option<String>,
    older: Option<String>,
    /// The words for both ways.
    #[prop(default = ["Newer", "Older"])]
    labels: [&'static str; 2],
) -> impl IntoView {
    let joint = if base.contains('?') { '&' } else { '?' };
    let has_more = newer.is_some() || older.is_some();
    let href = move |cursor: String| format!("{base}{joint}cursor={cursor}");
    has_more.then(|| {
        view! {
            <nav class="pager" aria-label="Pages">
                {newer.map(|cursor| view! {
                    <a class="button button-secondary" rel="prev" href=href(cursor)>
                        <Icon name="chevron-left"/><span class="button-text">{labels[0]}</span>
                    </a>
                })}
                {older.map(|cursor| view! {
                    <a class="button button-secondary" rel="next" href=href(cursor)>
                        <span class="button-text">{labels[1]}</span><Icon name="chevron-right"/>
                    </a>
                })}
            </nav>
        }
    })
}
