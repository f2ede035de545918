use domain::Denied;
use domain::accounts::{
    ConnectionRequestPermission, EmailAddress, EmailVisibility, Password, Privacy, SocialLinksVisibility,
    full_name,
};
use domain::realtime::CloseReason;
use http::StatusCode;
use services::accounts::{self, PasswordHasher, PasswordPoolSettings};

use crate::support::cast::PASSWORD;
use crate::support::{TestApp, database};

fn hasher() -> PasswordHasher {
    PasswordHasher::new(PasswordPoolSettings::default())
}

#[tokio::test]
async fn password_hashing() {
    let password = Password::parse("päss phrase with spaces 🏮 ").unwrap();
    let hasher = hasher();
    let (first, second) = (hasher.hash(&password).await.unwrap(), hasher.hash(&password).await.unwrap());
    assert!(first.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{first}");
    assert_ne!(first, second, "each hash has a salt of its own");
    assert!(!first.contains("phrase"));
    assert!(!format!("{password:?}").contains("phrase"), "nor does it reach a log");
}

#[tokio::test]
async fn password_verification() {
    let typed = " Ünïcode lantern 🏮 battery ";
    let hasher = hasher();
    let stored = hasher.hash(&Password::parse(typed).unwrap()).await.unwrap();
    assert!(hasher.verify(typed, Some(stored.clone())).await.unwrap(), "the exact password");
    let cut: String = typed.chars().take(20).collect();
    for other in [typed.trim(), &typed.to_lowercase(), &cut, "", "anything"] {
        assert!(!hasher.verify(other, Some(stored.clone())).await.unwrap(), "{other:?} is another one");
    }
    assert!(!hasher.verify(typed, None).await.unwrap(), "nobody's password");
    let max = "x".repeat(128);
    assert!(Password::parse(&max).is_ok() && Password::parse(&format!("{max}x")).is_err());
    assert!(Password::parse("1234567").is_err() && Password::parse("12345678").is_ok());
}

#[tokio::test]
async fn email_uniqueness() {
    let app = TestApp::start().await;
    app.person("Ada").await;
    let fields = [("first_name", "Impostor"), ("email", "  ADA@Example.ORG "), ("password", PASSWORD)];
    app.browser().call("/api/accounts/sign_up", &fields).await;
    let people: Vec<(String, String)> =
        sqlx::query_as("select email, first_name from users").fetch_all(&app.services.db).await.unwrap();
    assert_eq!(
        people,
        [("ada@example.org".to_owned(), "Ada".to_owned())],
        "no second account, the first untouched"
    );

    let db = database::fresh().await;
    let insert = async |id: u128, email: &str| {
        sqlx::query(
            "insert into users (id, email, first_name, state, created_at, updated_at)
             values ($1, $2, 'A', 'PLACEHOLDER', now(), now())",
        )
        .bind(uuid::Uuid::from_u128(id))
        .bind(email)
        .execute(&db)
        .await
        .map_err(|error| services::db::violated(&error).map(ToOwned::to_owned))
    };
    assert!(insert(1, "ben@example.org").await.is_ok());
    assert_eq!(insert(2, "ben@example.org").await.err().flatten().as_deref(), Some("users_email_unique"));
    assert_eq!(insert(3, "Ben@example.org").await.err().flatten().as_deref(), Some("users_email_canonical"));
    assert_eq!(EmailAddress::parse(" ADA@Example.ORG ").unwrap().as_str(), "ada@example.org");
    for bad in [
        "",
        "ada",
        "@example.org",
        "ada@",
        "a b@example.org",
        "ada@host",
        "ada@ex..org",
        "ada@-x.org",
        "a\n@x.org",
    ] {
        assert!(EmailAddress::parse(bad).is_err(), "{bad:?}");
    }
}

#[tokio::test]
async fn full_name_property() {
    for (first, last, whole) in [
        ("Ada", "Okafor", "Ada Okafor"),
        ("ada", "van der Berg", "ada van der Berg"),
        ("Prince", "", "Prince"),
    ] {
        assert_eq!(full_name(first, last), whole, "joined, trimmed, nothing re-cased");
    }
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let named = [("version", "1"), ("first_name", "  Ada Lovelace  "), ("last_name", "")];
    ada.browser.submit("/api/accounts/save_profile", &named).await;
    let home = ada.browser.get("/home").await.html();
    assert_eq!(home.text("h1"), "Hello Ada Lovelace", "a changed name counts at once");
    let nameless = [("version", "2"), ("first_name", " "), ("last_name", "Lovelace")];
    let refused = ada.browser.submit_and_follow("/api/accounts/save_profile", &nameless).await.html();
    assert!(refused.field_error("first_name").is_some(), "a first name is needed");
}

#[tokio::test]
async fn privacy_settings() {
    let app = TestApp::start().await;
    let ada = app.person("Ada").await;
    let own = accounts::own_profile(&app.services, &ada.signed_in).await.unwrap();
    assert_eq!(own.privacy, Privacy::default(), "a new account has the defaults");
    assert!(own.profile.show_presence && own.send_read_receipts);
    let defaults = Privacy {
        email_visibility: EmailVisibility::ConnectionsOrganizers,
        show_public_email: false,
        public_email: None,
        connection_requests: ConnectionRequestPermission::EventAttendees,
        social_links: SocialLinksVisibility::EventAttendees,
        show_company: true,
        show_bio: true,
    };
    assert_eq!(Privacy::default(), defaults);

    let refused_by = async |change: &'static str| {
        let changed = sqlx::query(sqlx::AssertSqlSafe(format!("update users set {change}")));
        let error = changed.execute(&app.services.db).await.err();
        error.and_then(|error| services::db::violated(&error).map(ToOwned::to_owned))
    };
    for (change, constraint) in [
        ("email_visibility = 'EVERYBODY'", "users_email_visibility_known"),
        ("allow_connection_requests = 'EVERYBODY'", "users_allow_connection_requests_known"),
        ("social_links_visibility = 'EVERYBODY'", "users_social_links_visibility_known"),
        ("show_public_email = true", "users_public_email_given"),
    ] {
        assert_eq!(refused_by(change).await.as_deref(), Some(constraint), "{change}");
    }
    assert_eq!(refused_by("show_public_email = true, public_email = 'a@b.example'").await, None);
}

