use std::net::Ipv4Addr;

use futures_util::future::join_all;
use http::StatusCode;
use png::ColorType;
use time::Duration;

use crate::support::cast::PASSWORD;
use crate::support::html::Html;
use crate::support::pictures::{flat_png, jpeg, png_bomb, upload};
use crate::support::{Client, TestApp};

const SIGN_IN: &str = "/api/accounts/sign_in";
const SIGN_UP: &str = "/api/accounts/sign_up";
const FORGOT: &str = "/api/accounts/forgot_password";

#[tokio::test]
async fn rate_limiting() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let at = |address: [u8; 4]| Client::from_address(&app.origin, Ipv4Addr::from(address));

    let burst =
        join_all(
            (0..200).map(|_| {
                let browser = at([203, 0, 113, 1]);
                async move {
                    browser.status(SIGN_IN, &[("email", "nobody@example.org"), ("password", "guess")]).await
                }
            }),
        );
    let statuses = burst.await;
    let passed = statuses.iter().filter(|status| **status == StatusCode::UNAUTHORIZED).count();
    assert!((1..=5).contains(&passed), "of 200 parallel tries at most 5 pass: {passed}");
    // What finds no free connection within 2 s is not tried at all.
    let refused = [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE];
    assert_eq!(statuses.iter().filter(|status| refused.contains(status)).count(), 200 - passed);

    // The person's own first sign-in was a check from a new device.
    for n in 0..9 {
        let fields = [("email", ada.email.as_str()), ("password", "guess")];
        assert_eq!(at([203, 0, 114, n]).status(SIGN_IN, &fields).await, StatusCode::UNAUTHORIZED);
    }
    let right = [("email", ada.email.as_str()), ("password", PASSWORD)];
    let refused = at([203, 0, 114, 99]).status(SIGN_IN, &right).await;
    assert_eq!(refused, StatusCode::TOO_MANY_REQUESTS, "from any number of places at most 10 checks");
    assert_eq!(ada.browser.status(SIGN_IN, &right).await, StatusCode::OK, "she still gets in herself");

    let office = [198, 51, 100, 7];
    for n in 0..10 {
        let email = format!("person{n}@example.org");
        let fields = [("first_name", "Ada"), ("email", email.as_str()), ("password", PASSWORD)];
        assert_eq!(at(office).status(SIGN_UP, &fields).await, StatusCode::OK);
    }
    let one_more = [("first_name", "Ada"), ("email", "late@example.org"), ("password", PASSWORD)];
    let refused = at(office).call(SIGN_UP, &one_more).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.header("retry-after"), Some("3600"));
    assert_eq!(at([198, 51, 100, 8]).status(SIGN_UP, &one_more).await, StatusCode::OK, "others may");
    app.wait(Duration::HOUR);
    let next = [("first_name", "Ada"), ("email", "next@example.org"), ("password", PASSWORD)];
    assert_eq!(at(office).status(SIGN_UP, &next).await, StatusCode::OK, "an hour later too");
}

#[tokio::test]
async fn an_address_is_not_flooded_with_reset_mails_and_nobody_learns_of_the_limit() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let asked = (0..8).map(|_| {
        let (browser, email) = (app.browser(), ada.email.clone());
        async move { browser.call(FORGOT, &[("email", &email)]).await }
    });
    for answer in join_all(asked).await {
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "null"));
    }
    let mails: i64 = sqlx::query_scalar("select count(*) from outbox_mails where kind = 'reset_password'")
        .fetch_one(&app.services.db)
        .await
        .unwrap();
    assert_eq!(mails, 3);
}

#[tokio::test]
async fn links_cannot_be_guessed_at_leisure() {
    let app = TestApp::start().await;
    let guesser = app.browser();
    for n in 0..20 {
        let path = if n % 2 == 0 { format!("/reset/guess-{n}") } else { format!("/verify/guess-{n}") };
        assert_eq!(guesser.get(&path).await.status, StatusCode::GONE);
    }
    let refused = guesser.get("/reset/one-more").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.header("retry-after").is_some());
    assert_eq!(
        app.browser().get("/reset/one-more").await.status,
        StatusCode::GONE,
        "others are not concerned"
    );
}

/// Text that means something to a database, an interpreter or a parser somewhere.
const HOSTILE: [&str; 8] = [
    "'; drop table users; --",
    "\" or \"\" = \"",
    "admin'/*",
    "%27%20or%201%3D1",
    "x\\' or 1=1 #",
    "1; select pg_sleep(10)",
    "${7*7} {{7*7}} <%= 7*7 %>",
    "../../etc/passwd",
];

