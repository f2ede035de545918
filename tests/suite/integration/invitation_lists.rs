//! Lists, limits and files of those who invite.

use domain::invitations::{BulkRow, Verdict};
use http::StatusCode;
use time::Duration;

use crate::support::smtp::Behaviour;
use crate::support::{Answer, Client, Member, TestApp};

/// Posts the form with a CSV file, as a browser does.
async fn upload(browser: &Client, fields: &[(&str, &str)], csv: &[u8]) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let head = "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\n\
                Content-Type: text/csv\r\n\r\n";
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(csv);
    body.extend_from_slice(b"\r\n--cut--\r\n");
    let request = browser
        .request(http::Method::POST, "/api/invitations/preview")
        .header("accept", "text/html")
        .header("origin", &browser.origin)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "multipart/form-data; boundary=cut")
        .body(body);
    browser.send(request).await
}

#[tokio::test]
async fn a_checked_list_is_there_again_when_the_page_is_loaded_again() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    app.organization(&olivia, "Atria Test").await;
    let many = "/organizations/atria-test/invitations/many";
    let fields = [
        ("target", "organizations/atria-test"),
        ("addresses", "cy@example.org, dan@example.org"),
        ("role", "ADMIN"),
        ("message", "Please come."),
    ];
    let first = olivia.browser.submit_and_follow("/api/invitations/preview", &fields).await.html();
    let rows = first.texts("tbody td:first-child");
    assert_eq!(rows, ["cy@example.org", "dan@example.org"]);
    for _reload in 0..2 {
        let again = olivia.browser.get(many).await.html();
        assert_eq!(again.texts("tbody td:first-child"), rows);
        assert_eq!(
            (again.value("role"), again.value("message")),
            ("ADMIN".to_owned(), "Please come.".to_owned())
        );
        olivia.browser.get("/home").await;
    }
    assert!(!olivia.browser.get(&format!("{many}?new=1")).await.html().has("tbody"), "or anew");
    assert!(!olivia.browser.get(many).await.html().has("tbody"));

    olivia.browser.submit("/api/invitations/preview", &fields).await;
    olivia.browser.get(many).await;
    let send = [("target", "organizations/atria-test"), ("addresses", "cy@example.org"), ("role", "ADMIN")];
    let sent = olivia.browser.submit_and_follow("/api/invitations/send", &send).await.html();
    assert_eq!(sent.texts("tbody .badge"), ["Invited"]);
    assert!(!olivia.browser.get(many).await.html().has("tbody"), "what was sent is no list to send");
    olivia.browser.submit("/api/invitations/preview", &fields).await;
    olivia.browser.get(many).await;
    app.wait(Duration::HOUR);
    assert!(!olivia.browser.get(many).await.html().has("tbody"), "an hour later it is forgotten");
}

#[tokio::test]
async fn a_file_that_is_too_large_is_told_at_its_field() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    app.organization(&olivia, "Atria Test").await;
    let many = "/organizations/atria-test/invitations/many";
    let row = "somebody.with.a.long.name@example.org,Somebody\n";
    for kilobytes in [6_500, 9_000] {
        let csv = format!("Email,Name\n{}", row.repeat(kilobytes * 1024 / row.len()));
        let form = reqwest::multipart::Form::new()
            .text("target", "organizations/atria-test")
            .text("role", "ADMIN")
            .text("message", "See you there")
            .part("file", reqwest::multipart::Part::text(csv).file_name("people.csv"));
        let request = olivia
            .browser
            .request(http::Method::POST, "/api/invitations/preview")
            .header("accept", "text/html")
            .header("origin", &olivia.browser.origin)
            .header("referer", format!("{}{many}", olivia.browser.origin))
            .header("sec-fetch-site", "same-origin")
            .multipart(form);
        let answer = olivia.browser.send(request).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::FOUND, many), "{kilobytes} KB");
        let page = olivia.browser.get(many).await.html();
        let error = page.field_error("file").expect("at the field");
        assert!(error.contains("too large"), "{error}");
        assert_eq!(page.value("message"), "See you there", "what was typed beside it is not lost");
    }
    let fitting = format!("Email,Name\n{}", row.repeat(5_001));
    let fields = [("target", "organizations/atria-test"), ("role", "MEMBER")];
    let checked = upload(&olivia.browser, &fields, fitting.as_bytes()).await;
    assert_eq!(
        checked.status,
        StatusCode::FOUND,
        "a form of this size is read, and told what is wrong with it"
    );
    let errors = olivia.browser.get(many).await.html().texts(".field-error");
    assert!(errors.iter().any(|error| error.contains("at most 500 rows")), "{errors:?}");
    let huge = "x".repeat(6_500 * 1024);
    let call = olivia.browser.call("/api/invitations/preview", &[("file", &*huge)]).await;
    assert_eq!(call.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(matches!(call.error(), domain::AppError::Invalid(errors) if errors.get("file").is_some()));
}

