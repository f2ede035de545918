//! Files in a directory and behind a real server of the S3 protocol: the same rules for both.

use domain::events::{EventStatus, EventVisibility};
use domain::uploads::{Bucket, UploadPurpose, UploadRefused, bucket};
use futures_util::TryStreamExt as _;
use http::StatusCode;
use image::{GenericImageView as _, ImageFormat};
use png::ColorType;
use services::images;
use services::storage::Storage;
use services::uploads;
use time::Duration;

use crate::support::pictures::{
    addresses, encoded, fetch, flat_png, jpeg_of_phone, logo, photo, png, png_bomb, set_avatar, upload,
};
use crate::support::s3::S3Server;
use crate::support::{EventForm, TestApp, database};

async fn read(storage: &Storage, bucket: Bucket, key: &str) -> Option<Vec<u8>> {
    let stored = storage.open(bucket, key).await.unwrap()?;
    let bytes: Vec<bytes::Bytes> = stored.content.try_collect().await.unwrap();
    assert_eq!(stored.bytes, bytes.iter().map(|chunk| chunk.len() as u64).sum::<u64>());
    Some(bytes.concat())
}

async fn keeps_files(storage: &Storage) {
    let (one, two) = ("01a/96.webp", "01b/256.webp");
    let content = vec![7; 300_000];
    storage.put(Bucket::Private, one, content.clone()).await.unwrap();
    storage.put(Bucket::Private, two, b"two".to_vec()).await.unwrap();
    assert_eq!(read(storage, Bucket::Private, one).await.as_deref(), Some(&*content));
    assert_eq!(read(storage, Bucket::Public, one).await, None, "the buckets are apart");
    assert!(storage.copy(Bucket::Private, Bucket::Public, one).await.unwrap());
    assert!(!storage.copy(Bucket::Private, Bucket::Public, "01c/96.webp").await.unwrap());
    assert_eq!(read(storage, Bucket::Public, one).await.as_deref(), Some(&*content));
    for _twice in 0..2 {
        storage.remove(Bucket::Private, one).await.unwrap();
    }
    let keys = async |bucket| {
        let mut keys: Vec<String> = storage.keys(bucket).try_collect().await.unwrap();
        keys.sort();
        keys
    };
    assert_eq!(keys(Bucket::Private).await, [two]);
    assert_eq!(keys(Bucket::Public).await, [one]);
}

#[tokio::test]
async fn file_upload() {
    let directory = tempfile::tempdir().unwrap();
    keeps_files(&Storage::directory(directory.path()).unwrap()).await;
    let server = S3Server::start().await;
    keeps_files(&Storage::s3(&server.settings("")).unwrap()).await;
    keeps_files(&Storage::s3(&server.settings("one/prefix")).unwrap()).await;
    let mut stranger = server.settings("");
    stranger.secret_key = "guessed".into();
    let refused = Storage::s3(&stranger).unwrap().put(Bucket::Private, "x/1.webp", vec![1]).await;
    assert!(refused.is_err(), "the server checks the key");
}

#[tokio::test]
async fn uploads_go_through_a_bucket_as_through_a_directory() {
    let server = S3Server::start().await;
    let variables = server.variables();
    let settings: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, &**value)).collect();
    let app = TestApp::start_with(database::fresh_urls().await, &settings).await;
    let olivia = app.person("Olivia").await;
    let organization = app.organization(&olivia, "Atria Test").await;
    let event = app.draft(&olivia, &organization, EventForm::default()).await;
    set_avatar(&olivia.browser, png(300, 300)).await;
    let path = format!("/files/events/{event}");
    let saved = upload(&olivia.browser, &path, vec![("logo", "l.png", png(64, 64))]).await;
    assert_eq!(saved.status, StatusCode::OK);
    assert_eq!(app.stored_keys().await.len(), 5);
    let avatar = addresses(&olivia.browser, "/settings/profile", ".photo .avatar-picture").await.remove(0);
    assert_eq!(fetch(&olivia.browser, &avatar).await.unwrap().dimensions(), (300, 300));
    assert!(fetch(&app.browser(), &avatar).await.is_none());
    for forged in [avatar.replace("until=17", "until=18"), avatar.split('?').next().unwrap().to_owned()] {
        assert_ne!(forged, avatar);
        assert!(fetch(&olivia.browser, &forged).await.is_none(), "{forged}");
    }
    app.wait(Duration::minutes(15));
    assert!(fetch(&olivia.browser, &avatar).await.is_none(), "over");
    olivia.browser.submit("/api/events/publish", &[("event", &event)]).await;
    let logo = addresses(&app.browser(), &format!("/events/{event}"), ".event-logo").await.remove(0);
    assert!(fetch(&app.browser(), &logo).await.is_some());
    olivia.browser.submit("/api/uploads/remove_avatar", &[]).await;
    let left = app.stored_keys().await;
    assert!(left.len() == 2 && left.iter().all(|key| key.starts_with("PUBLIC")), "{left:?}");
}

