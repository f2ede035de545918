#![expect(clippy::too_many_arguments, reason = "one argument per form field: the names are the wire format")]

use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::{PostForm, Sent};

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
    #[server(default)] name: Sent,
    #[server(default)] description: Sent,
    #[server(default)] website: Sent,
    #[server(default)] linkedin: Sent,
    #[server(default)] x: Sent,
    #[server(default)] youtube: Sent,
    #[server(default)] tiktok: Sent,
    #[server(default)] instagram: Sent,
    #[server(default)] facebook: Sent,
    #[server(default)] other_link: Sent,
    #[server(default)] benefits: Sent,
    #[server(default)] contact_name: Sent,
    #[server(default)] contact_email: Sent,
    #[server(default)] contact_phone: Sent,
    #[server(default)] form_key: String,
) -> Result<String, CallError> {
    let fields = SponsorFields {
        name: name.0,
        description: description.0,
        website: website.0,
        linkedin: linkedin.0,
        x: x.0,
        youtube: youtube.0,
        tiktok: tiktok.0,
        instagram: instagram.0,
        facebook: facebook.0,
        other_link: other_link.0,
        benefits: benefits.0,
        contact_name: contact_name.0,
        contact_email: contact_email.0,
        contact_phone: contact_phone.0,
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
    #[server(default)] name: Sent,
    #[server(default)] description: Sent,
    #[server(default)] website: Sent,
    #[server(default)] linkedin: Sent,
    #[server(default)] x: Sent,
    #[server(default)] youtube: Sent,
    #[server(default)] tiktok: Sent,
    #[server(default)] instagram: Sent,
    #[server(default)] facebook: Sent,
    #[server(default)] other_link: Sent,
    #[server(default)] benefits: Sent,
    #[server(default)] contact_name: Sent,
    #[server(default)] contact_email: Sent,
    #[server(default)] contact_phone: Sent,
) -> Result<(), CallError> {
    let fields = SponsorFields {
        name: name.0,
        description: description.0,
        website: website.0,
        linkedin: linkedin.0,
        x: x.0,
        youtube: youtube.0,
        tiktok: tiktok.0,
        instagram: instagram.0,
        facebook: facebook.0,
        other_link: other_link.0,
        benefits: benefits.0,
        contact_name: contact_name.0,
        contact_email: contact_email.0,
        contact_phone: contact_phone.0,
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
