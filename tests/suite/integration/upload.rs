use domain::uploads::UploadPurpose;
use http::StatusCode;
use image::{GenericImageView as _, ImageFormat};
use serde_json::Value;
use time::Duration;

use crate::support::pictures::{
    addresses, encoded, fetch, jpeg, jpeg_of_phone, logo, photo, png, set_avatar, submit_files, upload,
};
use crate::support::{EventForm, SponsorScene, TestApp};

const AVATAR: &str = "/files/avatar";
const PROFILE: &str = "/settings/profile";
const PICTURE: &str = ".photo .avatar-picture";

#[tokio::test]
async fn avatar_upload() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    assert!(addresses(&ada.browser, PROFILE, PICTURE).await.is_empty(), "initials before");
    let answer =
        submit_files(&ada.browser, AVATAR, vec![], vec![("avatar", "me.jpg", jpeg(1200, 900))]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, PROFILE));
    let page = ada.browser.get(PROFILE).await;
    assert!(page.body.contains("Your pictures are in place"), "the page says so");
    let row: (Vec<i32>, Vec<i32>, Vec<i32>, String) =
        sqlx::query_as("select sizes, widths, heights, bucket from files")
            .fetch_one(&app.services.db)
            .await
            .unwrap();
    let squares = vec![96, 256, 600];
    assert_eq!(row, (squares.clone(), squares.clone(), squares, "PRIVATE".to_owned()));
    let shown = page.html().attributes(PICTURE, "src").remove(0);
    let picture = fetch(&ada.browser, &shown).await.expect("the picture");
    assert_eq!(picture.dimensions(), (600, 600), "a square, cut around the middle");
    let (left, right) = (picture.get_pixel(20, 300), picture.get_pixel(580, 300));
    assert!(left[0] > 150 && right[2] > 150, "both halves are still there: {left:?} {right:?}");

    // Lying on its side, as phones keep them: red was on the left, so now it is on top.
    set_avatar(&ada.browser, jpeg_of_phone(800, 600, "52.52 N 13.40 E")).await;
    let shown = addresses(&ada.browser, PROFILE, PICTURE).await.remove(0);
    let upright = fetch(&ada.browser, &shown).await.expect("the new picture");
    let (top, bottom) = (upright.get_pixel(300, 20), upright.get_pixel(300, 580));
    assert!(top[0] > 150 && bottom[2] > 150, "{top:?} {bottom:?}");
    assert_eq!(app.stored_keys().await.len(), 3, "the one before is gone in all sizes");
    let raw = ada.browser.get(&shown).await;
    for secret in ["52.52", "Exif", "EXIF"] {
        assert!(!raw.body.contains(secret), "{secret} stayed behind");
    }
    assert!(
        addresses(&ada.browser, "/home", ".menu-opener .avatar-picture").await.len() == 1,
        "in the menu too"
    );
    let nobody = upload(&app.browser(), AVATAR, vec![("avatar", "me.png", png(10, 10))]).await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn event_logo_upload() {
    let app = TestApp::start().await;
    let (olivia, ada, otto) = (app.person("Olivia").await, app.person("Ada").await, app.person("Otto").await);
    let event = app.published(&olivia).await;
    app.register(&ada, &event).await;
    let (path, branding) = (format!("/files/events/{event}"), format!("/events/{event}/manage/branding"));
    let file = || vec![("logo", "logo.png", encoded(&logo(1000, 400), ImageFormat::Png))];
    assert_eq!(upload(&app.browser(), &path, file()).await.status, StatusCode::UNAUTHORIZED);
    for stranger in [&ada, &otto] {
        let refused = upload(&stranger.browser, &path, file()).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "organizers only");
    }
    let missing = upload(&olivia.browser, "/files/events/no-such-event", file()).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(app.stored_keys().await.is_empty());

    let texts = vec![("alt_logo", "A green lantern")];
    let saved = submit_files(&olivia.browser, &path, texts, file()).await;
    assert_eq!((saved.status, saved.location()), (StatusCode::SEE_OTHER, &*branding));
    let public = app.browser().get(&format!("/events/{event}")).await.html();
    assert_eq!(public.attributes(".event-logo", "alt"), ["A green lantern"]);
    let address = public.attributes(".event-logo", "src").remove(0);
    assert!(address.starts_with("/files/public/"), "{address}");
    let picture = fetch(&app.browser(), &address).await.expect("anybody gets it");
    assert_eq!(picture.dimensions(), (800, 320), "whole");
    assert_eq!(
        (picture.get_pixel(5, 5)[3], picture.get_pixel(400, 160)[3]),
        (0, 255),
        "transparent as it was"
    );
}

