//! What others see, everywhere and in one event.

use domain::accounts::{EmailVisibility, Relation};
use domain::{AppError, Conflict};
use http::StatusCode;
use services::accounts;

use crate::support::TestApp;
use crate::support::html::Html;

const SAVE: &str = "/api/accounts/save_privacy";
const OVERRIDE: &str = "/api/accounts/override_privacy";

const OPEN: [(&str, &str); 6] = [
    ("version", "1"),
    ("email_visibility", "EVENT_ATTENDEES"),
    ("connection_requests", "NONE"),
    ("social_links", "CONNECTIONS"),
    ("show_bio", "yes"),
    ("send_read_receipts", "yes"),
];

#[tokio::test]
async fn a_public_address_is_needed_where_it_is_to_be_shown() {
    let app = TestApp::start().await;
    let browser = app.person("Ada").await.browser;
    let shown = [&OPEN[..], &[("show_public_email", "yes"), ("public_email", "no address")]].concat();
    let page = browser.submit_and_follow(SAVE, &shown).await.html();
    assert!(page.field_error("public_email").is_some());
    assert_eq!(page.value("public_email"), "no address", "what was typed stays");
    assert!(page.has("#field-show_public_email[checked]") && !page.has("#field-show_company[checked]"));
    let unknown = [
        ("version", "1"),
        ("email_visibility", "EVERYBODY"),
        ("connection_requests", "NONE"),
        ("social_links", ""),
    ];
    assert_eq!(browser.status(SAVE, &unknown).await, StatusCode::UNPROCESSABLE_ENTITY);

    assert_eq!(browser.status(SAVE, &OPEN).await, StatusCode::OK);
    let page = browser.get("/settings/privacy").await.html();
    let chosen = page.attributes("input[type=radio][checked]", "value");
    assert_eq!(chosen, ["EVENT_ATTENDEES", "CONNECTIONS", "NONE"]);
    let ticked = page.attributes("input[type=checkbox][checked]", "name");
    assert_eq!(ticked, ["show_bio", "send_read_receipts"], "a switch that is off posts nothing");
}

#[tokio::test]
async fn the_privacy_of_an_event_replaces_the_global_one_as_a_whole_until_it_is_removed() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let event = app.published(&olivia).await;
    app.register(&ada, &event).await;
    assert_eq!(ada.browser.status(SAVE, &OPEN).await, StatusCode::OK);
    let place = async || accounts::own_place(&app.services, &ada.signed_in, &event).await.unwrap();
    let sees_address = async || {
        let place = place().await;
        let relation = Relation::FellowMember { connected: false };
        place.own.profile.shown_to(place.privacy(), relation).email.is_some()
    };
    assert!(sees_address().await, "the global settings count");

    let closed = [
        ("version", "0"),
        ("event", &*event),
        ("email_visibility", "ORGANIZERS_ONLY"),
        ("connection_requests", "EVENT_ATTENDEES"),
        ("social_links", "HIDDEN"),
    ];
    let page = ada.browser.submit_and_follow(OVERRIDE, &closed).await.html();
    assert_eq!(page.text(".toast"), "Saved. It counts in this event alone.");
    assert!(!sees_address().await);
    let overridden = place().await.overridden.expect("one of its own");
    assert_eq!(overridden.email_visibility, EmailVisibility::OrganizersOnly);
    assert!(!overridden.show_bio, "as a whole: what was off here is off here");
    let settings = ada.browser.get("/settings/privacy").await.html();
    assert_eq!(settings.texts(".row .badge"), ["Its own settings"]);

    ada.browser.submit("/api/accounts/follow_global_privacy", &[("event", &event)]).await;
    assert!(place().await.overridden.is_none() && sees_address().await, "the global settings count again");

    let page = format!("/events/{event}/me");
    assert_eq!(olivia.browser.get(&page).await.html().text(".lead strong"), "Admin");
    assert_eq!(olivia.browser.status(OVERRIDE, &closed).await, StatusCode::OK, "an owner needs no row");
}

/// The version that one of a page's forms carries.
fn version(page: &Html, form: &str) -> String {
    page.attributes(&format!("form[action='{form}'] input[name='version']"), "value").remove(0)
}

/// Saved in two windows: the later one is told what differs, and may save over it.
#[tokio::test]
async fn privacy_over_a_newer_one_is_refused_and_can_be_repeated() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let event = app.published(&olivia).await;
    app.register(&ada, &event).await;
    let place = format!("/events/{event}/me");
    for (page, save) in [("/settings/privacy", SAVE), (&*place, OVERRIDE)] {
        let opened = version(&ada.browser.get(page).await.html(), save);
        let choose = |version: &str, who: &str| -> Vec<(String, String)> {
            let mut fields: Vec<_> =
                OPEN.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            fields[0].1 = version.to_owned();
            fields[1].1 = who.to_owned();
            if save == OVERRIDE {
                fields.retain(|(name, _)| name != "send_read_receipts");
                fields.push(("event".to_owned(), event.clone()));
            }
            fields
        };
        let status = async |fields: &[(String, String)]| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
            ada.browser.call(save, &fields).await
        };
        assert_eq!(status(&choose(&opened, "ORGANIZERS_ONLY")).await.status, StatusCode::OK, "{page}");
        let late = choose(&opened, "EVENT_ATTENDEES");
        let refused = status(&late).await;
        let conflict = AppError::Conflict(Conflict::StaleEdit { by: "You".to_owned() });
        assert_eq!((refused.status, refused.error()), (StatusCode::CONFLICT, conflict), "{page}");
        let late: Vec<(&str, &str)> = late.iter().map(|(name, value)| (&**name, &**value)).collect();
        let shown = ada.browser.submit_and_follow(save, &late).await.html();
        assert!(shown.text(".differences").contains("Organizers"), "{}", shown.text(".differences"));
        let newest = version(&shown, save);
        assert_ne!(newest, opened);
        assert_eq!(status(&choose(&newest, "EVENT_ATTENDEES")).await.status, StatusCode::OK, "{page}");
        let none = status(&choose("", "EVENT_ATTENDEES")).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "a form without its version: {page}");
    }
    // What was removed meanwhile is not brought back by an old form.
    let opened = version(&ada.browser.get(&place).await.html(), OVERRIDE);
    ada.browser.submit("/api/accounts/follow_global_privacy", &[("event", &event)]).await;
    let fields = [
        ("version", &*opened),
        ("event", &event),
        ("email_visibility", "EVENT_ATTENDEES"),
        ("connection_requests", "NONE"),
        ("social_links", "HIDDEN"),
    ];
    assert_eq!(ada.browser.status(OVERRIDE, &fields).await, StatusCode::CONFLICT);
}