#[tokio::test]
async fn image_processing() {
    let sizes = UploadPurpose::Avatar.sizes();
    let pictures = images::render(&encoded(&photo(1000, 500), ImageFormat::Png), sizes).unwrap();
    let measures: Vec<(u32, u32)> = pictures.iter().map(|picture| (picture.width, picture.height)).collect();
    assert_eq!(measures, [(96, 96), (256, 256), (500, 500)], "the largest is no larger than the original");
    let shown = |webp: &[u8]| image::load_from_memory_with_format(webp, ImageFormat::WebP).unwrap();

    let whole =
        images::render(&encoded(&logo(1600, 400), ImageFormat::Png), UploadPurpose::EventLogo.sizes());
    let whole = whole.unwrap();
    assert_eq!((whole[0].width, whole[0].height), (200, 50));
    let small = shown(&whole[0].webp);
    assert!(small.color().has_alpha());
    assert_eq!((small.get_pixel(2, 25)[3], small.get_pixel(100, 25)[3]), (0, 255));

    let secret = "52.5200 N, 13.4050 E";
    let phone = images::render(&jpeg_of_phone(900, 300, secret), UploadPurpose::EventBanner.sizes()).unwrap();
    assert_eq!((phone[1].width, phone[1].height), (300, 900), "turned upright");
    let upright = shown(&phone[1].webp);
    let (top, bottom) = (upright.get_pixel(150, 30), upright.get_pixel(150, 870));
    assert!(top[0] > 150 && bottom[2] > 150, "red was left, so it is on top: {top:?} {bottom:?}");
    for picture in &phone {
        let text = String::from_utf8_lossy(&picture.webp);
        assert!(!text.contains("52.5") && !text.contains("EXIF") && !text.contains("ICCP"));
    }

    let refused = Err(UploadRefused::TooManyPixels { width: 22_000, height: 22_000 });
    let bomb = png_bomb();
    assert!(bomb.len() < 500_000, "{} bytes", bomb.len());
    assert_eq!(images::render(&bomb, sizes), refused);
    assert_eq!(images::render(&bomb[..100], sizes), refused, "by its head: no pixel is decoded");
    let fine = images::render(&flat_png(300, 200, ColorType::Rgba), sizes).unwrap();
    assert_eq!(fine.len(), sizes.len(), "the same kind of file is fine as long as it is small");
}

#[tokio::test]
async fn bucket_selection() {
    for purpose in UploadPurpose::ALL {
        for (visibility, status, public) in [
            (EventVisibility::Public, EventStatus::Published, true),
            (EventVisibility::Public, EventStatus::Cancelled, true),
            (EventVisibility::Public, EventStatus::Archived, true),
            (EventVisibility::Public, EventStatus::Draft, false),
            (EventVisibility::Public, EventStatus::Deleted, false),
            (EventVisibility::Private, EventStatus::Published, false),
        ] {
            let is_public = bucket(purpose, Some((visibility, status))) == Bucket::Public;
            let expected = public && purpose != UploadPurpose::Avatar;
            assert_eq!(is_public, expected, "{purpose:?} {visibility:?} {status:?}");
        }
    }
    // What an interrupted move leaves is put right, and nothing is lost on the way.
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    upload(&olivia.browser, &format!("/files/events/{event}"), vec![("logo", "l.png", png(64, 64))]).await;
    let before = app.stored_keys().await;
    assert!(before.len() == 2 && before.iter().all(|key| key.starts_with("PUBLIC ")));
    let key = before[0].trim_start_matches("PUBLIC ").to_owned();
    assert!(app.services.storage.copy(Bucket::Public, Bucket::Private, &key).await.unwrap());
    app.wait(Duration::DAY + Duration::SECOND);
    uploads::sweep(&app.services).await.unwrap();
    assert_eq!(app.stored_keys().await, before, "the stray copy is gone");
    sqlx::query("update events set status = 'DELETED'").execute(&app.services.db).await.unwrap();
    uploads::sweep(&app.services).await.unwrap();
    assert!(app.stored_keys().await.iter().all(|key| key.starts_with("PRIVATE ")));
}

#[tokio::test]
async fn url_generation() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let event = app.published(&olivia).await;
    set_avatar(&ada.browser, png(64, 64)).await;
    let profile = "/settings/profile";
    let own = async || addresses(&ada.browser, profile, ".photo .avatar-picture").await.remove(0);
    let first = own().await;
    assert_eq!(own().await, first, "the same for a while, so that a browser keeps the picture");
    app.wait(Duration::minutes(5));
    let later = own().await;
    assert_ne!(later, first);
    for address in [&first, &later] {
        assert!(fetch(&ada.browser, address).await.is_some(), "both are good");
    }
    app.wait(Duration::minutes(10));
    assert!(fetch(&ada.browser, &first).await.is_none(), "a quarter of an hour at most");

    let path = format!("/files/events/{event}");
    let logo = async || {
        let page = app.browser().get(&format!("/events/{event}")).await.html();
        page.attributes(".event-logo", "src").remove(0)
    };
    upload(&olivia.browser, &path, vec![("logo", "l.png", png(64, 64))]).await;
    let public = logo().await;
    app.wait(Duration::days(3));
    assert_eq!(logo().await, public, "stable");
    let cached = app.browser().get(&public).await;
    assert_eq!(cached.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert!(cached.set_cookies().is_empty());
    olivia.browser.sign_in(&olivia.email, crate::support::cast::PASSWORD).await;
    upload(&olivia.browser, &path, vec![("logo", "l.png", png(80, 80))]).await;
    assert_ne!(logo().await, public, "another content has another address");
    assert!(fetch(&app.browser(), &public).await.is_none());
}