#[tokio::test]
async fn sponsor_logo_upload() {
    let scene = SponsorScene::set().await;
    let (app, olivia) = (&scene.app, &scene.olivia);
    let ada = app.person("Ada").await;
    app.register(&ada, &scene.event).await;
    let (acme, bolt) = (scene.add("Gold", "Acme").await, scene.add("Silver", "Bolt").await);
    let path = |sponsor: &str| format!("/files/events/{}/sponsors/{sponsor}", scene.event);
    let file = || vec![("sponsor_logo", "logo.png", encoded(&logo(1000, 400), ImageFormat::Png))];
    let acme = path(&acme.to_string());
    assert_eq!(upload(&app.browser(), &acme, file()).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(upload(&ada.browser, &acme, file()).await.status, StatusCode::FORBIDDEN);
    let nobody = path("00000000-0000-0000-0000-000000000001");
    assert_eq!(upload(&olivia.browser, &nobody, file()).await.status, StatusCode::NOT_FOUND);
    assert!(app.stored_keys().await.is_empty(), "nothing of it is kept");
    for path in [&acme, &path(&bolt.to_string()), &acme] {
        assert_eq!(upload(&olivia.browser, path, file()).await.status, StatusCode::OK);
    }
    assert_eq!(app.stored_keys().await.len(), 4, "one logo each, in both sizes: the first one is replaced");
}

#[tokio::test]
async fn webp_conversion() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Gif] {
        let original = encoded(&photo(640, 640), format);
        set_avatar(&ada.browser, original).await;
        let address = addresses(&ada.browser, PROFILE, PICTURE).await.remove(0);
        let response = ada.browser.request(http::Method::GET, &address).send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "image/webp", "{format:?}");
        let bytes = response.bytes().await.unwrap();
        assert_eq!((&bytes[..4], &bytes[8..15]), (&b"RIFF"[..], &b"WEBPVP8"[..]), "{format:?}");
        assert_ne!(bytes[15], b'L', "lossy");
        assert!(bytes.len() < 60_000, "{format:?}: {} bytes for 600 × 600", bytes.len());
    }
    set_avatar(&ada.browser, png(40, 30)).await;
    let widths: Vec<Vec<i32>> =
        sqlx::query_scalar("select widths from files").fetch_all(&app.services.db).await.unwrap();
    assert_eq!(widths, [[30, 30, 30]], "never enlarged");
}

#[tokio::test]
async fn file_size_limits() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let padded = |bytes: usize| {
        let mut file = png(64, 64);
        file.resize(bytes, 0);
        file
    };
    let megabyte = 1024 * 1024;
    set_avatar(&ada.browser, padded(10 * megabyte)).await;
    let large = upload(&ada.browser, AVATAR, vec![("avatar", "a.png", padded(10 * megabyte + 1))]).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(large.json::<Value>()[0]["status"], 413);
    let page = ada.browser.get(PROFILE).await.html();
    assert!(page.field_error("avatar").is_some_and(|error| error.contains("10 MB")), "on the field");

    // 50 MB a day: of the four left, the last does not fit.
    for _ in 0..4 {
        set_avatar(&ada.browser, padded(9 * megabyte)).await;
    }
    let full = upload(&ada.browser, AVATAR, vec![("avatar", "a.png", padded(9 * megabyte))]).await;
    assert_eq!(full.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(full.body.contains("50 MB within a day"), "{}", full.body);
    app.wait(Duration::DAY + Duration::SECOND);
    ada.browser.sign_in(&ada.email, crate::support::cast::PASSWORD).await;
    set_avatar(&ada.browser, png(64, 64)).await;
}

#[tokio::test]
async fn file_type_validation() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#.to_vec();
    for (name, content) in [
        ("page.png", b"<!DOCTYPE html><script>alert(1)</script>".to_vec()),
        ("drawing.png", svg),
        ("file.pdf.png", b"%PDF-1.7 and so on".to_vec()),
        ("old.png", encoded(&photo(32, 32), ImageFormat::Png)[..4].to_vec()),
    ] {
        let refused = upload(&ada.browser, AVATAR, vec![("avatar", name, content)]).await;
        assert_eq!(refused.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{name}");
    }
    let cut = png(64, 64)[..200].to_vec();
    let broken = upload(&ada.browser, AVATAR, vec![("avatar", "cut.png", cut)]).await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    let none = submit_files(&ada.browser, AVATAR, vec![], vec![("avatar", "", Vec::new())]).await;
    assert_eq!(none.status, StatusCode::SEE_OTHER);
    let page = ada.browser.get(PROFILE).await.html();
    assert_eq!(page.field_error("avatar").as_deref(), Some("Choose a picture first."));
    assert!(app.stored_keys().await.is_empty());
    let renamed = upload(&ada.browser, AVATAR, vec![("avatar", "notes.txt", jpeg(64, 64))]).await;
    assert_eq!(renamed.status, StatusCode::OK, "the name counts for nothing");
}

