use domain::ids::SponsorTierId;
use domain::{AppError, Conflict};
use leptos::prelude::*;
use services::sponsors::{self, TierFields, TierPage};

use super::frame::ManageFrame;
use super::sponsor_fields::tier_options;
use crate::flash::Flash;
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::{HiddenField, SelectField, TextField};
use crate::ui::form::Form;

/// The labels of the fields, in order, for the error summary.
pub(super) const LABELS: [(&str, &str); 4] = [
    ("name", "Name"),
    ("colour", "Colour"),
    ("max_sponsors", "Most sponsors"),
    ("move_to", "Its sponsors move to"),
];

/// One tier: its name, colour and limit, and its end.
///
/// After a stale edit the form keeps what was typed and carries the newest version, so that saving again is a
/// decision and not an accident.
#[component]
pub fn SponsorTierPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let id: SponsorTierId = ssr::param("tier")?;
        let page = sponsors::open_tier(&services, viewer.signed_in()?, &slug, id).await?;
        if !page.board.can_change {
            return Err(Conflict::EventArchived.into());
        }
        let form = ssr::take_flash().await?;
        let tiers = format!("/events/{slug}/manage/sponsors/tiers");
        let is_stale = matches!(form.problem, Some(AppError::Conflict(Conflict::StaleEdit { .. })));
        let save = if is_stale { "Save over the newer version" } else { "Save" };
        let delete = view! { <Delete slug=slug.clone() page=page.clone() form=form.clone()/> };
        Ok(view! {
            <ManageFrame
                board=page.board.clone() title=page.tier.name.clone() path=format!("{tiers}/{id}")
                back=(tiers, "Sponsor tiers") form=form.clone() labels=LABELS.to_vec()
            >
                <Form action="/api/sponsor_tiers/save" guarded=true>
                    <HiddenField name="event" value=slug.clone()/>
                    <HiddenField name="tier" value=id.to_string()/>
                    <HiddenField name="version" value=page.tier.version.to_string()/>
                    <TierFieldSet form=form.clone() stored=page.fields.clone()/>
                    <Button>{save}</Button>
                </Form>
                {delete}
            </ManageFrame>
        }
        .into_any())
    })
}

/// All fields of a tier, for creating and editing alike.
#[component]
pub(super) fn TierFieldSet(form: Flash, stored: TierFields) -> impl IntoView {
    let text =
        |field: &str, stored: Option<String>| form.value_or(field, stored.as_deref().unwrap_or_default());
    view! {
        <TextField
            name="name" label="Name" required=true maxlength=100 autocomplete="off"
            value=text("name", stored.name) error=form.error("name")
        />
        <div class="field-row">
            <TextField
                name="colour" label="Colour" input_type="color" required=true
                value=text("colour", stored.colour) error=form.error("colour")
            />
            <TextField
                name="max_sponsors" label="Most sponsors" inputmode="numeric" hint="Empty means no limit."
                value=text("max_sponsors", stored.max_sponsors) error=form.error("max_sponsors")
            />
        </div>
    }
}

#[component]
fn Delete(slug: String, page: TierPage, form: Flash) -> impl IntoView {
    let id = page.tier.id.to_string();
    let targets: Vec<(String, String)> =
        tier_options(&page.board).into_iter().filter(|(value, _)| *value != id).collect();
    let first = targets.first().map(|(value, _)| value.clone()).unwrap_or_default();
    let move_to = (!page.tier.sponsors.is_empty()).then(|| {
        view! {
            <SelectField
                name="move_to" label="Its sponsors move to" required=true options=targets
                value=form.value_or("move_to", &first) error=form.error("move_to")
            />
        }
    });
    view! {
        <section class="section" aria-labelledby="delete">
            <h2 id="delete">"Delete"</h2>
            <Form action="/api/sponsor_tiers/delete">
                <HiddenField name="event" value=slug/>
                <HiddenField name="tier" value=id/>
                <p class="meta">"It disappears at once. You can bring it back for ten minutes."</p>
                {move_to}
                <Button kind=ButtonKind::Danger>"Delete tier"</Button>
            </Form>
        </section>
    }
}