#[tokio::test]
async fn sql_injection() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    for (n, text) in HOSTILE.into_iter().enumerate() {
        let key = format!("00000000-0000-0000-0000-{n:012}");
        let fields = [("name", text), ("description", text), ("form_key", key.as_str())];
        let created = ada.browser.call("/api/organizations/create", &fields).await;
        assert_eq!(created.status, StatusCode::OK, "{text}: {}", created.body);
        let page = ada.browser.get(&format!("/organizations/{}", created.json::<String>())).await.html();
        assert_eq!(page.text("h1"), text, "stored and shown literally");
        assert_eq!(page.text(".prose"), text);
        let sign_in = [("email", text), ("password", text)];
        let refused = app.browser().status(SIGN_IN, &sign_in).await;
        assert_eq!(refused, StatusCode::UNAUTHORIZED, "{text} is nobody");
        let quoted = format!("{}@example.org", text.replace(' ', ""));
        let with_password = [("email", quoted.as_str()), ("password", PASSWORD)];
        assert!(app.browser().status(SIGN_IN, &with_password).await.is_client_error(), "{text}");
    }
    let counts: (i64, i64) =
        sqlx::query_as("select (select count(*) from users), (select count(*) from organizations)")
            .fetch_one(&app.services.db)
            .await
            .unwrap();
    assert_eq!(counts, (1, 8), "nothing dropped, nothing multiplied");
}

#[tokio::test]
async fn what_no_field_can_hold_is_a_clear_refusal_that_keeps_the_rest() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let key = ("form_key", "00000000-0000-0000-0000-000000000001");
    let long = "x".repeat(200_000);
    for (name, why) in [
        ("Null\0name", "NUL"),
        ("Bell\u{7}", "a control character"),
        ("\u{202e}evil", "turned"),
        (&long, "long"),
    ] {
        let fields = [("name", name), ("slug", "kept-address"), ("description", "Kept text"), key];
        let form = ada.browser.submit_and_follow("/api/organizations/create", &fields).await.html();
        assert!(form.field_error("name").is_some(), "{why}");
        assert_eq!(
            (form.value("slug"), form.value("description")),
            ("kept-address".into(), "Kept text".into())
        );
    }
    let oversized = "x".repeat(300 * 1024);
    let refused = ada.browser.status("/api/organizations/create", &[("name", &oversized), key]).await;
    assert_eq!(refused, StatusCode::PAYLOAD_TOO_LARGE);
    for raw in ["name=%ED%A0%80&form_key=x", "name=%FF%FE&form_key=x", "name[a][b][c]=1", "=&=&=", "name"] {
        let request = ada
            .browser
            .request(http::Method::POST, "/api/organizations/create")
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", &app.origin)
            .body(raw);
        let answer = ada.browser.send(request).await;
        assert!(answer.status.is_client_error(), "{raw}: {} {}", answer.status, answer.body);
    }
    let stored: i64 =
        sqlx::query_scalar("select count(*) from organizations").fetch_one(&app.services.db).await.unwrap();
    assert_eq!(stored, 0);
}

