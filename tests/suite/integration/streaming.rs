//! The stage of a session, and the organization's own accounts at streaming services.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::StatusCode;
use ring::rsa::KeyPair;
use ring::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use serde_json::Value;
use time::Duration;

use crate::support::attending::START;
use crate::support::pictures::{fetch, png, set_avatar};
use crate::support::{AttendingScene, Member};

/// Made for these tests; it opens nothing.
const KEY: &str = include_str!("../support/stream_key.pem");

async fn save(scene: &AttendingScene, who: &Member, fields: &[(&str, &str)]) -> StatusCode {
    let version: i32 = sqlx::query_scalar("select version from agenda_sessions")
        .fetch_one(&scene.app.services.db)
        .await
        .unwrap();
    let version = version.to_string();
    let mut all = vec![("version", version.as_str())];
    all.extend(fields);
    scene.status(who, "streaming/save_stream", &all).await
}

async fn stage(scene: &AttendingScene, who: &Member) -> String {
    let answer = who.browser.get(&scene.path("/stage")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.html().text(".stage")
}

async fn links(scene: &AttendingScene, who: &Member) -> Vec<String> {
    who.browser.get(&scene.path("")).await.html().texts(".own-place-links a")
}

async fn credentials(who: &Member, fields: &[(&str, &str)]) -> StatusCode {
    let all: Vec<_> = [("organization", "atria-test")].into_iter().chain(fields.iter().copied()).collect();
    who.browser.status("/api/streaming/save_credentials", &all).await
}

/// What a token says, once its signature is good.
fn claims(token: &str) -> (Value, Value) {
    let parts: Vec<&str> = token.split('.').collect();
    let der: String = KEY.lines().filter(|line| !line.starts_with("-----")).collect();
    let pair = KeyPair::from_pkcs8(&STANDARD.decode(der).unwrap()).unwrap();
    let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, pair.public_key().as_ref().to_vec());
    let signature = URL_SAFE_NO_PAD.decode(parts[2]).unwrap();
    public.verify(format!("{}.{}", parts[0], parts[1]).as_bytes(), &signature).expect("signed with the key");
    let read = |part: &str| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    (read(parts[0]), read(parts[1]))
}

