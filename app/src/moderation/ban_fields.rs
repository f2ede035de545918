use domain::moderation::{AlsoDelete, HandlingNote};
use leptos::prelude::*;

use crate::flash::Flash;
use crate::ui::choices::{Choice, Choices};
use crate::ui::field::TextArea;

/// What a ban has besides its reason: a note for the other moderators, and which messages go with it.
#[component]
pub(crate) fn BanFields(flash: Flash) -> impl IntoView {
    let choices =
        AlsoDelete::ALL.into_iter().map(|choice| Choice::new(choice.as_str(), choice.label())).collect();
    let hint = format!(
        "In the rooms that you moderate, the newest {} at most. Each can be restored there for 24 hours.",
        AlsoDelete::MOST
    );
    view! {
        <TextArea
            name="note" label="Note" rows=2 maxlength=HandlingNote::MAX_CHARS value=flash.value("note")
            error=flash.error("note") hint="For the other moderators; it stays in the log."
        />
        <Choices
            name="delete" label="Also delete" choices=choices hint=hint
            value=flash.value_or("delete", AlsoDelete::Nothing.as_str()) error=flash.error("delete")
        />
    }
}
