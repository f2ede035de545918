use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::{PostForm, Sent};

#[cfg(feature = "ssr")]
use {
    super::frame::{board_path, tier_id, version_of},
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    services::sponsors::{self, NewTier, TierFields},
};

/// Adds a tier below the others; answers its id.
#[server(endpoint = "sponsor_tiers/create", input = PostForm)]
pub async fn create_sponsor_tier(
    #[server(default)] event: String,
    #[server(default)] name: Sent,
    #[server(default)] colour: Sent,
    #[server(default)] max_sponsors: Sent,
    #[server(default)] form_key: String,
) -> Result<String, CallError> {
    let fields = TierFields { name: name.0, colour: colour.0, max_sponsors: max_sponsors.0 };
    let tiers = format!("{}/tiers", board_path(&event));
    let kept = keep_fields(Form::at(tiers.clone()), &fields).keep("form_key", &form_key);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let new = NewTier { fields, form_key };
        let id = sponsors::create_tier(&services, viewer.signed_in()?, &event, &new).await?;
        Ok(Done::new(id.to_string(), tiers).notice(Notice::TierAdded))
    })
    .await
}

/// Saves the fields that were sent, unless somebody saved a newer version.
#[server(endpoint = "sponsor_tiers/save", input = PostForm)]
pub async fn save_sponsor_tier(
    #[server(default)] event: String,
    #[server(default)] tier: String,
    #[server(default)] version: String,
    #[server(default)] name: Sent,
    #[server(default)] colour: Sent,
    #[server(default)] max_sponsors: Sent,
) -> Result<(), CallError> {
    let fields = TierFields { name: name.0, colour: colour.0, max_sponsors: max_sponsors.0 };
    let tiers = format!("{}/tiers", board_path(&event));
    form(keep_fields(Form::at(format!("{tiers}/{}", ssr::encoded(&tier))), &fields), async move {
        let (services, viewer) = ssr::request()?;
        let (person, id, version) = (viewer.signed_in()?, tier_id(&tier)?, version_of(&version)?);
        sponsors::save_tier(&services, person, &event, id, fields, version).await?;
        Ok(Done::new((), tiers).notice(Notice::Saved))
    })
    .await
}

/// Moves a tier after another one; an empty `after` is the top.
#[server(endpoint = "sponsor_tiers/move", input = PostForm)]
pub async fn move_sponsor_tier(
    #[server(default)] event: String,
    #[server(default)] tier: String,
    #[server(default)] after: String,
) -> Result<(), CallError> {
    let tiers = format!("{}/tiers", board_path(&event));
    form(Form::at(tiers.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let (person, id) = (viewer.signed_in()?, tier_id(&tier)?);
        let after = if after.is_empty() { None } else { Some(tier_id(&after)?) };
        sponsors::move_tier(&services, person, &event, id, after).await?;
        Ok(Done::new((), tiers).notice(Notice::OrderSaved))
    })
    .await
}

/// Hides a tier and moves its sponsors to `move_to`: a tier's id, or `none`.
#[server(endpoint = "sponsor_tiers/delete", input = PostForm)]
pub async fn delete_sponsor_tier(
    #[server(default)] event: String,
    #[server(default)] tier: String,
    #[server(default)] move_to: String,
) -> Result<(), CallError> {
    let board = board_path(&event);
    let page = format!("{board}/tiers/{}", ssr::encoded(&tier));
    form(Form::at(page).keep("move_to", &move_to), async move {
        let (services, viewer) = ssr::request()?;
        let (person, id) = (viewer.signed_in()?, tier_id(&tier)?);
        sponsors::delete_tier(&services, person, &event, id, &move_to).await?;
        Ok(Done::new((), board).notice(Notice::DeletedForNow))
    })
    .await
}

/// Brings a deleted tier back, with the sponsors that left it.
#[server(endpoint = "sponsor_tiers/restore", input = PostForm)]
pub async fn restore_sponsor_tier(
    #[server(default)] event: String,
    #[server(default)] tier: String,
) -> Result<(), CallError> {
    let board = board_path(&event);
    form(Form::at(board.clone()), async move {
        let (services, viewer) = ssr::request()?;
        sponsors::restore_tier(&services, viewer.signed_in()?, &event, tier_id(&tier)?).await?;
        Ok(Done::new((), board).notice(Notice::BroughtBack))
    })
    .await
}

#[cfg(feature = "ssr")]
fn keep_fields(form: Form, fields: &TierFields) -> Form {
    let typed = [("name", &fields.name), ("colour", &fields.colour), ("max_sponsors", &fields.max_sponsors)];
    let sent = typed.into_iter().filter_map(|(field, value)| Some((field, value.as_ref()?)));
    sent.fold(form, |form, (field, value)| form.keep(field, value))
}
