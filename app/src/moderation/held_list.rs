use leptos::prelude::*;
use services::chat::HeldMessage;

use super::place::moderated_path;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::HiddenField;
use crate::ui::time::LocalTime;
use crate::ui::user_text::Paragraphs;

/// Messages with words the event doesn't want, which nobody but their authors sees until somebody decides; nothing
/// without one.
#[component]
pub(super) fn HeldList(slug: String, held: Vec<HeldMessage>) -> impl IntoView {
    let rows: Vec<_> = held.into_iter().map(|message| row(&slug, message)).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="section" aria-labelledby="held">
                <h2 id="held">"Waiting for a review"</h2>
                <p class="meta">"Nobody but their authors sees them until you decide."</p>
                <ul class="reports" role="list">{rows}</ul>
            </section>
        }
    })
}

fn row(slug: &str, message: HeldMessage) -> impl IntoView + use<> {
    let author = moderated_path(slug, &message.author.to_string());
    let room = format!("/events/{slug}/rooms/{}", message.room);
    let (name, again) = (format!(": {}", message.author_name), format!(": {}", message.author_name));
    view! {
        <li class="report" id=format!("held-{}", message.id)>
            <p>
                <a href=author><strong>{message.author_name}</strong></a>" in "<a href=room>{message.room_name}</a>
                ", "<LocalTime at=message.at/>
            </p>
            <Paragraphs text=message.text/>
            <form class="form-actions" method="post" action="/api/moderation/review">
                <HiddenField name="event" value=slug.to_owned()/>
                <HiddenField name="message" value=message.id.to_string()/>
                <Button kind=ButtonKind::Secondary name="approve" value="yes">
                    "Let it through"<span class="visually-hidden">{name}</span>
                </Button>
                <Button kind=ButtonKind::Quiet name="approve" value="no">
                    "Refuse"<span class="visually-hidden">{again}</span>
                </Button>
            </form>
        </li>
    }
}
