use leptos::either::Either;
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
    let shown = capped(count);
    (count > 0).then(|| {
        view! {
            <span class="count">
                <span aria-hidden="true">{shown.clone()}</span>
                <span class="visually-hidden">{format!("{shown} {words}")}</span>
            </span>
        }
    })
}

/// What waits in a room, or with "all" in all rooms but the open one: how often the viewer is named, else a dot.
/// `page/rooms.js` keeps it true.
#[component]
pub fn RoomCount(#[prop(into)] of: String, unread: i64, mentions: i64) -> impl IntoView {
    let badge = if mentions > 0 {
        Either::Left(
            view! { <Count count=mentions words=if mentions == 1 { "mention" } else { "mentions" }/> },
        )
    } else {
        Either::Right((unread > 0).then(|| {
            let words = format!("{} unread", capped(unread));
            view! { <span class="count count-dot"><span class="visually-hidden">{words}</span></span> }
        }))
    };
    view! { <span class="count-place" data-room-count=of>{badge}</span> }
}

fn capped(count: i64) -> String {
    if count > 99 { "99+".to_owned() } else { count.to_string() }
}
