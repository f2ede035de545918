#![expect(clippy::too_many_arguments, reason = "one argument per form field: the names are the wire format")]

use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::accounts::PrivacyFields,
    services::accounts::{self, GlobalSwitches, ProfileFields},
    services::notifications::{self, ChosenKinds},
};

/// Saves the own profile, unless a newer version was saved meanwhile.
#[server(endpoint = "accounts/save_profile", input = PostForm)]
pub async fn save_profile(
    #[server(default)] version: String,
    #[server(default)] first_name: String,
    #[server(default)] last_name: String,
    #[server(default)] pronouns: String,
    #[server(default)] title: String,
    #[server(default)] company: String,
    #[server(default)] bio: String,
    #[server(default)] linkedin: String,
    #[server(default)] x: String,
    #[server(default)] mastodon: String,
    #[server(default)] github: String,
    #[server(default)] website: String,
    #[server(default)] time_zone: String,
) -> Result<(), CallError> {
    let fields = ProfileFields {
        first_name,
        last_name,
        company,
        title,
        pronouns,
        bio,
        linkedin,
        x,
        mastodon,
        github,
        website,
        time_zone,
        version,
    };
    form(keep_profile(&fields), async move {
        let (services, viewer) = ssr::request()?;
        accounts::save_profile(&services, viewer.signed_in()?, &fields).await?;
        Ok(Done::new((), "/settings/profile").notice(Notice::Saved))
    })
    .await
}

#[cfg(feature = "ssr")]
fn keep_profile(fields: &ProfileFields) -> Form {
    Form::at("/settings/profile")
        .keep("first_name", &fields.first_name)
        .keep("last_name", &fields.last_name)
        .keep("pronouns", &fields.pronouns)
        .keep("title", &fields.title)
        .keep("company", &fields.company)
        .keep("bio", &fields.bio)
        .keep("linkedin", &fields.linkedin)
        .keep("x", &fields.x)
        .keep("mastodon", &fields.mastodon)
        .keep("github", &fields.github)
        .keep("website", &fields.website)
        .keep("time_zone", &fields.time_zone)
}

/// Saves what others see everywhere, where no event says otherwise, unless a newer version was saved meanwhile.
#[server(endpoint = "accounts/save_privacy", input = PostForm)]
pub async fn save_privacy(
    #[server(default)] version: String,
    #[server(default)] email_visibility: String,
    #[server(default)] show_public_email: String,
    #[server(default)] public_email: String,
    #[server(default)] connection_requests: String,
    #[server(default)] social_links: String,
    #[server(default)] show_company: String,
    #[server(default)] show_bio: String,
    #[server(default)] show_presence: String,
    #[server(default)] send_read_receipts: String,
) -> Result<(), CallError> {
    let fields = PrivacyFields {
        email_visibility,
        show_public_email,
        public_email,
        connection_requests,
        social_links,
        show_company,
        show_bio,
    };
    let switches = GlobalSwitches { show_presence, send_read_receipts };
    let kept = keep_privacy(Form::at("/settings/privacy"), &fields)
        .keep("show_presence", &switches.show_presence)
        .keep("send_read_receipts", &switches.send_read_receipts);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        accounts::save_privacy(&services, viewer.signed_in()?, &fields, &switches, &version).await?;
        Ok(Done::new((), "/settings/privacy").notice(Notice::Saved))
    })
    .await
}

/// Replaces the global privacy inside one event, unless a newer version was saved meanwhile.
#[server(endpoint = "accounts/override_privacy", input = PostForm)]
pub async fn override_privacy(
    #[server(default)] version: String,
    #[server(default)] event: String,
    #[server(default)] email_visibility: String,
    #[server(default)] show_public_email: String,
    #[server(default)] public_email: String,
    #[server(default)] connection_requests: String,
    #[server(default)] social_links: String,
    #[server(default)] show_company: String,
    #[server(default)] show_bio: String,
) -> Result<(), CallError> {
    let fields = PrivacyFields {
        email_visibility,
        show_public_email,
        public_email,
        connection_requests,
        social_links,
        show_company,
        show_bio,
    };
    let place = own_place(&event);
    form(keep_privacy(Form::at(place.clone()), &fields), async move {
        let (services, viewer) = ssr::request()?;
        accounts::override_privacy(&services, viewer.signed_in()?, &event, &fields, &version).await?;
        Ok(Done::new((), place).notice(Notice::EventPrivacySaved))
    })
    .await
}

/// Goes back to the global privacy inside one event.
#[server(endpoint = "accounts/follow_global_privacy", input = PostForm)]
pub async fn follow_global_privacy(#[server(default)] event: String) -> Result<(), CallError> {
    let place = own_place(&event);
    form(Form::at(place.clone()), async move {
        let (services, viewer) = ssr::request()?;
        accounts::follow_global_privacy(&services, viewer.signed_in()?, &event).await?;
        Ok(Done::new((), place).notice(Notice::EventPrivacyRemoved))
    })
    .await
}

#[cfg(feature = "ssr")]
fn own_place(event: &str) -> String {
    format!("/events/{}/me", ssr::encoded(event))
}

#[cfg(feature = "ssr")]
fn keep_privacy(form: Form, fields: &PrivacyFields) -> Form {
    form.keep("email_visibility", &fields.email_visibility)
        .keep("show_public_email", &fields.show_public_email)
        .keep("public_email", &fields.public_email)
        .keep("connection_requests", &fields.connection_requests)
        .keep("social_links", &fields.social_links)
        .keep("show_company", &fields.show_company)
        .keep("show_bio", &fields.show_bio)
}

/// Saves what the person is told in the app, by mail and as a push, unless a newer version was saved meanwhile; each names
/// the kinds that are on.
#[server(endpoint = "accounts/save_notifications", input = PostForm)]
pub async fn save_notifications(
    #[server(default)] version: String,
    #[server(default)] in_app: Vec<String>,
    #[server(default)] mail: Vec<String>,
    #[server(default)] push: Vec<String>,
) -> Result<(), CallError> {
    let kept = Form::at("/settings/notifications")
        .keep("in_app", &in_app.join(" "))
        .keep("mail", &mail.join(" "))
        .keep("push", &push.join(" "));
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let on = ChosenKinds { in_app, mail, push };
        notifications::save_preferences(&services, viewer.signed_in()?, &on, &version).await?;
        Ok(Done::new((), "/settings/notifications").notice(Notice::Saved))
    })
    .await
}
