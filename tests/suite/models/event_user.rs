use domain::Conflict;
use domain::agenda::SessionSpeakerRole;
use domain::attendees::{EventRole, MembershipStatus, Standing};
use domain::events::{EventAction, EventStatus, EventVisibility, assignable, may};
use http::StatusCode;

use crate::support::{AgendaScene, ConnectionScene, EventTeam};

#[test]
fn role_hierarchy() {
    use EventRole::{Admin, Attendee, Moderator, Organizer, Speaker};
    assert!(Admin > Organizer && Organizer > Moderator && Moderator > Speaker && Speaker > Attendee);
    let standing = |role| Standing {
        membership: Some((role, MembershipStatus::Active)),
        ..Standing::visitor(EventStatus::Published)
    };
    let gives = |actor, of| assignable(of, EventVisibility::Public, &standing(actor));
    for of in EventRole::ALL {
        assert_eq!(gives(Admin, of), [Admin, Organizer, Moderator, Speaker, Attendee], "of {of:?}");
        let reach: &[EventRole] = if of <= Moderator { &[Moderator, Speaker, Attendee] } else { &[] };
        assert_eq!(gives(Organizer, of), reach, "of {of:?}");
        for below in [Moderator, Speaker, Attendee] {
            assert_eq!(gives(below, of), [], "{below:?} of {of:?}");
        }
    }
    let bans =
        |actor, role| may(EventAction::Restrict { role }, EventVisibility::Public, &standing(actor)).is_ok();
    for (actor, reach) in [
        (Attendee, vec![]),
        (Speaker, vec![]),
        (Moderator, vec![Attendee, Speaker]),
        (Organizer, vec![Attendee, Speaker, Moderator]),
        (Admin, EventRole::ALL.to_vec()),
    ] {
        let reached: Vec<_> = EventRole::ALL.into_iter().filter(|role| bans(actor, *role)).collect();
        assert_eq!(reached, reach, "{actor:?}");
    }
}

