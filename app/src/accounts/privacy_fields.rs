#![expect(clippy::needless_pass_by_value, reason = "components own their props")]

use domain::accounts::{ConnectionRequestPermission, EmailVisibility, ON, Privacy, SocialLinksVisibility};
use leptos::prelude::*;

use crate::flash::Flash;
use crate::ui::check_box::CheckBox;
use crate::ui::differences::{Differences, StoredField};
use crate::ui::field::{Choice, Choices, TextField};

/// The labels of the fields, in order, for the error summary.
pub const LABELS: [(&str, &str); 4] = [
    ("email_visibility", "Who sees your email address"),
    ("public_email", "Public address"),
    ("social_links", "Who sees your links"),
    ("connection_requests", "Who may ask to connect"),
];

/// Whether a switch is on: as it was posted, or as it is stored where nothing was.
#[must_use]
pub fn is_on(form: &Flash, field: &str, stored: bool) -> bool {
    form.values.get(field).map_or(stored, |posted| posted == ON)
}

/// The fields as they are stored, with further switches of the same form.
#[must_use]
pub fn stored_fields(privacy: &Privacy, switches: &[(&'static str, &'static str, bool)]) -> Vec<StoredField> {
    let field = |name, label, value: &str| StoredField { name, label, value: value.to_owned() };
    let switch = |name, label, is_on| field(name, label, if is_on { ON } else { "" });
    let public_email = privacy.public_email.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut fields = vec![
        field("email_visibility", "Who sees your email address", privacy.email_visibility.as_str()),
        switch("show_public_email", "Show another address instead", privacy.show_public_email),
        field("public_email", "Public address", &public_email),
        field("social_links", "Who sees your links", privacy.social_links.as_str()),
        switch("show_company", "Show my company and title", privacy.show_company),
        switch("show_bio", "Show what I wrote about myself", privacy.show_bio),
        field("connection_requests", "Who may ask to connect", privacy.connection_requests.as_str()),
    ];
    fields.extend(switches.iter().map(|&(name, label, is_on)| switch(name, label, is_on)));
    fields
}

/// After a stale edit: what differs between the own choices and those that were saved meanwhile.
#[component]
pub fn PrivacyDifferences(form: Flash, stored: Vec<StoredField>) -> impl IntoView {
    view! { <Differences form=form stored=stored in_words=in_words/> }
}

fn in_words(field: &'static str, value: &str) -> String {
    let label = match field {
        "email_visibility" => EmailVisibility::from_stored(value).map(EmailVisibility::label),
        "social_links" => SocialLinksVisibility::from_stored(value).map(SocialLinksVisibility::label),
        "connection_requests" => {
            ConnectionRequestPermission::from_stored(value).map(ConnectionRequestPermission::label)
        }
        "public_email" => None,
        _ => Some(if value == ON { "On" } else { "Off" }),
    };
    label.map_or_else(|| value.to_owned(), ToOwned::to_owned)
}

/// What a person lets others see, everywhere or inside one event.
#[component]
pub fn PrivacyFieldSet(form: Flash, stored: Privacy) -> impl IntoView {
    let emails = EmailVisibility::ALL.map(|choice| Choice::new(choice.as_str(), choice.label())).to_vec();
    let links =
        SocialLinksVisibility::ALL.map(|choice| Choice::new(choice.as_str(), choice.label())).to_vec();
    let requests =
        ConnectionRequestPermission::ALL.map(|choice| Choice::new(choice.as_str(), choice.label())).to_vec();
    let public_email = stored.public_email.as_ref().map(ToString::to_string).unwrap_or_default();
    view! {
        <fieldset class="field-group">
            <legend>"Your addresses and links"</legend>
            <Choices
                name="email_visibility" label="Who sees your email address" required=true choices=emails
                hint="Organizers of an event always see it: they have to reach you."
                value=form.value_or("email_visibility", stored.email_visibility.as_str())
                error=form.error("email_visibility")
            />
            <CheckBox
                name="show_public_email" label="Show another address instead"
                checked=is_on(&form, "show_public_email", stored.show_public_email)
                hint="People in the same event and your connections see it, whatever you chose above."
            />
            <TextField
                name="public_email" label="Public address" input_type="email" inputmode="email" maxlength=254
                value=form.value_or("public_email", &public_email) error=form.error("public_email")
            />
            <Choices
                name="social_links" label="Who sees your links" required=true choices=links
                value=form.value_or("social_links", stored.social_links.as_str()) error=form.error("social_links")
            />
        </fieldset>
        <fieldset class="field-group">
            <legend>"Your profile"</legend>
            <CheckBox
                name="show_company" label="Show my company and title"
                checked=is_on(&form, "show_company", stored.show_company)
            />
            <CheckBox
                name="show_bio" label="Show what I wrote about myself"
                checked=is_on(&form, "show_bio", stored.show_bio)
            />
            <Choices
                name="connection_requests" label="Who may ask to connect" required=true choices=requests
                value=form.value_or("connection_requests", stored.connection_requests.as_str())
                error=form.error("connection_requests")
            />
        </fieldset>
    }
}
