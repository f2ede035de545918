use domain::accounts::{EmailAddress, Password};
use services::accounts::{PasswordHasher, PasswordPoolSettings};

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