#[tokio::test]
async fn role_assignment() {
    let team = EventTeam::set().await;
    let profile = "update users set title = 'Pilot', bio = 'Flies kites.' where email = 'ada@example.org'";
    sqlx::query(profile).execute(&team.app.services.db).await.unwrap();
    let change =
        async |role: &str| team.about(&team.olivia, "change_role", &team.attendee, &[("role", role)]).await;
    for role in ["SPEAKER", "MODERATOR", "ORGANIZER", "ADMIN", "ATTENDEE"] {
        assert_eq!(change(role).await.status, StatusCode::OK, "{role}");
        let expected = (role.to_owned(), "ACTIVE".to_owned());
        assert_eq!(team.role_and_status(&team.attendee).await, expected, "one role at a time");
        assert_eq!(change(role).await.status, StatusCode::OK, "again is quiet");
    }
    for unknown in ["OWNER", "admin", "", "BOSS"] {
        assert_eq!(change(unknown).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{unknown:?}");
    }
    let texts = "select m.event_title, m.event_bio from event_members m join users u on u.id = m.user_id
                  where u.email = 'ada@example.org'";
    let texts: (Option<String>, Option<String>) =
        sqlx::query_as(texts).fetch_one(&team.app.services.db).await.unwrap();
    assert_eq!(texts, (Some("Pilot".to_owned()), Some("Flies kites.".to_owned())), "from when she spoke");
    let forged = "update event_members set role = 'OWNER'";
    let forged = sqlx::query(forged).execute(&team.app.services.db).await.unwrap_err();
    assert_eq!(services::db::violated(&forged), Some("event_members_role_known"));
    team.about(&team.olivia, "remove", &team.attendee, &[]).await;
    assert_eq!(change("SPEAKER").await.error(), Conflict::NotTakingPart.into());
}

#[tokio::test]
async fn networking_fields() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let sam = scene.member("Sam", "SPEAKER").await;
    scene.speaks(session, &sam, SessionSpeakerRole::Speaker).await;
    let profile =
        "update users set title = 'Pilot', bio = 'Flies kites.', company = 'Kite Works' where id = $1";
    sqlx::query(profile).bind(sam.signed_in.user.get()).execute(&scene.app.services.db).await.unwrap();
    let save = async |title: &str, bio: &str| {
        let version = scene.app.texts_version(&scene.event, &sam).await;
        let fields = [
            ("event", scene.event.as_str()),
            ("event_title", title),
            ("event_bio", bio),
            ("listed", "yes"),
            ("version", &version),
        ];
        sam.browser.call("/api/attendees/save_own_texts", &fields).await
    };
    let shown = async || {
        let page = format!("/speakers/{}", sam.signed_in.user);
        scene.app.browser().get(&scene.path(&page)).await.html().text(".profile-card")
    };
    assert!(shown().await.contains("Pilot"), "the profile, until the event has its own");
    assert_eq!(save("Keynote pilot", "Flies **one** kite here.").await.status, StatusCode::OK);
    let here = shown().await;
    assert!(here.contains("Keynote pilot") && here.contains("Kite Works"), "{here}");
    assert!(here.contains("Flies one kite here."), "as Markdown, over the profile: {here}");
    assert_eq!(save("", "").await.status, StatusCode::OK);
    let cleared = shown().await;
    assert!(cleared.contains("Pilot") && cleared.contains("Flies kites."), "both are clearable: {cleared}");
    let long = save(&"x".repeat(201), &"y".repeat(2_001)).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    let too_long = "x".repeat(201);
    let version = scene.app.texts_version(&scene.event, &sam).await;
    let typed = [
        ("event", scene.event.as_str()),
        ("event_title", too_long.as_str()),
        ("event_bio", "kept"),
        ("version", &version),
    ];
    let page = sam.browser.submit_and_follow("/api/attendees/save_own_texts", &typed).await.html();
    assert!(page.field_error("event_title").is_some() && page.value("event_bio") == "kept");
    let other = scene.member("Ada", "ATTENDEE").await;
    let user = sam.signed_in.user.to_string();
    let about = [
        ("event", scene.event.as_str()),
        ("member", user.as_str()),
        ("event_title", "Organized"),
        ("version", &version),
    ];
    let forbidden = other.browser.status("/api/attendees/save_texts", &about).await;
    assert_eq!(forbidden, StatusCode::FORBIDDEN, "nobody writes for another");
    assert_eq!(scene.olivia.browser.status("/api/attendees/save_texts", &about).await, StatusCode::OK);
    assert!(shown().await.contains("Organized"), "but organizers");
    let forged = "update event_members set event_title = repeat('x', 201)";
    let forged = sqlx::query(forged).execute(&scene.app.services.db).await.unwrap_err();
    assert_eq!(services::db::violated(&forged), Some("event_members_title_length"));
}

#[tokio::test]
async fn visibility_settings() {
    let scene = ConnectionScene::set().await;
    let (ada, ben) = (&scene.ada, &scene.ben);
    let page = format!("/events/{}/people", scene.event);
    let search = format!("{page}?search=ben");
    assert_eq!(scene.names(ada, &search).await, ["Ben Test"], "listed from the start");
    let version = scene.app.texts_version(&scene.event, ben).await;
    let off =
        [("event", scene.event.as_str()), ("event_title", ""), ("event_bio", ""), ("version", &version)];
    assert_eq!(ben.browser.status("/api/attendees/save_own_texts", &off).await, StatusCode::OK);
    for who in [ada, ben, &scene.sam] {
        assert!(!scene.names(who, &page).await.contains(&"Ben Test".to_owned()), "hidden from members");
        assert_eq!(scene.names(who, &search).await, [""; 0], "also from their search");
    }
    for organizer in [&scene.omar, &scene.olivia] {
        assert_eq!(scene.names(organizer, &search).await, ["Ben Test"], "not from organizers");
    }
    let own = ben.browser.get(&page).await.html().text("#own-visibility");
    assert!(own.starts_with("You are not listed here"), "{own}");
    let version = scene.app.texts_version(&scene.event, ben).await;
    let on = [
        ("event", scene.event.as_str()),
        ("event_title", ""),
        ("event_bio", ""),
        ("listed", "yes"),
        ("version", &version),
    ];
    assert_eq!(ben.browser.status("/api/attendees/save_own_texts", &on).await, StatusCode::OK);
    assert_eq!(scene.names(ada, &search).await, ["Ben Test"]);
}