#[tokio::test]
async fn members_get_the_link_in_its_time_and_the_passcode_stands_nowhere_else() {
    let scene = AttendingScene::set().await;
    let (ada, sam, otto) = (
        scene.join("Ada", "ATTENDEE").await,
        scene.join("Sam", "SPEAKER").await,
        scene.app.person("Otto").await,
    );
    scene.speaks(&sam).await;
    assert!(stage(&scene, &ada).await.contains("isn't streamed"));
    let leads = async || links(&scene, &ada).await.contains(&"Stage".to_owned());
    assert!(!leads().await, "nothing to go to");
    let zoom = [("platform", "ZOOM"), ("value", "123 456 789"), ("passcode", "hush")];
    assert_eq!(save(&scene, &ada, &zoom).await, StatusCode::FORBIDDEN);
    assert_eq!(save(&scene, &scene.olivia, &zoom).await, StatusCode::OK);
    let stale = [("version", "1"), ("platform", "")];
    assert_eq!(scene.status(&scene.olivia, "streaming/save_stream", &stale).await, StatusCode::CONFLICT);
    assert_eq!(otto.browser.get(&scene.path("/stage")).await.status, StatusCode::NOT_FOUND, "no member");
    assert!(leads().await && stage(&scene, &ada).await.contains("isn't open yet"));
    assert!(stage(&scene, &sam).await.contains("hush"), "speakers of the session at any time");
    let everybody = [&scene.olivia, &ada, &sam];
    scene.until_start(Duration::minutes(15), &everybody).await;
    let open = ada.browser.get(&scene.path("/stage")).await;
    assert!(open.html().text(".stage").contains("Passcode: hush"));
    assert_eq!(open.html().attributes(".stage a.button", "href"), ["https://zoom.us/j/123456789"]);
    assert!(!open.body.contains("<iframe"));
    for page in ["", "/now", "/changes", "/agenda.ics", "/sponsors"] {
        let body = ada.browser.get(&format!("/events/{}{page}", scene.event)).await.body;
        assert!(!body.contains("hush") && !body.contains("123456789"), "{page}");
    }
    scene.seats(None, true).await;
    assert!(stage(&scene, &ada).await.contains("for those who signed up"));
    scene.call(&ada, "attending/sign_up", &[]).await;
    assert!(stage(&scene, &ada).await.contains("hush"));
    scene.app.wait(Duration::minutes(75));
    assert!(stage(&scene, &ada).await.contains("over"));
    sqlx::query("update event_members set status = 'BANNED' where role = 'ATTENDEE'")
        .execute(&scene.app.services.db)
        .await
        .unwrap();
    assert_eq!(ada.browser.get(&scene.path("/stage")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        save(&scene, &scene.olivia, &[("platform", "")]).await,
        StatusCode::OK,
        "and it can be cleared"
    );
}

#[tokio::test]
async fn a_player_loads_after_a_click_that_names_its_owner_and_only_that_page_allows_it() {
    let scene = AttendingScene::set().await;
    let ada = scene.join("Ada", "ATTENDEE").await;
    let vimeo = [("platform", "VIMEO"), ("value", "https://vimeo.com/76979871/8272103f6e")];
    assert_eq!(save(&scene, &scene.olivia, &vimeo).await, StatusCode::OK);
    scene.until_start(Duration::ZERO, &[&ada]).await;
    let before = ada.browser.get(&scene.path("/stage")).await;
    assert_eq!(before.html().texts(".stage a"), ["Play with Vimeo"]);
    assert!(!before.body.contains("player.vimeo.com"));
    let policy =
        |answer: &crate::support::Answer| answer.header("content-security-policy").unwrap().to_owned();
    assert!(!policy(&before).contains("frame-src"));
    let after = ada.browser.get(&scene.path("/stage?play=yes")).await;
    let source = after.html().attributes("iframe", "src");
    assert_eq!(source, ["https://player.vimeo.com/video/76979871?dnt=1&h=8272103f6e"]);
    assert!(policy(&after).ends_with("frame-src https://player.vimeo.com"), "{}", policy(&after));
    assert!(policy(&after).contains("script-src 'self' 'nonce-"), "and the rest as everywhere");
}

#[tokio::test]
async fn credentials_are_sealed_complete_and_never_shown_again() {
    let scene = AttendingScene::set().await;
    let mia = scene.app.person("Mia").await;
    scene.app.join_organization("atria-test", &mia, "MEMBER").await;
    let set = [("kind", "MUX_SIGNING"), ("id", "signing-key-77fa"), ("secret", KEY)];
    assert_eq!(credentials(&mia, &set).await, StatusCode::FORBIDDEN);
    for broken in ["", "no key", &KEY[..200], "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"]
    {
        let fields = [set[0], set[1], ("secret", broken)];
        assert_eq!(credentials(&scene.olivia, &fields).await, StatusCode::UNPROCESSABLE_ENTITY, "{broken}");
    }
    assert_eq!(
        credentials(&scene.olivia, &[set[0], ("id", ""), set[2]]).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let packed = STANDARD.encode(KEY);
    let as_mux_gives_it = [set[0], set[1], ("secret", packed.as_str())];
    for fields in [&as_mux_gives_it, &set] {
        assert_eq!(credentials(&scene.olivia, fields).await, StatusCode::OK);
    }
    let page = scene.olivia.browser.get("/organizations/atria-test/settings/streaming").await;
    assert!(page.html().text("main").contains("Configured. The ID ends with 77fa."));
    for secret in ["signing-key", "PRIVATE KEY"] {
        assert!(!page.body.contains(secret), "{secret}");
    }
    let sealed: Vec<u8> = sqlx::query_scalar("select sealed from organization_credentials")
        .fetch_one(&scene.app.services.db)
        .await
        .unwrap();
    let text = String::from_utf8_lossy(&sealed);
    assert!(!text.contains("signing-key") && !text.contains("PRIVATE"), "encrypted at rest");
    let token = [("kind", "MUX_TOKEN"), ("id", "token-1"), ("secret", "s3cret")];
    assert_eq!(credentials(&scene.olivia, &token).await, StatusCode::OK);
    assert_eq!(
        credentials(&scene.olivia, &[("kind", "ZOOM"), token[1], token[2]]).await,
        StatusCode::NOT_FOUND
    );
}

/// Others in a meeting have no login session here.
async fn is_for_the_meeting_alone(scene: &AttendingScene, avatar: &str) {
    let path = avatar.strip_prefix(&scene.app.origin).expect("at our public address");
    let stranger = scene.app.browser();
    assert!(fetch(&stranger, path).await.is_some(), "whoever is there");
    let forged = [path.replace("/256.webp", "/600.webp"), path.replace("until=", "until=9")];
    for other in forged {
        assert!(fetch(&stranger, &other).await.is_none(), "neither another size nor longer: {other}");
    }
}

#[tokio::test]
async fn signed_streams_need_the_organizations_keys_and_without_them_the_stage_says_so() {
    let scene = AttendingScene::set().await;
    let ada = scene.join("Ada", "ATTENDEE").await;
    let mux =
        [("platform", "MUX"), ("value", "DS00Spx1CV902MCtPj5WknGlR102V5HFkDe"), ("mux_policy", "SIGNED")];
    let jitsi = [("platform", "JITSI"), ("value", "Main Stage")];
    assert_eq!(save(&scene, &scene.olivia, &mux).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(save(&scene, &scene.olivia, &jitsi).await, StatusCode::UNPROCESSABLE_ENTITY);
    let keys = [("kind", "MUX_SIGNING"), ("id", "mux-key"), ("secret", KEY)];
    assert_eq!(credentials(&scene.olivia, &keys).await, StatusCode::OK);
    let keys = [("kind", "JAAS"), ("id", "vpaas-1/abc"), ("application_id", "vpaas-1"), ("secret", KEY)];
    assert_eq!(credentials(&scene.olivia, &keys).await, StatusCode::OK);
    assert_eq!(save(&scene, &scene.olivia, &mux).await, StatusCode::OK);
    scene.until_start(Duration::ZERO, &[&ada, &scene.olivia]).await;
    let end = (START + Duration::hours(2)).unix_timestamp();
    let player =
        ada.browser.get(&scene.path("/stage?play=yes")).await.html().attributes("iframe", "src").remove(0);
    for (name, audience) in [("playback-token", "v"), ("thumbnail-token", "t"), ("storyboard-token", "s")] {
        let token = player.split(&format!("{name}=")).nth(1).unwrap().split('&').next().unwrap();
        let (head, body) = claims(token);
        assert_eq!((&head["alg"], &head["kid"]), (&"RS256".into(), &"mux-key".into()));
        assert_eq!(
            (&body["sub"], &body["aud"], &body["exp"]),
            (&mux[1].1.into(), &audience.into(), &end.into())
        );
    }
    assert_eq!(save(&scene, &scene.olivia, &jitsi).await, StatusCode::OK);
    let form = format!("/events/{}/manage/agenda/{}/stream", scene.event, scene.session);
    let form = scene.olivia.browser.get(&form);
    assert!(form.await.html().has("a[href='/organizations/atria-test/settings/streaming']"), "to the keys");
    set_avatar(&scene.olivia.browser, png(300, 300)).await;
    for (who, moderates) in [(&ada, false), (&scene.olivia, true)] {
        let link = who
            .browser
            .get(&scene.path("/stage"))
            .await
            .html()
            .attributes(".stage a.button", "href")
            .remove(0);
        let token = link.strip_prefix("https://8x8.vc/vpaas-1/main-stage?jwt=").expect("the room");
        let (head, body) = claims(token);
        assert_eq!(head["kid"], "vpaas-1/abc");
        assert_eq!((&body["sub"], &body["room"]), (&"vpaas-1".into(), &"main-stage".into()));
        let now = scene.app.services.clock.now().unix_timestamp();
        assert_eq!((&body["nbf"], &body["exp"]), (&(now - 10).into(), &end.into()));
        let mut user = serde_json::json!({ "name": who.signed_in.full_name, "moderator": moderates });
        if moderates {
            let avatar = body["context"]["user"]["avatar"].as_str().expect("her picture").to_owned();
            is_for_the_meeting_alone(&scene, &avatar).await;
            user["avatar"] = avatar.into();
        }
        assert_eq!(body["context"]["user"], user, "and no address");
    }
    let remove = [("organization", "atria-test"), ("kind", "JAAS")];
    assert_eq!(
        scene.olivia.browser.status("/api/streaming/remove_credentials", &remove).await,
        StatusCode::OK
    );
    assert!(stage(&scene, &ada).await.contains("The stream is not configured"));
}
