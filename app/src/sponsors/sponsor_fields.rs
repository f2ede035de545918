use leptos::prelude::*;
use services::sponsors::{Board, SponsorFields};

use crate::flash::Flash;
use crate::ui::field::{TextArea, TextField};

/// The labels of the fields, in order, for the error summary.
pub(super) const LABELS: [(&str, &str); 15] = [
    ("name", "Name"),
    ("tier", "Tier"),
    ("description", "Description"),
    ("website", "Website"),
    ("benefits", "Benefits"),
    ("linkedin", "LinkedIn"),
    ("x", "X"),
    ("youtube", "YouTube"),
    ("tiktok", "TikTok"),
    ("instagram", "Instagram"),
    ("facebook", "Facebook"),
    ("other_link", "Another link"),
    ("contact_name", "Contact"),
    ("contact_email", "Email address"),
    ("contact_phone", "Phone"),
];

/// The tiers to choose from, and none.
pub(super) fn tier_options(board: &Board) -> Vec<(String, String)> {
    let tiers = board.tiers.iter().map(|tier| (tier.id.to_string(), tier.name.clone()));
    tiers.chain([("none".to_owned(), "Without tier".to_owned())]).collect()
}

/// All fields of a sponsor but its tier. `children` stand between name and description.
#[component]
pub(super) fn SponsorFieldSet(
    form: Flash,
    stored: SponsorFields,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let text =
        |field: &str, stored: &Option<String>| form.value_or(field, stored.as_deref().unwrap_or_default());
    view! {
        <fieldset class="field-group">
            <legend>"On the event's pages"</legend>
            <TextField
                name="name" label="Name" required=true maxlength=255 autocomplete="off"
                value=text("name", &stored.name) error=form.error("name")
            />
            {children.map(|children| children())}
            <TextArea
                name="description" label="Description" maxlength=1000 rows=4
                value=text("description", &stored.description) error=form.error("description")
            />
            <TextField
                name="website" label="Website" inputmode="url" maxlength=500 placeholder="https://"
                value=text("website", &stored.website) error=form.error("website")
            />
            <TextArea
                name="benefits" label="Benefits" rows=4 hint="What they offer visitors; one per line, at most 20."
                value=text("benefits", &stored.benefits) error=form.error("benefits")
            />
        </fieldset>
        <Links form=form.clone() stored=stored.clone()/>
        <Contact form=form.clone() stored=stored.clone()/>
    }
}

#[component]
fn Links(form: Flash, stored: SponsorFields) -> impl IntoView {
    let fields = [
        ("linkedin", "LinkedIn", stored.linkedin),
        ("x", "X", stored.x),
        ("youtube", "YouTube", stored.youtube),
        ("tiktok", "TikTok", stored.tiktok),
        ("instagram", "Instagram", stored.instagram),
        ("facebook", "Facebook", stored.facebook),
        ("other_link", "Another link", stored.other_link),
    ];
    let fields = fields
        .into_iter()
        .map(|(name, label, stored)| {
            view! {
                <TextField
                    name=name label=label inputmode="url" maxlength=500 autocomplete="off"
                    value=form.value_or(name, stored.as_deref().unwrap_or_default()) error=form.error(name)
                />
            }
        })
        .collect_view();
    view! {
        <fieldset class="field-group">
            <legend>"Elsewhere"</legend>
            <div class="field-row">{fields}</div>
        </fieldset>
    }
}

#[component]
fn Contact(form: Flash, stored: SponsorFields) -> impl IntoView {
    let text =
        |field: &str, stored: Option<String>| form.value_or(field, stored.as_deref().unwrap_or_default());
    view! {
        <fieldset class="field-group">
            <legend>"Contact"</legend>
            <p class="meta">"Only organizers of this event see it."</p>
            <TextField
                name="contact_name" label="Contact" maxlength=255 autocomplete="off"
                value=text("contact_name", stored.contact_name) error=form.error("contact_name")
            />
            <div class="field-row">
                <TextField
                    name="contact_email" label="Email address" input_type="email" inputmode="email" maxlength=254
                    autocomplete="off" value=text("contact_email", stored.contact_email)
                    error=form.error("contact_email")
                />
                <TextField
                    name="contact_phone" label="Phone" input_type="tel" inputmode="tel" maxlength=50
                    autocomplete="off" value=text("contact_phone", stored.contact_phone)
                    error=form.error("contact_phone")
                />
            </div>
        </fieldset>
    }
}
