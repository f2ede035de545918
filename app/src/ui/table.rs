use leptos::prelude::*;

/// A real table with a head; it scrolls sideways in itself on narrow screens.
///
/// `children` are `<tr>` rows with as many cells as there are `columns`.
#[component]
pub fn Table(
    /// Read to screen readers, not shown.
    #[prop(into)]
    caption: String,
    columns: &'static [&'static str],
    children: Children,
) -> impl IntoView {
    let head = columns.iter().map(|name| view! { <th scope="col">{*name}</th> }).collect_view();
    view! {
        <div class="table-frame" role="region" tabindex="0" aria-label=caption.clone()>
            <table class="table">
                <caption class="visually-hidden">{caption.clone()}</caption>
                <thead><tr>{head}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}
