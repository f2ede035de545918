use leptos::prelude::*;

use super::notice::NoticeKind;

/// One word about a thing's state.
#[component]
pub fn Badge(
    #[prop(into)] text: String,
    /// Without one the badge is neutral.
    #[prop(optional_no_strip, into)]
    kind: Option<NoticeKind>,
) -> impl IntoView {
    let class = kind.map_or("badge", |kind| match kind {
        NoticeKind::Ok => "badge badge-ok",
        NoticeKind::Warn => "badge badge-warn",
        NoticeKind::Danger => "badge badge-danger",
        NoticeKind::Info => "badge badge-info",
    });
    view! { <span class=class>{text}</span> }
}

/// How many unread messages, "99+" above 99; nothing at 0.
#[component]
pub fn UnreadCount(count: i64) -> impl IntoView {
    view! { <Count count=count words="unread"/> }
}

/// A count of what waits for the viewer, which `page/counts.js` keeps true; `of` is a field of
/// [`domain::notifications::Waiting`].
#[component]
pub fn LiveCount(of: &'static str, words: &'static str, count: i64) -> impl IntoView {
    view! { <span class="count-place" data-count=of data-words=words><Count count=count words=words/></span> }
}

#[component]
fn Count(count: i64, words: &'static str) -> impl IntoView {
    let shown = if count > 99 { "99+".to_owned() } else { count.to_string() };
    (count > 0).then(|| {
        view! {
            <span class="count">
                <span aria-hidden="true">{shown.clone()}</span>
                <span class="visually-hidden">{format!("{shown} {words}")}</span>
            </span>
        }
    })
}