/// The fields of a list of addresses for "Atria Test".
fn pasted(addresses: &str) -> [(&str, &str); 3] {
    [("target", "organizations/atria-test"), ("addresses", addresses), ("role", "MEMBER")]
}

#[tokio::test]
async fn five_hundred_are_invited_to_an_organization_at_once() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    app.organization(&olivia, "Atria Test").await;
    let many = |count: usize| (0..count).map(|n| format!("p{n}@example.org")).collect::<Vec<_>>();
    let file = format!("Email\n{}", many(301).join("\n"));
    let refused = async |path: &str, count: usize, more: &[(&str, &str)]| {
        let list = many(count).join(", ");
        let fields = [&pasted(&list)[..], more].concat();
        let answer = olivia.browser.call(path, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {count}");
        super::event::error_at(&answer, "addresses").expect("at the list")
    };
    let (preview, send) = ("/api/invitations/preview", "/api/invitations/send");
    let told = "A list holds at most 500; these are 501.";
    assert_eq!(refused(preview, 501, &[]).await, "Paste at most 500 at once; these are 501.");
    assert_eq!(refused(preview, 200, &[("file", &file)]).await, told, "pasted and from a file together");
    assert_eq!(refused(send, 501, &[]).await, told, "whatever was checked before");
    let list = many(500).join(", ");
    assert_eq!(olivia.browser.status(preview, &pasted(&list)).await, StatusCode::OK);
    let sent: Vec<BulkRow> = olivia.browser.call(send, &pasted(&list)).await.json();
    assert_eq!(sent.iter().filter(|row| row.verdict == Verdict::Ok).count(), 500);
}

