//! Labelled form fields. The id of a field is [`field_id`] of its name; hint and error are tied to it.

use leptos::prelude::*;

pub use super::choices::{Choice, Choices};
pub use super::form::{Form, FormErrors};
use super::icon::Icon;
use super::user_text::textarea_text;

/// The id of the control for a field, where the error summary links to.
#[must_use]
pub fn field_id(name: &str) -> String {
    format!("field-{name}")
}

/// The ids of a field's hint and error, whichever exist, for `aria-describedby`.
pub(super) fn described_by(name: &str, hint: bool, error: bool) -> Option<String> {
    let ids = [hint.then(|| format!("hint-{name}")), error.then(|| format!("error-{name}"))];
    let ids: Vec<String> = ids.into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

pub(super) fn hint_line(name: &str, hint: Option<String>) -> impl IntoView + use<> {
    hint.map(|hint| view! { <p class="field-hint" id=format!("hint-{name}")>{hint}</p> })
}

pub(super) fn error_line(name: &str, error: Option<String>) -> impl IntoView + use<> {
    error.map(|error| {
        view! {
            <p class="field-error" id=format!("error-{name}")>
                <Icon name="circle-alert" size=16/>
                <span>{error}</span>
            </p>
        }
    })
}

fn label_line(name: &str, label: String, optional: bool) -> impl IntoView + use<> {
    view! {
        <label class="field-label" for=field_id(name)>
            {label}
            {optional.then(|| view! { <span class="field-optional">"optional"</span> })}
        </label>
    }
}

/// One line of text, a date, a number, an address or a password.
///
/// A field that is neither `required` nor `essential` (needed at a later step, or one of several is) says "optional". A password gets a show/hide button where scripts run, and
/// never carries a value back.
#[component]
pub fn TextField(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(default = "text")] input_type: &'static str,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional)] essential: bool,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] minlength: Option<usize>,
    #[prop(optional)] maxlength: Option<usize>,
    #[prop(optional, into)] min: Option<String>,
    #[prop(optional, into)] max: Option<String>,
) -> impl IntoView {
    let is_password = input_type == "password";
    let described = described_by(name, hint.is_some(), error.is_some());
    view! {
        <div class="field">
            {label_line(name, label, !required && !essential)}
            {hint_line(name, hint)}
            <div class="field-control">
                <input
                    class="input"
                    id=field_id(name)
                    name=name
                    type=input_type
                    value=(!is_password && !value.is_empty()).then_some(value)
                    autocomplete=autocomplete
                    inputmode=inputmode
                    placeholder=placeholder
                    required=required
                    autofocus=autofocus
                    minlength=minlength.map(|chars| chars.to_string())
                    maxlength=maxlength.map(|chars| chars.to_string())
                    min=min
                    max=max
                    aria-describedby=described
                    aria-invalid=error.is_some().then_some("true")
                />
                {is_password.then(|| reveal_button(name))}
            </div>
            {error_line(name, error)}
        </div>
    }
}

/// Hidden until `page.js` runs: without scripts it could do nothing.
fn reveal_button(name: &str) -> impl IntoView + use<> {
    view! {
        <button
            class="field-reveal"
            type="button"
            hidden=true
            data-reveal=field_id(name)
            aria-pressed="false"
            aria-label="Show password"
        >
            <Icon name="eye"/>
            <Icon name="eye-off"/>
        </button>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(default = 5)] rows: u16,
    #[prop(optional)] required: bool,
    #[prop(optional)] essential: bool,
    #[prop(optional)] maxlength: Option<usize>,
) -> impl IntoView {
    let described = described_by(name, hint.is_some(), error.is_some());
    view! {
        <div class="field">
            {label_line(name, label, !required && !essential)}
            {hint_line(name, hint)}
            <textarea
                class="input"
                id=field_id(name)
                name=name
                rows=rows.to_string()
                required=required
                maxlength=maxlength.map(|chars| chars.to_string())
                aria-describedby=described
                aria-invalid=error.is_some().then_some("true")
                inner_html=textarea_text(&value)
            ></textarea>
            {error_line(name, error)}
        </div>
    }
}

/// One of many: `options` are (value, text) in the order shown.
///
/// With `guesses_zone`, `page.js` selects the browser's own time zone while nothing else was chosen.
#[component]
pub fn SelectField(
    name: &'static str,
    #[prop(into)] label: String,
    options: Vec<(String, String)>,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] required: bool,
    /// Not "optional", though its first choice is none.
    #[prop(optional)]
    essential: bool,
    #[prop(optional)] guesses_zone: bool,
) -> impl IntoView {
    let described = described_by(name, hint.is_some(), error.is_some());
    let options = options
        .into_iter()
        .map(|(option, text)| view! { <option value=option.clone() selected=option == value>{text}</option> })
        .collect_view();
    view! {
        <div class="field">
            {label_line(name, label, !required && !essential)}
            {hint_line(name, hint)}
            <div class="field-control field-select">
                <select
                    class="input"
                    id=field_id(name)
                    name=name
                    required=required
                    data-guess-zone=guesses_zone.then_some("")
                    aria-describedby=described
                    aria-invalid=error.is_some().then_some("true")
                >
                    {options}
                </select>
                <Icon name="chevron-down"/>
            </div>
            {error_line(name, error)}
        </div>
    }
}

/// A file to choose, for a [`Form`] `with_file`.
#[component]
pub fn FileField(
    name: &'static str,
    #[prop(into)] label: String,
    /// Endings and media types the browser offers first.
    accept: &'static str,
    #[prop(optional)] essential: bool,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let described = described_by(name, hint.is_some(), error.is_some());
    view! {
        <div class="field">
            {label_line(name, label, !required && !essential)}
            {hint_line(name, hint)}
            <input
                class="input"
                id=field_id(name)
                name=name
                type="file"
                accept=accept
                required=required
                aria-describedby=described
                aria-invalid=error.is_some().then_some("true")
            />
            {error_line(name, error)}
        </div>
    }
}

/// A value the person does not see.
#[component]
pub fn HiddenField(name: &'static str, #[prop(into)] value: String) -> impl IntoView {
    view! { <input type="hidden" name=name value=value/> }
}
