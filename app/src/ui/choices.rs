use leptos::prelude::*;

use super::field::{described_by, error_line, field_id, hint_line};

/// One card of [`Choices`].
#[derive(Debug, Clone)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
}

impl Choice {
    #[must_use]
    pub fn new(value: &str, label: &str) -> Self {
        Self { value: value.to_owned(), label: label.to_owned(), hint: None }
    }

    #[must_use]
    pub fn with_hint(self, hint: &str) -> Self {
        Self { hint: Some(hint.to_owned()), ..self }
    }
}

/// One of a few, all visible: radio buttons as cards. The error summary links to the first.
#[component]
pub fn Choices(
    name: &'static str,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let described = described_by(name, hint.is_some(), error.is_some());
    let cards = choices
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            let id = if index == 0 { field_id(name) } else { format!("{}-{index}", field_id(name)) };
            view! {
                <label class="choice" for=id.clone()>
                    <input
                        id=id.clone()
                        type="radio"
                        name=name
                        value=choice.value.clone()
                        checked=choice.value == value
                        required=required
                    />
                    <span class="choice-label">{choice.label}</span>
                    {choice.hint.map(|hint| view! { <span class="choice-hint">{hint}</span> })}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field choices" aria-describedby=described>
            <legend class="field-label">{label}</legend>
            {hint_line(name, hint)}
            <div class="choices-cards">{cards}</div>
            {error_line(name, error)}
        </fieldset>
    }
}
