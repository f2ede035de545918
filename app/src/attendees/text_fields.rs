use domain::attendees::{BioHere, TitleHere};
use leptos::prelude::*;

use crate::flash::Flash;
use crate::ui::differences::{Differences, stored_fields};
use crate::ui::field::{HiddenField, TextArea, TextField};

pub(super) const TEXT_LABELS: [(&str, &str); 2] =
    [("event_title", "Title here"), ("event_bio", "About, for this event")];

/// Whether the form that was refused is this one.
pub(super) fn is_about_texts(form: &Flash) -> bool {
    form.values.contains_key("event_title")
}

/// Title and biography for one event, as typed or stored.
#[component]
pub(super) fn TextFieldSet(
    form: Flash,
    #[prop(into)] title: String,
    #[prop(into)] bio: String,
    /// Whose profile counts where a field is empty.
    profile: &'static str,
    /// Of what is stored.
    version: i32,
) -> impl IntoView {
    let stored = |name| if name == "event_title" { title.clone() } else { bio.clone() };
    let differences = is_about_texts(&form)
        .then(|| view! { <Differences form=form.clone() stored=stored_fields(&TEXT_LABELS, stored)/> });
    view! {
        {differences}
        <HiddenField name="version" value=version.to_string()/>
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

/// The verb on the button below the fields.
pub(super) fn save_label(form: &Flash) -> &'static str {
    if form.is_stale() && is_about_texts(form) { "Save over the newer version" } else { "Save" }
}
