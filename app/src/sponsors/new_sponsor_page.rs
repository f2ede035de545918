use domain::Conflict;
use leptos::prelude::*;
use services::sponsors::{self, SponsorFields};

use super::frame::ManageFrame;
use super::sponsor_fields::{LABELS, SponsorFieldSet, tier_options};
use crate::ssr;
use crate::ui::button::Button;
use crate::ui::field::{HiddenField, SelectField};
use crate::ui::form::Form;

/// The form for a new sponsor; `?tier=` chooses its tier.
#[component]
pub fn NewSponsorPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let board = sponsors::board(&services, viewer.signed_in()?, &slug).await?;
        if !board.can_change {
            return Err(Conflict::EventArchived.into());
        }
        let form = ssr::take_flash().await?;
        let path = format!("/events/{slug}/manage/sponsors");
        let form_key = services.rng.id(services.clock.now()).to_string();
        let tier = form.value_or("tier", &ssr::query("tier").unwrap_or_else(|| "none".to_owned()));
        let tiers = tier_options(&board);
        Ok(view! {
            <ManageFrame
                board=board title="Add a sponsor" path=format!("{path}/new") back=(path, "Sponsors")
                form=form.clone() labels=LABELS.to_vec()
            >
                <Form action="/api/sponsors/create" guarded=true>
                    <HiddenField name="event" value=slug/>
                    <HiddenField name="form_key" value=form.value_or("form_key", &form_key)/>
                    <SponsorFieldSet form=form.clone() stored=SponsorFields::default()>
                        <SelectField
                            name="tier" label="Tier" required=true options=tiers value=tier
                            error=form.error("tier")
                        />
                    </SponsorFieldSet>
                    <Button>"Add sponsor"</Button>
                </Form>
            </ManageFrame>
        }
        .into_any())
    })
}
