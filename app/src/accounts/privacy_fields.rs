#![expect(clippy::needless_pass_by_value, reason = "components own their props")]

use domain::accounts::{ConnectionRequestPermission, EmailVisibility, ON, Privacy, SocialLinksVisibility};
use leptos::prelude::*;

use crate::flash::Flash;
use crate::ui::check_box::CheckBox;
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