#[tokio::test]
async fn storage_bucket_security() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let organization = app.organization(&olivia, "Atria Test").await;
    let event = app.draft(&olivia, &organization, EventForm::default()).await;
    let files = vec![("logo", "l.png", png(64, 64)), ("banner", "b.png", png(64, 64))];
    assert_eq!(
        upload(&olivia.browser, &format!("/files/events/{event}"), files).await.status,
        StatusCode::OK
    );
    set_avatar(&ada.browser, png(64, 64)).await;
    let buckets = async || {
        let keys = app.stored_keys().await;
        let public = keys.iter().filter(|key| key.starts_with("PUBLIC")).count();
        (public, keys.len() - public)
    };
    assert_eq!(buckets().await, (0, 7), "a draft is nobody's business");

    olivia.browser.submit("/api/events/publish", &[("event", &event)]).await;
    assert_eq!(buckets().await, (4, 3), "both pictures in both sizes; people never");
    let page = format!("/events/{event}");
    let address = addresses(&app.browser(), &page, ".event-logo").await.remove(0);
    assert!(fetch(&app.browser(), &address).await.is_some());
    for guess in [
        address.replace(".webp", ".png"),
        address.replace("800", "801"),
        address.replace("/files/public/", "/files/public/%2e%2e%2fpublic/"),
    ] {
        assert_eq!(app.browser().get(&guess).await.status, StatusCode::NOT_FOUND, "{guess}");
    }
    let hash = address.split('/').nth(4).unwrap();
    assert!(fetch(&app.browser(), &address.replace(hash, "0000000000000000")).await.is_none());

    sqlx::query("update events set visibility = 'PRIVATE'").execute(&app.services.db).await.unwrap();
    assert!(fetch(&app.browser(), &address).await.is_none(), "at once, wherever the bytes are");
    services::uploads::sweep(&app.services).await.unwrap();
    assert_eq!(buckets().await, (0, 7), "and the sweep moves them");
    let member = addresses(&olivia.browser, &page, ".event-logo").await.remove(0);
    assert!(fetch(&olivia.browser, &member).await.is_some());
    assert!(fetch(&ada.browser, &member).await.is_none() && fetch(&app.browser(), &member).await.is_none());
}

