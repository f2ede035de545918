//! Leaving for good, with 30 days to think again.

use domain::chat::RoomKind;
use domain::{AppError, Conflict, Denied};
use http::StatusCode;
use services::{accounts, connections};
use time::Duration;

use crate::support::attending::START;
use crate::support::cast::PASSWORD;
use crate::support::pictures::{png, set_avatar};
use crate::support::{Answer, Member, TestApp};

const DELETE: &str = "/api/accounts/delete_account";

async fn deletes(person: &Member) -> StatusCode {
    person.browser.status(DELETE, &[("confirmation", &person.email)]).await
}

#[tokio::test]
async fn an_account_is_deleted_by_name_after_a_recent_sign_in_and_opened_again_within_30_days() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let page = ada.browser.submit_and_follow(DELETE, &[("confirmation", "Ben Test")]).await.html();
    assert!(page.field_error("confirmation").is_some() && page.has("details[open]"));
    assert_eq!(page.value("confirmation"), "Ben Test", "what was typed stays");
    app.wait(Duration::minutes(11));
    let late = ada.browser.call(DELETE, &[("confirmation", "ada  test")]).await;
    assert_eq!((late.status, late.error()), (StatusCode::FORBIDDEN, Denied::SignInNotRecent.into()));
    ada.browser.submit("/api/accounts/confirm_password", &[("current_password", PASSWORD)]).await;

    let left = ada.browser.submit_and_follow(DELETE, &[("confirmation", "ada  test")]).await;
    assert!(left.body.contains("Your account is deleted."));
    assert!(!ada.browser.is_signed_in().await);
    app.inbox.about(&ada.email, "Your account will be erased").await;
    app.wait(Duration::days(29));
    accounts::sweep(&app.services).await.unwrap();
    let credentials = [("email", &*ada.email), ("password", PASSWORD)];
    let offered = app.browser().call("/api/accounts/sign_in", &credentials).await;
    assert_eq!((offered.status, offered.error()), (StatusCode::FORBIDDEN, Denied::DeletionPending.into()));
    let guess = [("email", &*ada.email), ("password", "guess")];
    for path in ["/api/accounts/sign_in", "/api/accounts/come_back"] {
        assert_eq!(app.browser().status(path, &guess).await, StatusCode::UNAUTHORIZED, "{path}");
    }
    let back = app.browser();
    assert_eq!(back.submit("/api/accounts/come_back", &credentials).await.location(), "/home");
    app.wait(Duration::days(2));
    accounts::sweep(&app.services).await.unwrap();
    back.sign_in(&ada.email, PASSWORD).await;
}

#[tokio::test]
async fn who_is_deleted_for_good_is_unknown_before_the_sweep_comes_too() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    assert_eq!(deletes(&ada).await, StatusCode::OK);
    app.inbox.about(&ada.email, "Your account will be erased").await;
    app.wait(Duration::days(30));
    for path in ["/api/accounts/sign_in", "/api/accounts/come_back"] {
        let with = |email: &str| {
            let fields = [("email", email.to_owned()), ("password", PASSWORD.to_owned())];
            let browser = app.browser();
            async move {
                let fields: Vec<(&str, &str)> =
                    fields.iter().map(|(name, value)| (*name, &**value)).collect();
                browser.call(path, &fields).await
            }
        };
        let (deleted, unknown) = (with(&ada.email).await, with("nobody@example.org").await);
        assert_eq!(deleted.status, StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!((deleted.status, &deleted.body), (unknown.status, &unknown.body), "{path}");
    }
    app.browser().submit("/api/accounts/forgot_password", &[("email", &ada.email)]).await;
    let links: i64 = sqlx::query_scalar(
        "select count(*) from account_tokens where purpose = 'RESET_PASSWORD' and used_at is null",
    )
    .fetch_one(&app.services.db)
    .await
    .unwrap();
    assert_eq!(links, 0, "no way back by a new password either");
}

