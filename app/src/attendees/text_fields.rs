use domain::attendees::{BioHere, TitleHere};
use leptos::prelude::*;

use crate::flash::Flash;
use crate::ui::field::{TextArea, TextField};

/// Title and biography for one event, as typed or stored.
#[component]
pub(super) fn TextFieldSet(
    form: Flash,
    #[prop(into)] title: String,
    #[prop(into)] bio: String,
    /// Whose profile counts where a field is empty.
    profile: &'static str,
) -> impl IntoView {
    view! {
        <TextField
            name="event_title" label="Title here" maxlength=TitleHere::MAX_CHARS
            value=form.value_or("event_title", &title) error=form.error("event_title")
            hint=format!("Such as “Keynote speaker”. Empty: the one of {profile}.")
        />
        <TextArea
            name="event_bio" label="About, for this event" rows=5 maxlength=BioHere::MAX_CHARS
            value=form.value_or("event_bio", &bio) error=form.error("event_bio")
            hint=format!("Lists, links and emphasis as in Markdown. Empty: what {profile} says.")
        />
    }
}
