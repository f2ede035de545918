//! Every page and every server function with what each kind of person gets. A new one without a row fails.

use std::collections::BTreeMap;

use domain::chat::RoomKind;
use http::StatusCode;

use crate::support::{Client, TestApp};

/// Who asks, in the order of the columns below.
const PEOPLE: [&str; 5] = ["anonymous", "outsider", "attendee", "banned", "owner"];

/// Path pattern → statuses by person; 302 is the way to sign-in, or a signed-in person sent on.
pub const PAGES: [(&str, [u16; 5]); 43] = [
    ("/", [200, 200, 200, 200, 200]),
    ("/signup", [200, 302, 302, 302, 302]),
    ("/signup/sent", [200, 200, 200, 200, 200]),
    ("/verify/{token}", [410, 410, 410, 410, 410]),
    ("/signin", [200, 302, 302, 302, 302]),
    ("/forgot", [200, 200, 200, 200, 200]),
    ("/reset/{token}", [410, 410, 410, 410, 410]),
    ("/address/{token}", [410, 410, 410, 410, 410]),
    ("/address/undo/{token}", [410, 410, 410, 410, 410]),
    ("/settings/profile", [302, 200, 200, 200, 200]),
    ("/settings/privacy", [302, 200, 200, 200, 200]),
    ("/settings/notifications", [302, 200, 200, 200, 200]),
    ("/settings/account", [302, 200, 200, 200, 200]),
    ("/confirm-password", [302, 200, 200, 200, 200]),
    ("/settings/security", [302, 200, 200, 200, 200]),
    ("/settings/devices", [302, 200, 200, 200, 200]),
    ("/home", [302, 200, 200, 200, 200]),
    ("/organizations/new", [302, 200, 200, 200, 200]),
    ("/organizations/deleted", [302, 200, 200, 200, 200]),
    ("/organizations/{organization}", [302, 404, 404, 404, 200]),
    ("/organizations/{organization}/members", [302, 404, 404, 404, 200]),
    ("/organizations/{organization}/invitations", [302, 404, 404, 404, 200]),
    ("/organizations/{organization}/invitations/many", [302, 404, 404, 404, 200]),
    ("/invitations/{token}", [410, 410, 410, 410, 410]),
    ("/organizations/{organization}/settings", [302, 404, 404, 404, 200]),
    ("/organizations/{organization}/statistics", [302, 404, 404, 404, 200]),
    ("/organizations/{organization}/audit", [302, 404, 404, 404, 200]),
    ("/organizations/{organization}/danger", [302, 404, 404, 404, 200]),
    ("/organizations/{organization}/events/new", [302, 404, 404, 404, 200]),
    ("/events", [200, 200, 200, 200, 200]),
    ("/events/{event}", [200, 200, 200, 200, 200]),
    ("/events/{event}/now", [302, 404, 200, 403, 200]),
    ("/events/{event}/me", [302, 404, 200, 403, 200]),
    ("/events/{event}/rooms", [302, 404, 200, 403, 200]),
    ("/events/{event}/rooms/{room}", [302, 404, 200, 403, 200]),
    ("/events/{event}/manage", [302, 403, 403, 403, 200]),
    ("/events/{event}/manage/details", [302, 403, 403, 403, 200]),
    ("/events/{event}/manage/branding", [302, 403, 403, 403, 200]),
    ("/events/{event}/manage/invitations", [302, 403, 403, 403, 200]),
    ("/events/{event}/manage/invitations/many", [302, 403, 403, 403, 200]),
    ("/offline", [200, 200, 200, 200, 200]),
    ("/dev/mail", [404, 404, 404, 404, 404]),
    ("/dev/mail/{mail}", [404, 404, 404, 404, 404]),
];

/// Server function → statuses of a fetch with ids that exist and otherwise empty fields.
pub const CALLS: [(&str, [u16; 5]); 50] = [
    ("/api/accounts/change_password", [401, 422, 422, 422, 422]),
    ("/api/accounts/save_profile", [401, 422, 422, 422, 422]),
    ("/api/accounts/save_privacy", [401, 422, 422, 422, 422]),
    ("/api/accounts/override_privacy", [401, 404, 422, 403, 422]),
    ("/api/accounts/follow_global_privacy", [401, 404, 200, 403, 200]),
    ("/api/accounts/save_notifications", [401, 200, 200, 200, 200]),
    ("/api/accounts/request_address_change", [401, 422, 422, 422, 422]),
    ("/api/accounts/confirm_address_change", [410, 410, 410, 410, 410]),
    ("/api/accounts/undo_address_change", [410, 410, 410, 410, 410]),
    ("/api/accounts/delete_account", [401, 422, 422, 422, 422]),
    ("/api/accounts/come_back", [422, 422, 422, 422, 422]),
    ("/api/accounts/request_export", [401, 200, 200, 200, 200]),
    ("/api/accounts/confirm_password", [401, 422, 422, 422, 422]),
    ("/api/accounts/end_device", [401, 404, 404, 404, 404]),
    ("/api/accounts/end_other_devices", [401, 200, 200, 200, 200]),
    ("/api/accounts/forgot_password", [422, 422, 422, 422, 422]),
    ("/api/accounts/reset_password", [410, 410, 410, 410, 410]),
    ("/api/accounts/confirm_address", [410, 410, 410, 410, 410]),
    ("/api/accounts/resend_confirmation", [422, 422, 422, 422, 422]),
    ("/api/accounts/sign_in", [422, 422, 422, 422, 422]),
    ("/api/accounts/sign_up", [422, 422, 422, 422, 422]),
    ("/api/accounts/withdraw_sign_up", [410, 410, 410, 410, 410]),
    ("/api/chat/mark_room_read", [401, 404, 200, 403, 200]),
    ("/api/chat/older_messages", [401, 404, 200, 403, 200]),
    ("/api/chat/post_message", [401, 404, 422, 403, 422]),
    ("/api/events/create", [401, 404, 404, 404, 422]),
    ("/api/events/publish", [401, 403, 403, 403, 200]),
    ("/api/events/save", [401, 403, 403, 403, 422]),
    ("/api/invitations/accept", [401, 410, 410, 410, 410]),
    ("/api/invitations/cancel", [401, 403, 403, 403, 404]),
    ("/api/invitations/change_role", [401, 403, 403, 403, 404]),
    ("/api/invitations/decline", [410, 410, 410, 410, 410]),
    ("/api/invitations/invite", [401, 403, 403, 403, 422]),
    ("/api/invitations/join", [410, 410, 410, 410, 410]),
    ("/api/invitations/preview", [401, 403, 403, 403, 422]),
    ("/api/invitations/resend", [401, 403, 403, 403, 404]),
    ("/api/invitations/send", [401, 422, 422, 422, 422]),
    ("/api/invitations/switch_account", [410, 410, 410, 410, 410]),
    ("/api/organizations/change_role", [401, 404, 404, 404, 422]),
    ("/api/organizations/leave", [401, 404, 404, 404, 409]),
    ("/api/organizations/remove_member", [401, 404, 404, 404, 404]),
    ("/api/organizations/save_settings", [401, 404, 404, 404, 422]),
    ("/api/organizations/transfer_ownership", [401, 404, 404, 404, 422]),
    ("/api/organizations/delete", [401, 404, 404, 404, 422]),
    ("/api/organizations/restore", [401, 404, 404, 404, 404]),
    ("/api/organizations/create", [401, 422, 422, 422, 422]),
    ("/api/uploads/remove_avatar", [401, 200, 200, 200, 200]),
    ("/api/uploads/remove_event_image", [401, 403, 403, 403, 200]),
    ("/api/uploads/save_accent", [401, 403, 403, 403, 200]),
    ("/api/events/register", [401, 200, 200, 403, 200]),
];