#[tokio::test]
async fn the_last_owner_of_an_organization_can_not_delete_their_account() {
    let app = TestApp::start().await;
    let (olivia, omar, ada) = (app.person("Olivia").await, app.person("Omar").await, app.person("Ada").await);
    let alone = app.organization(&olivia, "Harbour Club").await;
    let shared = app.organization(&olivia, "Atria Test").await;
    app.join_organization(&shared, &omar, "OWNER").await;
    app.join_organization(&alone, &ada, "ADMIN").await;
    let account =
        |page: Answer| (page.html().has(&format!("form[action='{DELETE}']")), page.html().text("main"));
    let (can, text) = account(olivia.browser.get("/settings/account").await);
    assert!(!can && text.contains("last owner of Harbour Club."), "it is said before anything is typed");
    let ways = olivia.browser.get("/settings/account").await.html().attributes(".notice a", "href");
    assert_eq!(ways, [format!("/organizations/{alone}/danger")]);
    assert!(account(omar.browser.get("/settings/account").await).0, "a second owner has the form");
    let refused = olivia.browser.call(DELETE, &[("confirmation", &olivia.email)]).await;
    let conflict = Conflict::LastOwnerOf { organizations: vec!["Harbour Club".to_owned()] };
    assert_eq!((refused.status, refused.error()), (StatusCode::CONFLICT, AppError::Conflict(conflict)));
    let page = olivia.browser.submit_and_follow(DELETE, &[("confirmation", &olivia.email)]).await;
    assert!(page.body.contains("Harbour Club") && olivia.browser.is_signed_in().await);
    assert_eq!(deletes(&ada).await, StatusCode::OK, "an admin may go");

    app.make_all_owners(&alone).await;
    assert_eq!(deletes(&olivia).await, StatusCode::CONFLICT, "an owner who left is none");
    assert_eq!(omar.browser.status("/api/accounts/deactivate", &[]).await, StatusCode::OK);
    let both = olivia.browser.call(DELETE, &[("confirmation", &olivia.email)]).await.error();
    let names = vec!["Atria Test".to_owned(), "Harbour Club".to_owned()];
    assert_eq!(both, AppError::Conflict(Conflict::LastOwnerOf { organizations: names }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_owners_who_delete_at_once_one_stays() {
    let app = TestApp::start().await;
    for round in 0..5 {
        let (first, second) = (format!("Olivia{round}"), format!("Omar{round}"));
        let (olivia, omar) = tokio::join!(app.person(&first), app.person(&second));
        for name in ["One", "Two"] {
            let organization = app.organization(&olivia, &format!("{name} {round}")).await;
            app.join_organization(&organization, &omar, "OWNER").await;
        }
        let (a, b) = tokio::join!(deletes(&olivia), deletes(&omar));
        let mut statuses = [a, b];
        statuses.sort();
        assert_eq!(statuses, [StatusCode::OK, StatusCode::CONFLICT], "round {round}");
    }
}

/// Ada waits for an answer of one, and blocks another.
async fn ask_and_block(app: &TestApp, ada: &Member, olivia: &Member, event: &str) {
    let ben = app.person("Ben").await;
    app.register(&ben, event).await;
    let (services, ada) = (&app.services, &ada.signed_in);
    for other in [olivia, &ben] {
        let user = Some(other.signed_in.user);
        connections::request(services, ada, event, user, "Ada here").await.unwrap();
    }
    connections::block(services, ada, Some(ben.signed_in.user)).await.unwrap();
}

/// Ada says something of herself in the event, stars a session there, and has her own sessions in a calendar.
async fn take_part(app: &TestApp, ada: &Member, olivia: &Member, event: &str) {
    let session = app.agenda_session(olivia, event, "Opening", START).await.to_string();
    app.register(ada, event).await;
    let version = app.texts_version(event, ada).await;
    let texts = [
        ("event", event),
        ("version", &*version),
        ("event_title", "Ada flies"),
        ("event_bio", "secret kite"),
    ];
    let star = [("event", event), ("session", &*session), ("starred", "yes")];
    for (call, fields) in [
        ("attendees/save_own_texts", &texts[..]),
        ("attending/star", &star[..]),
        ("calendars/make_feed", &texts[..1]),
    ] {
        assert_eq!(ada.browser.status(&format!("/api/{call}"), fields).await, StatusCode::OK, "{call}");
    }
}

/// What moderators wrote about her.
async fn moderated(app: &TestApp, ada: &Member, olivia: &Member) {
    let words = "update event_members
                    set mute_reason = 'secret word 1', ban_reason = 'secret word 2', ban_note = 'secret word 3'
                  where user_id = $1";
    let warning = "insert into event_warnings (id, event_id, user_id, reason, warned_by, created_at)
                   select gen_random_uuid(), event_id, user_id, 'secret word 4', $2, now()
                     from event_members where user_id = $1";
    let (about, by) = (ada.signed_in.user.get(), olivia.signed_in.user.get());
    sqlx::query(words).bind(about).execute(&app.services.db).await.unwrap();
    sqlx::query(warning).bind(about).bind(by).execute(&app.services.db).await.unwrap();
}

const ACTORS: &str = "select actor from notifications where user_id = $1 and news = 'CONNECTION_REQUESTED'";

/// All rows in which something of a person could stand, as one text.
async fn left_of_people(app: &TestApp) -> String {
    let everything = "select coalesce(string_agg(found, ' '), '') from (
        select to_jsonb(u)::text as found from users u
        union all select to_jsonb(t)::text from account_tokens t
        union all select to_jsonb(s)::text from login_sessions s
        union all select to_jsonb(d)::text from known_devices d
        union all select to_jsonb(p)::text from notification_preferences p
        union all select to_jsonb(p)::text from event_privacy p
        union all select to_jsonb(x)::text from account_exports x
        union all select to_jsonb(o)::text from outbox_mails o
        union all select to_jsonb(i)::text from invitations i
        union all select to_jsonb(c)::text from connections c
        union all select to_jsonb(b)::text from user_blocks b
        union all select to_jsonb(n)::text from notifications n
        union all select to_jsonb(s)::text from session_stars s
        -- Where they were is counted on.
        union all select (to_jsonb(p) - 'user_id' - 'texts_by')::text from event_members p
        union all select (to_jsonb(w) - 'user_id')::text from event_warnings w
        union all select to_jsonb(m)::text from organization_members m) everything";
    sqlx::query_scalar(everything).fetch_one(&app.services.db).await.unwrap()
}

#[tokio::test]
async fn after_30_days_the_person_is_erased_and_what_they_wrote_stays() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let event = app.published(&olivia).await;
    app.join_organization("atria-test", &ada, "MEMBER").await;
    let club = app.organization(&olivia, "Club").await;
    let invitation = app.invite(&olivia, &format!("organizations/{club}"), &ada.email, "MEMBER").await;
    assert_eq!(app.accept(&ada, &invitation).await, StatusCode::OK);
    take_part(&app, &ada, &olivia, &event).await;
    let general = app.room(&olivia, &event, RoomKind::Global).await;
    app.post(&ada, general, "Kites over the harbour").await;
    ask_and_block(&app, &ada, &olivia, &event).await;
    let named_to_olivia = || async {
        let actors = sqlx::query_scalar::<_, String>(ACTORS).bind(olivia.signed_in.user.get());
        actors.fetch_all(&app.services.db).await.unwrap()
    };
    assert_eq!(named_to_olivia().await, ["Ada Test"]);
    let profile = [("version", "1"), ("first_name", "Ada"), ("bio", "secret biography"), ("x", "x.com/ada")];
    ada.browser.submit("/api/accounts/save_profile", &profile).await;
    ada.browser.submit("/api/accounts/save_notifications", &[("version", "1")]).await;
    ada.browser.submit("/api/accounts/request_export", &[]).await;
    accounts::prepare_exports(&app.services).await.unwrap();
    set_avatar(&ada.browser, png(64, 64)).await;
    assert_eq!(app.stored_keys().await.len(), 3);
    moderated(&app, &ada, &olivia).await;
    assert_eq!(deletes(&ada).await, StatusCode::OK);
    app.inbox.about(&ada.email, "Your account will be erased").await;

    app.wait(Duration::days(30) + Duration::SECOND);
    accounts::sweep(&app.services).await.unwrap();
    assert!(app.stored_keys().await.is_empty(), "their photo");
    services::mail::sweep(&app.services).await.unwrap();
    accounts::sweep(&app.services).await.unwrap();
    olivia.browser.sign_in(&olivia.email, PASSWORD).await;
    let room = olivia.browser.get(&format!("/events/{event}/rooms/{general}")).await;
    assert!(room.body.contains("Kites over the harbour") && room.body.contains("Deleted person"));
    let left = left_of_people(&app).await;
    for gone in ["ada@example.org", "Ada", "secret biography", "x.com/ada", "secret kite", "secret word"] {
        assert!(!left.contains(gone), "{gone} is left");
    }
    assert_eq!(left.matches(&ada.signed_in.user.to_string()).count(), 1, "only the row itself");
    assert_eq!(named_to_olivia().await, ["Deleted person"], "the line stays with who was told");
    let (members, feeds): (i64, i64) =
        sqlx::query_as("select count(*), count(agenda_feed_hash) from event_members")
            .fetch_one(&app.services.db)
            .await
            .unwrap();
    assert_eq!((members, feeds), (3, 0), "memberships of events become bare counts");
    let credentials = [("email", &*ada.email), ("password", PASSWORD)];
    let gone = app.browser().status("/api/accounts/come_back", &credentials).await;
    assert_eq!(gone, StatusCode::UNAUTHORIZED, "like an address nobody has");
    let anew = [("first_name", "Ada"), ("email", &*ada.email), ("password", PASSWORD)];
    app.browser().submit("/api/accounts/sign_up", &anew).await;
    app.inbox.about(&ada.email, "Confirm your address").await;
}

#[tokio::test]
async fn a_right_password_for_a_closed_account_is_remembered_for_ten_minutes() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    ada.browser.submit("/api/accounts/deactivate", &[]).await;
    let credentials = [("email", &*ada.email), ("password", PASSWORD)];
    let back = "/api/accounts/come_back";
    assert_eq!(ada.browser.status("/api/accounts/sign_in", &credentials).await, StatusCode::FORBIDDEN);
    app.wait(Duration::minutes(10));
    assert_eq!(ada.browser.status(back, &[]).await, StatusCode::UNPROCESSABLE_ENTITY, "too late");
    assert_eq!(ada.browser.status("/api/accounts/sign_in", &credentials).await, StatusCode::FORBIDDEN);
    app.browser().submit("/api/accounts/forgot_password", &[("email", &ada.email)]).await;
    let token = app.inbox.about(&ada.email, "Set a new password").await.token("reset");
    let reset = [("token", &*token), ("password", "seven-kites-over-harbour")];
    assert_eq!(app.browser().status("/api/accounts/reset_password", &reset).await, StatusCode::OK);
    assert_eq!(
        ada.browser.status(back, &[]).await,
        StatusCode::UNAUTHORIZED,
        "it is another password by now"
    );
}
