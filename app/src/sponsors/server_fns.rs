#![expect(clippy::too_many_arguments, reason = "one argument per form field: the names are the wire format")]

use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::frame::{board_path, sponsor_id, version_of},
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    services::sponsors::{self, NewSponsor, SponsorFields},
};

/// Adds a sponsor at the end of its tier; answers its id.
#[server(endpoint = "sponsors/create", input = PostForm)]
pub async fn create_sponsor(
    #[server(default)] event: String,
    #[server(default)] tier: String,
    #[server(default)] name: Option<String>,
    #[server(default)] description: Option<String>,
    #[server(default)] website: Option<String>,
    #[server(default)] linkedin: Option<String>,
    #[server(default)] x: Option<String>,
    #[server(default)] youtube: Option<String>,
    #[server(default)] tiktok: Option<String>,
    #[server(default)] instagram: Option<String>,
    #[server(default)] facebook: Option<String>,
    #[server(default)] other_link: Option<String>,
    #[server(default)] benefits: Option<String>,
    #[server(default)] contact_name: Option<String>,
    #[server(default)] contact_email: Option<String>,
    #[server(default)] contact_phone: Option<String>,
    #[server(default)] form_key: String,
) -> Result<String, CallError> {
    let fields = SponsorFields {
        name,
        description,
        website,
        linkedin,
        x,
        youtube,
        tiktok,
        instagram,
        facebook,
        other_link,
        benefits,
        contact_name,
        contact_email,
        contact_phone,
    };
    let board = board_path(&event);
    let kept = keep_fields(Form::at(format!("{board}/new")), &fields)
        .keep("tier", &tier)
        .keep("form_key", &form_key);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let new = NewSponsor { tier, fields, form_key };
        let id = sponsors::create(&services, viewer.signed_in()?, &event, &new).await?;
        Ok(Done::new(id.to_string(), board).notice(Notice::SponsorAdded))
    })
    .await
}

/// Saves the fields that were sent, unless somebody saved a newer version.
#[server(endpoint = "sponsors/save", input = PostForm)]
pub async fn save_sponsor(
    #[server(default)] event: String,
    #[server(default)] sponsor: String,
    #[server(default)] version: String,
    #[server(default)] name: Option<String>,
    #[server(default)] description: Option<String>,
    #[server(default)] website: Option<String>,
    #[server(default)] linkedin: Option<String>,
    #[server(default)] x: Option<String>,
    #[server(default)] youtube: Option<String>,
    #[server(default)] tiktok: Option<String>,
    #[server(default)] instagram: Option<String>,
    #[server(default)] facebook: Option<String>,
    #[server(default)] other_link: Option<String>,
    #[server(default)] benefits: Option<String>,
    #[server(default)] contact_name: Option<String>,
    #[server(default)] contact_email: Option<String>,
    #[server(default)] contact_phone: Option<String>,
) -> Result<(), CallError> {
    let fields = SponsorFields {
        name,
        description,
        website,
        linkedin,
        x,
        youtube,
        tiktok,
        instagram,
        facebook,
        other_link,
        benefits,
        contact_name,
        contact_email,
        contact_phone,
    };
    let page = format!("{}/{}", board_path(&event), ssr::encoded(&sponsor));
    form(keep_fields(Form::at(page.clone()), &fields), async move {
        let (services, viewer) = ssr::request()?;
        let (person, id, version) = (viewer.signed_in()?, sponsor_id(&sponsor)?, version_of(&version)?);
        sponsors::save(&services, person, &event, id, fields, version).await?;
        Ok(Done::new((), page).notice(Notice::Saved))
    })
    .await
}

#[cfg(feature = "ssr")]
fn keep_fields(form: Form, fields: &SponsorFields) -> Form {
    let typed = [
        ("name", &fields.name),
        ("description", &fields.description),
        ("website", &fields.website),
        ("linkedin", &fields.linkedin),
        ("x", &fields.x),
        ("youtube", &fields.youtube),
        ("tiktok", &fields.tiktok),
        ("instagram", &fields.instagram),
        ("facebook", &fields.facebook),
        ("other_link", &fields.other_link),
        ("benefits", &fields.benefits),
        ("contact_name", &fields.contact_name),
        ("contact_email", &fields.contact_email),
        ("contact_phone", &fields.contact_phone),
    ];
    let sent = typed.into_iter().filter_map(|(field, value)| Some((field, value.as_ref()?)));
    sent.fold(form, |form, (field, value)| form.keep(field, value))
}
