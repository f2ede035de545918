//! The page behind a mailed link.

use http::StatusCode;

use crate::support::cast::PASSWORD;
use crate::support::{EventForm, TestApp};

#[tokio::test]
async fn each_reader_is_offered_what_they_can_do() {
    let app = TestApp::start().await;
    let (olivia, ada, otto) = (app.person("Olivia").await, app.person("Ada").await, app.person("Otto").await);
    let event = app.published(&olivia).await;
    let target = format!("events/{event}");
    let to_ada = format!("/invitations/{}", app.invite(&olivia, &target, &ada.email, "SPEAKER").await);
    let to_new = format!("/invitations/{}", app.invite(&olivia, &target, "new@example.org", "SPEAKER").await);

    let own = ada.browser.get(&to_ada).await.html();
    assert_eq!(own.texts(".form-actions button"), ["Accept", "Decline"]);
    let signed_out = app.browser().get(&to_ada).await.html();
    let sign_in = signed_out.attributes("main a.button", "href");
    assert_eq!(sign_in.len(), 1);
    assert!(sign_in[0].starts_with("/signin?next=%2Finvitations%2F"), "and comes back: {sign_in:?}");
    let unknown = app.browser().get(&to_new).await.html();
    assert!(unknown.has("form[action='/api/invitations/join'] input[name=password]"));
    let foreign = otto.browser.get(&to_ada).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    assert!(!foreign.body.contains("Rust Day") && !foreign.body.contains("ada@example.org"), "tells nothing");
    let token = to_ada.rsplit('/').next().unwrap();
    let switched = otto.browser.submit("/api/invitations/switch_account", &[("token", token)]).await;
    assert_eq!(switched.location(), to_ada);
    assert!(!otto.browser.is_signed_in().await);
    for answer in [ada.browser.get(&to_ada).await, app.browser().get(&to_new).await, foreign] {
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        let html = answer.html();
        let sources =
            [html.attributes("[src]", "src"), html.attributes("link[rel=stylesheet]", "href")].concat();
        assert!(sources.iter().all(|source| source.starts_with('/')), "nothing of others: {sources:?}");
        assert_eq!(html.attributes("meta[name=robots]", "content"), ["noindex"]);
    }
}