#[tokio::test]
async fn user_soft_delete() {
    let app = TestApp::start().await;
    let (olivia, ada) = (app.person("Olivia").await, app.person("Ada").await);
    let organization = app.organization(&olivia, "Atria Test").await;
    app.join_organization(&organization, &ada, "MEMBER").await;
    let members =
        async || olivia.browser.get("/organizations/atria-test/members").await.html().texts(".row strong");
    assert_eq!(members().await, ["Ada Test", "Olivia Test"]);
    let phone = app.browser();
    phone.sign_in(&ada.email, PASSWORD).await;
    let mut socket = ada.browser.socket().await;
    app.browser().submit("/api/accounts/forgot_password", &[("email", &ada.email)]).await;
    let reset = app.inbox.about(&ada.email, "Set a new password").await.token("reset");

    let left = ada.browser.submit("/api/accounts/deactivate", &[]).await;
    assert_eq!(left.location(), "/signin");
    let reason = tokio::time::timeout(std::time::Duration::from_secs(1), socket.closes()).await;
    assert_eq!(reason, Ok(Some(CloseReason::SignedOut)));
    assert!(!ada.browser.is_signed_in().await && !phone.is_signed_in().await, "everywhere");
    assert_eq!(members().await, ["Olivia Test"], "hidden");
    let link = app.browser().get(&format!("/reset/{reset}")).await;
    assert_eq!(link.status, StatusCode::GONE, "open links end");

    let credentials = [("email", &*ada.email), ("password", PASSWORD)];
    let refused = phone.call("/api/accounts/sign_in", &credentials).await;
    assert_eq!((refused.status, refused.error()), (StatusCode::FORBIDDEN, Denied::Deactivated.into()));
    let wrong = phone.status("/api/accounts/sign_in", &[("email", &ada.email), ("password", "guess")]).await;
    assert_eq!(wrong, StatusCode::UNAUTHORIZED, "a wrong password learns nothing of that");
    let offer = phone.submit_and_follow("/api/accounts/sign_in", &credentials).await.html();
    assert!(offer.has("form[action='/api/accounts/come_back']"), "the way back is offered");
    assert!(!offer.has("input[type=password]"), "the password was right a moment ago");
    let stranger = app.browser().status("/api/accounts/come_back", &[("next", "")]).await;
    assert_eq!(stranger, StatusCode::UNPROCESSABLE_ENTITY, "in this browser alone");
    assert_eq!(phone.submit("/api/accounts/come_back", &[("next", "")]).await.location(), "/home");
    assert!(phone.is_signed_in().await);
    assert_eq!(members().await, ["Ada Test", "Olivia Test"], "all as it was");
}
