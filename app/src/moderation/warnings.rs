use leptos::prelude::*;
use services::moderation::Warning;

use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::HiddenField;
use crate::ui::notice::{Notice, NoticeKind};
use crate::ui::time::LocalTime;
use crate::ui::user_text::Paragraphs;

/// Warnings of an event's moderators that their reader has to confirm; nothing without one.
#[component]
pub(crate) fn Warnings(slug: String, warnings: Vec<Warning>) -> impl IntoView {
    warnings
        .into_iter()
        .map(|warning| {
            let event = slug.clone();
            view! {
                <Notice kind=NoticeKind::Danger>
                    <p><strong>"The moderators of this event warn you"</strong>", "<LocalTime at=warning.at/>"."</p>
                    <Paragraphs text=warning.reason/>
                    <form method="post" action="/api/moderation/confirm_warning">
                        <HiddenField name="event" value=event/>
                        <HiddenField name="warning" value=warning.id.to_string()/>
                        <Button kind=ButtonKind::Secondary>"I have read it"</Button>
                    </form>
                </Notice>
            }
        })
        .collect_view()
}