#[tokio::test]
async fn a_file_is_checked_then_sent_without_scripts() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    app.organization(&olivia, "Atria Test").await;
    let many = "/organizations/atria-test/invitations/many";
    let fields =
        [("target", "organizations/atria-test"), ("addresses", "cy@example.org"), ("role", "MEMBER")];
    let csv = b"Name;E-Mail\r\nAda;ada@example.org\r\n\"Ben; B\";nonsense\r\nJos\xe9;jose@example.org\r\n";
    let checked = upload(&olivia.browser, &fields, csv).await;
    assert_eq!((checked.status, checked.location()), (StatusCode::FOUND, many));
    let preview = olivia.browser.get(many).await.html();
    assert_eq!(
        preview.texts("tbody td:first-child"),
        ["cy@example.org", "ada@example.org", "nonsense", "jose@example.org"]
    );
    assert_eq!(preview.text("form[action='/api/invitations/send'] button"), "Send 3 invitations");
    let list = preview.value("addresses");
    assert!(list.contains("\"José\" <jose@example.org>"), "Latin-1 is read as such: {list}");
    let send = [("target", "organizations/atria-test"), ("addresses", &*list), ("role", "MEMBER")];
    let result = olivia.browser.submit_and_follow("/api/invitations/send", &send).await.html();
    assert_eq!(result.texts("tbody .badge"), ["Invited", "Invited", "Not an email address", "Invited"]);
    assert!(olivia.browser.get(many).await.html().has("input[type=file]"), "then the form again");

    let headless = upload(&olivia.browser, &fields, b"Name,Work\nAda,none\n").await;
    let again = olivia.browser.get(headless.location()).await.html();
    assert!(again.field_error("column").is_some());
    assert_eq!(again.value("addresses"), "cy@example.org", "what was typed stays");
    let large = upload(&olivia.browser, &fields, &vec![b'x'; 6_500 * 1024]).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn the_list_shows_state_and_mail_and_is_searched() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let event = app.published(&olivia).await;
    let target = format!("events/{event}");
    let token = app.invite(&olivia, &target, &ada.email, "SPEAKER").await;
    assert_eq!(app.accept(&ada, &token).await, StatusCode::OK);
    app.wait(Duration::SECOND);
    app.inbox.behave(Behaviour::Permanent);
    let failed = app.try_invite(&olivia, &target, "lost@example.org", "ATTENDEE").await;
    assert_eq!(failed.status, StatusCode::OK);
    while services::mail::recent(&app.services).await.unwrap()[0].failed_at.is_none() {
        tokio::task::yield_now().await;
    }
    let list = async |query: &str| {
        olivia.browser.get(&format!("/events/{event}/manage/invitations{query}")).await.html()
    };
    let all = list("").await;
    assert_eq!(all.texts(".row strong"), ["lost@example.org", "ada@example.org"], "newest first");
    assert_eq!(all.texts(".row .badge"), ["Waiting", "Mail not delivered", "Accepted"]);
    assert!(all.text(".invitation-answer").starts_with("550"), "with the server's words");
    assert_eq!(list("?search=ADA").await.texts(".row strong"), ["ada@example.org"]);
    assert_eq!(list("?status=ACCEPTED").await.texts(".row strong"), ["ada@example.org"]);
    assert_eq!(list("?delivery=FAILED").await.texts(".row strong"), ["lost@example.org"]);
    assert!(list("?search=%25_").await.texts(".row strong").is_empty(), "no wildcard");
    for refused in ["?search=a", "?search=ada%00", "?status=LOST", "?delivery=LOST"] {
        let answer = olivia.browser.get(&format!("/events/{event}/manage/invitations{refused}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
    }
    app.wait(Duration::days(7));
    olivia.browser.sign_in(&olivia.email, crate::support::cast::PASSWORD).await;
    assert_eq!(list("?status=EXPIRED").await.texts(".row strong"), ["lost@example.org"], "by the clock");
    let path = format!("/events/{event}/manage/invitations?page=");
    assert_eq!(olivia.browser.get(&format!("{path}2")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(olivia.browser.get(&format!("{path}0")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn only_organizers_and_admins_see_whom_was_invited() {
    let app = TestApp::start().await;
    let (olivia, mia, adam) = (app.person("Olivia").await, app.person("Mia").await, app.person("Adam").await);
    let event = app.published(&olivia).await;
    app.join_organization("atria-test", &mia, "MEMBER").await;
    app.join_organization("atria-test", &adam, "ADMIN").await;
    let lists =
        ["/organizations/atria-test/invitations".to_owned(), format!("/events/{event}/manage/invitations")];
    let statuses = async |who: &Member| {
        let mut found = Vec::new();
        for list in &lists {
            found.push(who.browser.get(list).await.status.as_u16());
        }
        found
    };
    assert_eq!(statuses(&olivia).await, [200, 200]);
    assert_eq!(statuses(&adam).await, [200, 403], "an admin of the organization is nobody in its events");
    assert_eq!(statuses(&mia).await, [403, 403]);
    let page = mia.browser.get("/organizations/atria-test").await.body;
    assert!(!page.contains("invitations"), "nor how many there are");
    assert!(adam.browser.get("/organizations/atria-test").await.body.contains("Open invitations"));
}

#[tokio::test]
async fn an_address_gets_three_invitations_an_hour_whoever_invites() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    for (n, name) in ["One", "Two", "Six", "Ten"].into_iter().enumerate() {
        let slug = app.organization(&olivia, &format!("Club {name}")).await;
        let answer =
            app.try_invite(&olivia, &format!("organizations/{slug}"), "ada@example.org", "MEMBER").await;
        let expected = if n < 3 { StatusCode::OK } else { StatusCode::TOO_MANY_REQUESTS };
        assert_eq!(answer.status, expected, "{name}");
    }
    let fields = [
        ("target", "organizations/club-ten"),
        ("addresses", "ada@example.org, ben@example.org"),
        ("role", "MEMBER"),
    ];
    let rows: Vec<BulkRow> = olivia.browser.call("/api/invitations/send", &fields).await.json();
    let verdicts: Vec<Verdict> = rows.iter().map(|row| row.verdict).collect();
    assert_eq!(verdicts, [Verdict::TooOften, Verdict::Ok], "and doesn't hold the others up");
    app.wait(Duration::HOUR);
    let later = app.try_invite(&olivia, "organizations/club-ten", "ada@example.org", "MEMBER").await;
    assert_eq!(later.status, StatusCode::OK, "an hour later");
}

#[tokio::test]
async fn a_person_invites_sixty_an_hour_and_an_organization_a_thousand_a_day() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    app.organization(&olivia, "Atria Test").await;
    let target = "organizations/atria-test";
    for n in 0..60 {
        let answer = app.try_invite(&olivia, target, &format!("single{n}@example.org"), "MEMBER").await;
        assert_eq!(answer.status, StatusCode::OK, "{n}");
    }
    let next = app.try_invite(&olivia, target, "single60@example.org", "MEMBER").await;
    assert_eq!(next.status, StatusCode::TOO_MANY_REQUESTS);
    let send = async |from: usize, count: usize| {
        let list: Vec<String> = (from..from + count).map(|n| format!("many{n}@example.org")).collect();
        let fields = [("target", target), ("addresses", &*list.join(",")), ("role", "MEMBER")];
        let answer = olivia.browser.call("/api/invitations/send", &fields).await;
        (answer.status, answer.statements())
    };
    let (status, statements) = send(0, 440).await;
    assert_eq!(status, StatusCode::OK, "many at once count for the organization only");
    assert_eq!(send(440, 1).await, (StatusCode::OK, statements), "the number does not grow with rows");
    assert_eq!(send(500, 499).await.0, StatusCode::OK, "a thousand");
    assert_eq!(send(1000, 1).await.0, StatusCode::TOO_MANY_REQUESTS);
    app.wait(Duration::DAY);
    assert_eq!(send(1000, 1).await.0, StatusCode::OK, "a day later");
    assert_eq!(send(2000, 1001).await.0, StatusCode::UNPROCESSABLE_ENTITY, "more than any day has room for");
}

#[tokio::test]
async fn a_placeholder_is_forgotten_thirty_days_after_its_last_invitation() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    app.organization(&olivia, "Atria Test").await;
    app.invite(&olivia, "organizations/atria-test", "new@example.org", "MEMBER").await;
    app.until_delivered().await;
    let sweep = async || {
        services::invitations::sweep(&app.services).await.unwrap();
        services::accounts::sweep(&app.services).await.unwrap();
        sqlx::query_scalar::<_, i64>("select count(*) from users where state = 'PLACEHOLDER'")
            .fetch_one(&app.services.db)
            .await
            .unwrap()
    };
    app.wait(Duration::days(36));
    assert_eq!(sweep().await, 1, "its invitation ended 29 days ago");
    app.wait(Duration::days(2));
    assert_eq!(sweep().await, 0);
    assert_eq!(app.invitation_status("new@example.org").await, "EXPIRED", "the list keeps the invitation");
}