#[tokio::test]
async fn presigned_url_generation() {
    let app = TestApp::start().await;
    let (olivia, ada, zoe) = (app.person("Olivia").await, app.person("Ada").await, app.person("Zoe").await);
    let organization = app.organization(&olivia, "Atria Test").await;
    app.join_organization(&organization, &ada, "MEMBER").await;
    set_avatar(&ada.browser, png(64, 64)).await;
    let members = format!("/organizations/{organization}/members");
    let address = addresses(&olivia.browser, &members, ".row .avatar-picture").await.remove(0);
    let answer = olivia.browser.get(&address).await;
    assert_eq!(answer.status, StatusCode::OK);
    for (name, value) in [
        ("cache-control", "private, max-age=600"),
        ("content-type", "image/webp"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("content-disposition", "inline; filename=\"avatar.webp\""),
    ] {
        assert_eq!(answer.header(name), Some(value));
    }
    let gets = async |browser: &crate::support::Client, address: &str| browser.get(address).await.status;
    assert_eq!(gets(&app.browser(), &address).await, StatusCode::NOT_FOUND, "a leaked link opens nothing");
    assert_eq!(gets(&zoe.browser, &address).await, StatusCode::NOT_FOUND, "nor for somebody else");
    let forged = [
        address.replace("96.webp", "600.webp"),
        address.replace(&olivia.signed_in.user.to_string(), &zoe.signed_in.user.to_string()),
        address.replace("until=17", "until=18"),
        address.split("&signature").next().unwrap().to_owned(),
        address.split('?').next().unwrap().to_owned(),
    ];
    for forged in forged {
        assert_ne!(forged, address);
        for browser in [&olivia.browser, &zoe.browser] {
            assert_eq!(gets(browser, &forged).await, StatusCode::NOT_FOUND, "{forged}");
        }
    }
    app.wait(Duration::minutes(15));
    assert_eq!(gets(&olivia.browser, &address).await, StatusCode::NOT_FOUND, "over");
    let address = addresses(&olivia.browser, &members, ".row .avatar-picture").await.remove(0);
    assert_eq!(gets(&olivia.browser, &address).await, StatusCode::OK);
    sqlx::query("delete from organization_members where user_id = $1")
        .bind(ada.signed_in.user.get())
        .execute(&app.services.db)
        .await
        .unwrap();
    assert_eq!(
        gets(&olivia.browser, &address).await,
        StatusCode::NOT_FOUND,
        "they have nothing in common now"
    );
}

#[tokio::test]
async fn file_deletion() {
    let app = TestApp::start().await;
    let (olivia, zoe) = (app.person("Olivia").await, app.person("Zoe").await);
    let event = app.published(&olivia).await;
    let foreign = app.organization(&zoe, "Elsewhere").await;
    app.published_in(&zoe, &foreign).await;
    let files = vec![("logo", "l.png", png(64, 64)), ("banner", "b.png", png(64, 64))];
    upload(&olivia.browser, &format!("/files/events/{event}"), files).await;
    set_avatar(&olivia.browser, png(64, 64)).await;
    let address = addresses(&olivia.browser, &format!("/events/{event}"), ".event-logo").await.remove(0);
    let remove = [("event", &*event), ("picture", "logo")];
    let by_zoe = zoe.browser.status("/api/uploads/remove_event_image", &remove).await;
    assert_eq!((by_zoe, app.stored_keys().await.len()), (StatusCode::FORBIDDEN, 7));
    for _twice in 0..2 {
        let gone = olivia.browser.status("/api/uploads/remove_event_image", &remove).await;
        assert_eq!(gone, StatusCode::OK);
    }
    assert!(fetch(&app.browser(), &address).await.is_none());
    assert_eq!(app.stored_keys().await.len(), 5, "both sizes of the logo are gone");
    olivia.browser.submit("/api/uploads/remove_avatar", &[]).await;
    assert_eq!(app.stored_keys().await.len(), 2);
    assert!(addresses(&olivia.browser, PROFILE, PICTURE).await.is_empty());
}

#[tokio::test]
async fn batch_upload() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let path = format!("/files/events/{event}");
    let files = vec![
        ("logo", "l.png", png(64, 64)),
        ("banner", "b.png", b"no picture".to_vec()),
        ("hero_desktop", "d.jpg", jpeg(2000, 900)),
        ("hero_mobile", "m.jpg", jpeg(900, 500)),
        ("avatar", "a.png", png(64, 64)),
    ];
    let answer = upload(&olivia.browser, &path, files).await;
    assert_eq!(answer.status, StatusCode::OK);
    let results: Vec<(String, i64)> = answer
        .json::<Vec<Value>>()
        .iter()
        .map(|file| (file["field"].as_str().unwrap().to_owned(), file["status"].as_i64().unwrap()))
        .collect();
    let expected =
        [("logo", 200), ("banner", 415), ("hero_desktop", 200), ("hero_mobile", 200), ("avatar", 422)];
    assert_eq!(results, expected.map(|(field, status)| (field.to_owned(), status)));
    let kept: Vec<String> = sqlx::query_scalar("select purpose from files order by purpose")
        .fetch_all(&app.services.db)
        .await
        .unwrap();
    let kept: Vec<_> = kept.iter().filter_map(|purpose| UploadPurpose::from_stored(purpose)).collect();
    assert_eq!(
        kept,
        [UploadPurpose::EventHeroDesktop, UploadPurpose::EventHeroMobile, UploadPurpose::EventLogo],
        "good ones are kept"
    );
    let page = olivia.browser.get(&format!("/events/{event}/manage/branding")).await.html();
    assert!(page.field_error("banner").is_some(), "the page says which one was refused");
    let public = app.browser().get(&format!("/events/{event}")).await.html();
    assert_eq!(public.attributes(".event-head-picture img", "width"), ["1920"]);
    assert!(public.attributes(".event-head-picture source", "srcset")[0].contains("800w"));

    let many = (0..21).map(|_| ("logo", "l.png", b"text".to_vec())).collect();
    let refused = upload(&olivia.browser, &path, many).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE, "at most 20");
}
