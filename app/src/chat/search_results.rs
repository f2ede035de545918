use domain::FieldErrors;
use domain::chat::RoomSummary;
use domain::paging::Keyset;
use leptos::prelude::*;
use services::chat::{Hit, SearchFields};

use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::empty::EmptyState;
use crate::ui::form::FormErrors;
use crate::ui::pager::CursorPager;
use crate::ui::time::LocalTime;

/// What an address asks for; `None` when nothing is looked for.
pub(super) fn asked() -> Option<SearchFields> {
    let value = |name: &str| ssr::query(name).unwrap_or_default();
    ssr::query("search").map(|search| SearchFields {
        search,
        room: value("room"),
        author: value("author"),
        from: value("from"),
        until: value("until"),
        cursor: ssr::query("cursor"),
    })
}

/// The form that looks for messages in the rooms somebody may read.
#[component]
pub(super) fn SearchForm(
    path: String,
    rooms: Vec<RoomSummary>,
    fields: SearchFields,
    errors: FieldErrors,
) -> impl IntoView {
    let narrows =
        [&fields.room, &fields.author, &fields.from, &fields.until].iter().any(|field| !field.is_empty());
    let chosen = fields.room.clone();
    let options = rooms
        .into_iter()
        .map(|room| {
            let id = room.id.to_string();
            view! { <option value=id.clone() selected=id == chosen>{room.name}</option> }
        })
        .collect_view();
    view! {
        <FormErrors errors=errors/>
        <form class="filter" method="get" action=path role="search" autocomplete="off" aria-label="Messages">
            <label class="visually-hidden" for="field-search">"Words in messages"</label>
            <input
                class="input" id="field-search" type="search" name="search" value=fields.search
                placeholder="Words in messages" minlength="2" maxlength="200" required=true
            />
            <Button kind=ButtonKind::Secondary>"Search"</Button>
            <details class="filter-more" open=narrows>
                <summary>"Room, author, days"</summary>
                <label class="field-label" for="field-room">"Room"</label>
                <select class="input" id="field-room" name="room"><option value="">"All rooms"</option>{options}</select>
                <label class="field-label" for="field-author">"Author"</label>
                <input class="input" id="field-author" name="author" value=fields.author maxlength="200"/>
                <label class="field-label" for="field-from">"From"</label>
                <input class="input" id="field-from" type="date" name="from" value=fields.from/>
                <label class="field-label" for="field-until">"Until"</label>
                <input class="input" id="field-until" type="date" name="until" value=fields.until/>
            </details>
        </form>
    }
}

/// What was found, each leading to its place in its room.
#[component]
pub(super) fn SearchResults(path: String, fields: SearchFields, found: Keyset<Hit>) -> impl IntoView {
    let is_empty = found.items.is_empty();
    let hits = found
        .items
        .into_iter()
        .map(|hit| {
            let href = format!("{path}/{}?message={}#message-{}", hit.room, hit.id, hit.seq);
            view! {
                <li class="row">
                    <div class="row-body">
                        <p class="meta">{hit.author}" in "{hit.room_name}", "<LocalTime at=hit.sent_at/></p>
                        <p class="found-text">{hit.body}</p>
                        <p><a href=href>"Show in the room"</a></p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="found">
            <h2 id="found">"Found messages"</h2>
            {is_empty.then(|| view! {
                <EmptyState title="Nothing found" text="No message in your rooms has all of these words." icon="search"/>
            })}
            <ul class="rows" role="list">{hits}</ul>
            <CursorPager base=base(&path, &fields) newer=found.newer older=found.older/>
        </section>
    }
}

fn base(path: &str, fields: &SearchFields) -> String {
    let pairs = [
        ("search", &fields.search),
        ("room", &fields.room),
        ("author", &fields.author),
        ("from", &fields.from),
        ("until", &fields.until),
    ];
    let query: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{name}={}", ssr::encoded(value))).collect();
    format!("{path}?{}", query.join("&"))
}
