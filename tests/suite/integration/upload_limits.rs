//! How much may be uploaded, what is refused, and how an event looks.

use http::StatusCode;
use image::ImageFormat;
use time::Duration;

use crate::support::pictures::{encoded, logo, png, set_avatar, submit_files, upload};
use crate::support::{TestApp, database};

const AVATAR: &str = "/files/avatar";

#[tokio::test]
async fn the_61st_file_within_an_hour_waits() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    for _ in 0..60 {
        let refused = upload(&ada.browser, AVATAR, vec![("avatar", "a.png", b"text".to_vec())]).await;
        assert_eq!(refused.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let waits = upload(&ada.browser, AVATAR, vec![("avatar", "a.png", png(64, 64))]).await;
    assert_eq!((waits.status, waits.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, Some("3600")));
    app.wait(Duration::HOUR);
    set_avatar(&ada.browser, png(64, 64)).await;
}

#[tokio::test]
async fn pictures_of_an_event_fit_into_its_quota() {
    let settings = [("ATRIA_UPLOAD_MB_PER_EVENT", "1")];
    let app = TestApp::start_with(database::fresh_urls().await, &settings).await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let path = format!("/files/events/{event}");
    let banner = || vec![("banner", "b.png", png(300, 100))];
    assert_eq!(upload(&olivia.browser, &path, banner()).await.status, StatusCode::OK);
    sqlx::query("update files set stored_bytes = 1024 * 1024").execute(&app.services.db).await.unwrap();
    let replaced = upload(&olivia.browser, &path, banner()).await;
    assert_eq!(replaced.status, StatusCode::OK, "what is replaced makes room");
    sqlx::query("update files set stored_bytes = 1024 * 1024").execute(&app.services.db).await.unwrap();
    let full = upload(&olivia.browser, &path, vec![("logo", "l.png", png(300, 100))]).await;
    assert_eq!(full.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(full.body.contains("use up its 1 MB"), "{}", full.body);
    assert_eq!(app.stored_keys().await.len(), 2, "nothing of the refused one stays");
}

#[tokio::test]
async fn an_accent_is_shown_so_that_it_can_be_read() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let branding = format!("/events/{event}/manage/branding");
    let save = async |color: &str| {
        let fields = [("event", &*event), ("accent_color", color)];
        olivia.browser.submit_and_follow("/api/uploads/save_accent", &fields).await.html()
    };
    let page = save("red; } body { display: none").await;
    assert!(page.field_error("accent_color").is_some());
    assert_eq!(page.value("accent_color"), "red; } body { display: none", "what was typed");
    let page = save(" #ffcc00").await;
    assert_eq!(page.value("accent_color"), "#FFCC00");
    let swatches = page.texts(".swatch-name");
    assert_eq!((swatches.len(), &*swatches[0]), (3, "#FFCC00"));
    assert_ne!(swatches[1], "#FFCC00", "yellow can't be read on light pages");
    let public = app.browser().get(&format!("/events/{event}")).await;
    assert!(public.body.contains(&format!("--accent: light-dark({}, #FFCC00)", swatches[1])));
    save("").await;
    assert!(!olivia.browser.get(&branding).await.body.contains("--accent:"));
}

#[tokio::test]
async fn a_form_that_says_it_is_too_large_is_not_read() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let huge = upload(&ada.browser, AVATAR, vec![("avatar", "a.png", vec![0; 52 * 1024 * 1024])]).await;
    assert_eq!(huge.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(app.stored_keys().await.is_empty());
}

#[tokio::test]
async fn words_are_saved_without_their_picture_and_too_many_stay_in_the_form() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let (path, branding) = (format!("/files/events/{event}"), format!("/events/{event}/manage/branding"));
    upload(&olivia.browser, &path, vec![("logo", "logo.png", png(64, 64))]).await;
    submit_files(&olivia.browser, &path, vec![("alt_logo", "A lantern")], vec![]).await;
    let page = olivia.browser.get(&branding).await.html();
    assert_eq!(page.value("alt_logo"), "A lantern");
    let long: &'static str = "x".repeat(201).leak();
    submit_files(&olivia.browser, &path, vec![("alt_logo", long)], vec![]).await;
    let page = olivia.browser.get(&branding).await.html();
    assert!(page.field_error("alt_logo").is_some_and(|error| error.contains("200")));
    assert_eq!(page.value("alt_logo"), long, "what was typed");
}

#[tokio::test]
async fn bytes_that_a_crash_left_without_a_row_go_after_a_day() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    set_avatar(&ada.browser, png(64, 64)).await;
    let orphan = format!("{}/96.webp", app.services.rng.id(app.services.clock.now()));
    let put = app.services.storage.put(domain::uploads::Bucket::Private, &orphan, vec![1]);
    put.await.unwrap();
    services::uploads::sweep(&app.services).await.unwrap();
    assert_eq!(app.stored_keys().await.len(), 4, "young ones may still be on their way to their row");
    app.wait(Duration::DAY + Duration::SECOND);
    services::uploads::sweep(&app.services).await.unwrap();
    assert_eq!(app.stored_keys().await.len(), 3, "the orphan is gone, the avatar stays");
}

#[tokio::test]
async fn a_refused_picture_is_no_success() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let (path, branding) = (format!("/files/events/{event}"), format!("/events/{event}/manage/branding"));
    let texts = || vec![("alt_logo", "A lantern")];
    let lie = || ("logo", "logo.jpg", b"Not a picture at all.".to_vec());
    submit_files(&olivia.browser, &path, texts(), vec![lie()]).await;
    let page = olivia.browser.get(&branding).await.html();
    assert!(page.field_error("logo").is_some());
    assert!(!page.has(".toast"), "{}", page.text(".toast"));

    let banner = ("banner", "banner.png", encoded(&logo(1600, 400), ImageFormat::Png));
    submit_files(&olivia.browser, &path, texts(), vec![lie(), banner]).await;
    let page = olivia.browser.get(&branding).await.html();
    assert!(page.field_error("logo").is_some());
    assert!(page.text(".toast").contains("The other pictures are saved."));
}
