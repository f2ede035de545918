//! What organizers alone see of sponsors, and how many there may be.

use domain::Conflict;
use http::StatusCode;

use crate::support::SponsorScene;

#[tokio::test]
async fn contacts_are_on_the_pages_of_organizers_and_nowhere_else() {
    let scene = SponsorScene::set().await;
    let page = format!("/events/{}", scene.event);
    scene.add("Gold", "Bolt").await;
    let key = scene.form_key();
    let contact = [
        ("name", "Acme"),
        ("contact_name", "Wile Secret"),
        ("contact_email", "secret@acme.example"),
        ("contact_phone", "555 0199"),
        ("form_key", &key),
    ];
    let acme: String = scene.call("sponsors/create", &contact).await.json();
    let ada = scene.app.person("Ada").await;
    scene.app.register(&ada, &scene.event).await;
    for (browser, path) in [
        (&scene.app.browser(), format!("{page}/sponsors")),
        (&scene.app.browser(), page.clone()),
        (&ada.browser, format!("{page}/sponsors")),
        (&scene.olivia.browser, format!("{page}/sponsors")),
    ] {
        let answer = browser.get(&path).await;
        assert!(answer.body.contains("Acme"), "{path}");
        for secret in ["Wile Secret", "secret@acme.example", "555 0199"] {
            assert!(!answer.body.contains(secret), "{path} tells {secret}");
        }
    }
    let own = scene.olivia.browser.get(&format!("{page}/manage/sponsors/{acme}")).await.html();
    assert_eq!(own.value("contact_phone"), "555 0199");
    assert_eq!(ada.browser.get(&format!("{page}/manage/sponsors")).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_event_has_at_most_30_tiers_and_500_sponsors() {
    let scene = SponsorScene::set().await;
    scene.add("Gold", "A").await;
    scene.add("Gold", "B").await;
    for n in 5..30 {
        let key = scene.form_key();
        let tier = [("name", "More"), ("colour", "#000000"), ("form_key", &key)];
        assert_eq!(scene.status("sponsor_tiers/create", &tier).await, StatusCode::OK, "tier {n}");
    }
    let key = scene.form_key();
    let tier = [("name", "More"), ("colour", "#000000"), ("form_key", &key)];
    assert_eq!(
        scene.call("sponsor_tiers/create", &tier).await.error(),
        Conflict::TooManyTiers { max: 30 }.into()
    );
    let many = "insert into sponsors (id, event_id, order_key, name, form_key, created_at, updated_at)
                select gen_random_uuid(), s.event_id, 'A' || n || 'z', 'Many', gen_random_uuid(), now(), now()
                  from sponsors s, generate_series(1, 498) n where s.name = 'B'";
    sqlx::query(many).execute(&scene.app.services.db).await.unwrap();
    let new = [("name", "One more"), ("form_key", &key)];
    assert_eq!(
        scene.call("sponsors/create", &new).await.error(),
        Conflict::TooManySponsors { max: 500 }.into()
    );
}