#[tokio::test]
async fn weak_passwords_are_no_sign_ups_and_are_judged_so_often_a_minute() {
    let app = TestApp::start().await;
    let at_home = app.browser();
    let sign_up = async |password: &str| {
        let fields = [("first_name", "Ada"), ("email", "ada@example.org"), ("password", password)];
        at_home.status(SIGN_UP, &fields).await
    };
    for _ in 0..119 {
        assert_eq!(sign_up("password123").await, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(sign_up(PASSWORD).await, StatusCode::OK, "none of them was a sign-up");
    assert_eq!(sign_up("password123").await, StatusCode::TOO_MANY_REQUESTS, "judging a password costs too");
    assert_eq!(
        sign_up("short").await,
        StatusCode::UNPROCESSABLE_ENTITY,
        "what is no password at all costs nothing"
    );
}

/// One attempt per line; browsers try the same ones in `end2end`.
const PAYLOADS: &str = include_str!("../../payloads.txt");

/// What of a page would run, or lead somewhere that is no address.
fn dangerous(page: &Html) -> Vec<String> {
    let runs =
        "script:not([nonce]):not([src]), iframe, object, embed, base, meta[http-equiv=refresh], [srcdoc]";
    let mut found = page.texts(runs);
    for name in
        ["onload", "onerror", "onfocus", "onclick", "onmouseover", "ontoggle", "onbegin", "onpointerenter"]
    {
        found.extend(page.attributes(&format!("[{name}]"), name));
    }
    for name in ["href", "src", "action", "formaction"] {
        let leads = page.attributes(&format!("[{name}]"), name);
        let is_code = |text: &String| text.trim_start().to_lowercase().starts_with("javascript:");
        found.extend(leads.into_iter().filter(is_code));
    }
    found
}

#[tokio::test]
async fn xss_prevention() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    assert!(PAYLOADS.lines().count() >= 250);
    let slug = app.organization(&ada, "Atria Test").await;
    let save = "/api/organizations/save_settings";
    let payloads: Vec<&str> = PAYLOADS.lines().collect();
    for (n, texts) in payloads.chunks(10).enumerate() {
        let (version, all) = ((n + 1).to_string(), texts.join("\n\n"));
        let fields = [
            ("organization", slug.as_str()),
            ("version", &version),
            ("name", texts[0]),
            ("slug", &slug),
            ("description", &all),
            ("mail_from_name", texts[texts.len() - 1]),
        ];
        assert_eq!(ada.browser.status(save, &fields).await, StatusCode::OK, "{texts:?}");
        let page = ada.browser.get("/organizations/atria-test").await.html();
        assert_eq!(page.text("h1"), folded(texts[0]), "shown literally");
        assert_eq!(page.texts(".prose p"), texts.iter().map(|text| folded(text)).collect::<Vec<_>>());
        assert!(dangerous(&page).is_empty(), "{texts:?}: {:?}", dangerous(&page));
        let form = ada.browser.get("/organizations/atria-test/settings").await.html();
        assert_eq!((form.value("name").as_str(), form.value("description")), (texts[0], all));
        assert!(dangerous(&form).is_empty(), "{texts:?}: {:?}", dangerous(&form));
    }
    for text in payloads {
        let echo = app.browser().submit_and_follow(FORGOT, &[("email", text)]).await.html();
        assert_eq!(echo.value("email"), text, "what was typed comes back as text");
        assert!(dangerous(&echo).is_empty(), "{text}: {:?}", dangerous(&echo));
    }
    let policy = ada.browser.get("/home").await;
    let policy = policy.header("content-security-policy").expect("a policy").to_owned();
    assert!(!policy.contains("unsafe-inline") && policy.contains("script-src"), "{policy}");
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn file_upload_validation() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let send = async |content: Vec<u8>| {
        upload(&ada.browser, "/files/avatar", vec![("avatar", "photo.png", content)]).await.status.as_u16()
    };
    let polyglot = [b"GIF89a=1;alert(1)//".to_vec(), vec![0; 200]].concat();
    for (what, content, expected) in [
        ("html", b"<html><script>alert(1)</script></html>".to_vec(), 415),
        ("php", b"<?php system($_GET['c']); ?>".to_vec(), 415),
        ("pdf", b"%PDF-1.4\n%\xe2\xe3".to_vec(), 415),
        ("svg", b"<svg onload=alert(1) xmlns='http://www.w3.org/2000/svg'/>".to_vec(), 415),
        ("exe", b"MZ\x90\x00\x03\x00\x00\x00".to_vec(), 415),
        ("zip", b"PK\x03\x04\x14\x00\x00\x00".to_vec(), 415),
        ("a GIF that is a script", polyglot, 422),
        ("bomb", png_bomb(), 422),
        ("one side too long", flat_png(8193, 1, ColorType::Grayscale), 422),
        ("more than 64 MiB of pixels, by sides that are allowed", flat_png(8000, 2800, ColorType::Rgb), 422),
    ] {
        assert_eq!(send(content).await, expected, "{what}");
    }
    let bombs = join_all((0..20).map(|_| send(png_bomb()))).await;
    assert!(bombs.iter().all(|status| *status == 422), "{bombs:?}");
    assert!(app.stored_keys().await.is_empty(), "nothing of it is kept");

    // A script behind a good picture: what is served is encoded anew.
    let mut hidden = jpeg(300, 300);
    hidden.extend(b"<script>alert(1)</script>");
    let named =
        upload(&ada.browser, "/files/avatar", vec![("avatar", "../../etc/passwd<script>", hidden)]).await;
    assert_eq!(named.status, StatusCode::OK);
    assert!(!app.stored_keys().await.concat().contains("passwd"), "a name is never a path");
    let address = ada.browser.get("/settings/profile").await.html().attributes(".photo img", "src").remove(0);
    let served = ada.browser.get(&address).await;
    assert!(!served.body.contains("script") && served.header("content-type") == Some("image/webp"));
    let cross_site = ada.browser.call_cross_site("/files/avatar", &[]).await;
    assert_eq!(cross_site.status, StatusCode::FORBIDDEN);
}