/// Left out of the calls above: they would end the sessions the matrix uses. The first is open to everybody, the
/// second to everybody who is signed in.
const ENDING: [&str; 2] = ["/api/accounts/sign_out", "/api/accounts/deactivate"];

struct Scene {
    app: TestApp,
    people: Vec<Client>,
    ids: BTreeMap<&'static str, String>,
}

async fn scene() -> Scene {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let (bea, otto) = (app.person("Bea").await, app.person("Otto").await);
    let event = app.published(&olivia).await;
    for attendee in [&ada, &bea] {
        app.register(attendee, &event).await;
    }
    sqlx::query("update event_members set status = 'BANNED' where user_id = $1")
        .bind(bea.signed_in.user.get())
        .execute(&app.services.db)
        .await
        .unwrap();
    let room = app.room(&olivia, &event, RoomKind::Global).await.to_string();
    let ids = BTreeMap::from([
        ("organization", "atria-test".to_owned()),
        ("event", event),
        ("room", room),
        ("token", "no-such-token".to_owned()),
        ("mail", "00000000-0000-0000-0000-000000000001".to_owned()),
    ]);
    let people = vec![app.browser(), otto.browser, ada.browser, bea.browser, olivia.browser];
    Scene { app, people, ids }
}

#[tokio::test]
async fn every_page_answers_each_person_as_the_matrix_says() {
    let scene = scene().await;
    for (pattern, expected) in PAGES {
        let path = scene
            .ids
            .iter()
            .fold(pattern.to_owned(), |path, (name, id)| path.replace(&format!("{{{name}}}"), id));
        let mut found = [0; 5];
        for (status, browser) in found.iter_mut().zip(&scene.people) {
            *status = browser.get(&path).await.status.as_u16();
        }
        assert_eq!(found, expected, "{pattern} for {PEOPLE:?}");
    }
    drop(scene.app);
}

#[tokio::test]
async fn every_call_answers_each_person_as_the_matrix_says() {
    let scene = scene().await;
    let target = format!("events/{}", scene.ids["event"]);
    let fields: Vec<(&str, &str)> = ["organization", "event", "room", "token"]
        .into_iter()
        .map(|name| (name, scene.ids[name].as_str()))
        .chain([
            ("target", target.as_str()),
            ("invitation", "00000000-0000-0000-0000-000000000001"),
            ("client_message_id", "00000000-0000-0000-0000-000000000001"),
            ("picture", "logo"),
            ("before_seq", "1"),
            ("seq", "1"),
            ("version", "1"),
        ])
        .collect();
    for (path, expected) in CALLS {
        let mut found = [0; 5];
        for (status, browser) in found.iter_mut().zip(&scene.people) {
            *status = browser.call(path, &fields).await.status.as_u16();
        }
        assert_eq!(found, expected, "{path} for {PEOPLE:?}");
        let forged = scene.people[4].call_cross_site(path, &fields).await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN, "{path} from another site");
    }
}

#[tokio::test]
async fn every_page_and_call_has_its_row() {
    let routed = leptos_axum::generate_route_list(app::routes::Routed);
    let mut pages: Vec<String> = routed.iter().map(|route| route.path().to_owned()).collect();
    let mut listed: Vec<String> = PAGES.iter().map(|(pattern, _)| (*pattern).to_owned()).collect();
    pages.sort();
    listed.sort();
    assert_eq!(listed, pages, "a page without a row, or a row without a page");
    let mut calls: Vec<&str> = server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
    let mut listed: Vec<&str> = CALLS.iter().map(|(path, _)| *path).chain(ENDING).collect();
    calls.sort_unstable();
    listed.sort_unstable();
    assert_eq!(listed, calls, "a call without a row, or a row without a call");
}