#[tokio::test]
async fn a_private_event_shows_nothing_but_what_the_mail_told() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let organization = app.organization(&olivia, "Atria Test").await;
    let mut form = EventForm::default();
    form.0.visibility = "PRIVATE".to_owned();
    form.0.description = "The secret plan.".to_owned();
    form.0.online_note = "The secret door.".to_owned();
    let event = app.draft(&olivia, &organization, form).await;
    let token = app.invite(&olivia, &format!("events/{event}"), "new@example.org", "SPEAKER").await;
    let page = app.browser().get(&format!("/invitations/{token}")).await;
    assert!(page.body.contains("Rust Day") && page.body.contains("24 – Friday 25 September 2026"));
    assert!(!page.body.contains("secret"), "no more than name, role, inviter, dates and place");
    assert_eq!(app.browser().get(&format!("/events/{event}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn somebody_unconfirmed_is_replaced_by_the_owner_of_the_address() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let squatter = app.browser();
    let sign_up = [
        ("first_name", "Eve"),
        ("last_name", "Squatter"),
        ("email", "ada@example.org"),
        ("password", "violet-harbour-kettle-7"),
    ];
    squatter.submit("/api/accounts/sign_up", &sign_up).await;
    let confirm = app.inbox.token_for("ada@example.org", "verify").await;
    let token = app.invite(&olivia, &format!("events/{event}"), "ada@example.org", "SPEAKER").await;
    assert_eq!(app.join(&token, "Ada").await, StatusCode::OK);
    let names: Vec<String> =
        sqlx::query_scalar("select first_name || last_name from users where email = 'ada@example.org'")
            .fetch_all(&app.services.db)
            .await
            .unwrap();
    assert_eq!(names, ["Ada"], "name and password are those of the link");
    let late = squatter.status("/api/accounts/confirm_address", &[("token", &confirm)]).await;
    assert_eq!(late, StatusCode::GONE, "the older link of the account is dead");
    let theirs = [("email", "ada@example.org"), ("password", "violet-harbour-kettle-7")];
    assert_eq!(squatter.status("/api/accounts/sign_in", &theirs).await, StatusCode::UNAUTHORIZED);
    app.browser().sign_in("ada@example.org", PASSWORD).await;
}

#[tokio::test]
async fn a_weak_password_keeps_the_form_and_the_link() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    app.organization(&olivia, "Lighthouse Conferences").await;
    let target = "organizations/lighthouse-conferences";
    let token = app.invite(&olivia, target, "new@example.org", "MEMBER").await;
    let browser = app.browser();
    for weak in ["short", "Lighthouse2026", "new.example1"] {
        let fields = [("token", &*token), ("first_name", "Nora"), ("last_name", "New"), ("password", weak)];
        let page = browser.submit_and_follow("/api/invitations/join", &fields).await;
        assert_eq!(page.status, StatusCode::OK);
        let html = page.html();
        assert!(html.field_error("password").is_some(), "{weak} is refused at the field");
        assert_eq!(html.value("first_name"), "Nora", "what was typed stays");
        assert!(!page.body.contains(weak), "but no password");
    }
    let nameless = [("token", &*token), ("first_name", "\u{200b}"), ("password", PASSWORD)];
    assert_eq!(browser.status("/api/invitations/join", &nameless).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(app.join(&token, "Nora").await, StatusCode::OK);
}

#[tokio::test]
async fn invented_links_are_gone_and_guessing_is_limited() {
    let app = TestApp::start().await;
    let browser = app.browser();
    for n in 0..20 {
        let answer = browser.get(&format!("/invitations/guess-{n}")).await;
        assert_eq!(answer.status, StatusCode::GONE, "guess {n}");
    }
    assert_eq!(browser.get("/invitations/guess-20").await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(app.browser().get("/invitations/other").await.status, StatusCode::GONE, "others go on");
    let hostile = app.browser().get("/invitations/%3Cscript%3Ealert(1)%3C%2Fscript%3E%00").await;
    assert!(!hostile.body.contains("<script>alert"), "{}", hostile.status);
}

#[tokio::test]
async fn hostile_names_and_messages_stay_text_in_page_list_and_mail() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let evil = "</textarea></title><script>alert(1)</script><img src=x onerror=alert(1)>";
    let slug = app.organization(&olivia, evil).await;
    let (target, ada) = (format!("organizations/{slug}"), app.person("Ada").await);
    let message = format!("{evil}\nhttp://evil.example\n-- \nYour Atria team");
    let fields = [("target", &*target), ("email", &*ada.email), ("role", "MEMBER"), ("message", &message)];
    assert_eq!(olivia.browser.status("/api/invitations/invite", &fields).await, StatusCode::OK);
    let mail = app.inbox.next_for(&ada.email).await;
    assert!(!mail.html.contains("<script>") && !mail.html.contains("<img"), "{}", mail.html);
    assert_eq!(mail.links().len(), 1, "words make no link: {}", mail.text);
    assert!(mail.text.contains("> http:"), "the message is quoted: {}", mail.text);
    let link = format!("/invitations/{}", mail.token("invitations"));
    for page in [
        ada.browser.get(&link).await,
        ada.browser.get("/home").await,
        olivia.browser.get(&format!("/{target}/invitations")).await,
    ] {
        assert_eq!(page.status, StatusCode::OK);
        let html = page.html();
        assert!(!html.texts("script").iter().any(|script| script.trim() == "alert(1)"));
        assert!(!html.has("img[onerror]") && !html.has("a[href*='evil.example']"));
    }
    for refused in ["nul \0 byte", &"x".repeat(501)] {
        let fields =
            [("target", &*target), ("email", "x@example.org"), ("role", "MEMBER"), ("message", refused)];
        let answer = olivia.browser.submit_and_follow("/api/invitations/invite", &fields).await.html();
        assert!(answer.field_error("message").is_some(), "at the field");
        assert_eq!(answer.value("email"), "x@example.org", "what was typed stays");
        let status = olivia.browser.status("/api/invitations/invite", &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn the_way_to_sign_in_knows_the_address_and_others_get_a_glimpse_of_it() {
    let app = TestApp::start().await;
    let (olivia, ada, otto) = (app.person("Olivia").await, app.person("Ada").await, app.person("Otto").await);
    app.organization(&olivia, "Atria Test").await;
    let token = app.invite(&olivia, "organizations/atria-test", &ada.email, "MEMBER").await;
    let page = app.browser().get(&format!("/invitations/{token}")).await;
    assert!(page.body.contains(&ada.email));
    let way = page.html().attributes("main a.button", "href").remove(0);
    assert_eq!(app.browser().get(&way).await.html().value("email"), ada.email);
    let guessed = app.browser().get("/signin?next=%2Finvitations%2Fguessed").await;
    assert_eq!((guessed.status, guessed.html().value("email")), (StatusCode::OK, String::new()));
    let wrong = otto.browser.get(&format!("/invitations/{token}")).await;
    assert_eq!(wrong.status, StatusCode::FORBIDDEN);
    assert!(wrong.body.contains("a…@example.org") && !wrong.body.contains(&ada.email), "{}", wrong.body);
}
