//! Views of the table of people under names of one's own, and texts that two windows edit.

use http::StatusCode;

use crate::support::{EventTeam, Member};

async fn save(team: &EventTeam, who: &Member, name: &str, search: &str) -> StatusCode {
    let fields = [
        ("event", team.event.as_str()),
        ("name", name),
        ("search", search),
        ("role", "SPEAKER"),
        ("view", "everybody"),
        ("sort", "joined"),
    ];
    who.browser.status("/api/attendees/save_view", &fields).await
}

async fn pills(team: &EventTeam, who: &Member, below: &str) -> Vec<String> {
    let page = who.browser.get(&team.page(&format!("/manage/people{below}"))).await;
    assert_eq!(page.status, StatusCode::OK);
    page.html().texts("nav[aria-label='Your views'] a")
}

#[tokio::test]
async fn organizers_keep_views_of_the_table_under_names_of_their_own() {
    let team = EventTeam::set().await;
    assert_eq!(save(&team, &team.olivia, "All who speak", "test").await, StatusCode::OK);
    assert_eq!(save(&team, &team.olivia, "Newest", "").await, StatusCode::OK);
    assert_eq!(pills(&team, &team.olivia, "").await, ["All who speak", "Newest"]);
    assert!(pills(&team, &team.organizer, "").await.is_empty(), "others have theirs");
    let page = team.olivia.browser.get(&team.page("/manage/people")).await.html();
    let links = page.attributes("nav[aria-label='Your views'] a", "href");
    let people = team.page("/manage/people");
    assert_eq!(links[0], format!("{people}?view=everybody&role=SPEAKER&search=test&sort=joined"));
    let opened = team.olivia.browser.get(&links[0]).await.html();
    assert_eq!(opened.texts("nav[aria-label='Your views'] [aria-current]"), ["All who speak"]);
    assert_eq!(opened.value("search"), "test");

    assert_eq!(save(&team, &team.olivia, "newest", "ada").await, StatusCode::OK, "the same name again");
    assert_eq!(pills(&team, &team.olivia, "").await, ["All who speak", "newest"], "is the same view");
    let id = opened.value("saved_view");
    let delete = [("event", team.event.as_str()), ("saved_view", id.as_str())];
    let call = "/api/attendees/delete_view";
    assert_eq!(team.organizer.browser.status(call, &delete).await, StatusCode::OK);
    assert_eq!(pills(&team, &team.olivia, "").await.len(), 2, "nobody deletes another's");
    assert_eq!(team.olivia.browser.status(call, &delete).await, StatusCode::OK);
    assert_eq!(pills(&team, &team.olivia, "").await, ["newest"]);
}

#[tokio::test]
async fn a_view_needs_a_name_and_a_filter_and_is_for_organizers() {
    let team = EventTeam::set().await;
    for name in ["", "x".repeat(41).as_str()] {
        assert_eq!(save(&team, &team.olivia, name, "").await, StatusCode::UNPROCESSABLE_ENTITY, "{name:?}");
    }
    assert_eq!(
        save(&team, &team.olivia, "Short", "a").await,
        StatusCode::UNPROCESSABLE_ENTITY,
        "no such search"
    );
    for other in [&team.moderator, &team.speaker, &team.attendee] {
        assert_eq!(save(&team, other, "Mine", "").await, StatusCode::FORBIDDEN, "{}", other.email);
    }
    for number in 0..20 {
        assert_eq!(save(&team, &team.olivia, &format!("View {number}"), "").await, StatusCode::OK);
    }
    assert_eq!(save(&team, &team.olivia, "One more", "").await, StatusCode::CONFLICT);
    assert_eq!(pills(&team, &team.olivia, "").await.len(), 20);
}

#[tokio::test]
async fn the_second_of_two_windows_is_told_and_loses_no_text() {
    let team = EventTeam::set().await;
    let me = team.page("/me");
    let window = async || team.attendee.browser.get(&me).await.html();
    let (first, second) = (window().await.value("version"), window().await.value("version"));
    assert_eq!(first, second);
    let save = async |version: &str, bio: &str| {
        let fields = [
            ("event", team.event.as_str()),
            ("event_title", "Pilot"),
            ("event_bio", bio),
            ("listed", "yes"),
            ("version", version),
        ];
        team.attendee.browser.submit("/api/attendees/save_own_texts", &fields).await
    };
    save(&first, "From the first window.").await;
    save(&second, "From the second window.").await;
    let answer = team.attendee.browser.get(&me).await;
    assert!(answer.body.contains("You saved a newer version in the meantime."), "{}", answer.body);
    let page = answer.html();
    assert_eq!(page.value("event_bio"), "From the second window.", "what was typed");
    let differing = page.texts(".differences td");
    assert_eq!(differing, ["From the first window.", "From the second window."], "side by side");
    save(&page.value("version"), "From both.").await;
    assert_eq!(window().await.value("event_bio"), "From both.");

    let user = team.attendee.signed_in.user.to_string();
    let about = |version: &'static str| {
        [
            ("event", team.event.clone()),
            ("member", user.clone()),
            ("event_bio", "Organized.".to_owned()),
            ("version", version.to_owned()),
        ]
    };
    let status = async |version: &'static str| {
        let fields = about(version);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        team.olivia.browser.status("/api/attendees/save_texts", &fields).await
    };
    assert_eq!(status("1").await, StatusCode::CONFLICT, "an organizer's form from before");
    assert_eq!(status("3").await, StatusCode::OK);
    assert_eq!(status("").await, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_file_of_people_is_whole_or_refused() {
    let team = EventTeam::set().await;
    let csv =
        async |below: &str| team.olivia.browser.get(&team.page(&format!("/manage/people.csv{below}"))).await;
    let small = csv("").await;
    assert_eq!((small.status, small.body.lines().count()), (StatusCode::OK, 6), "{}", small.body);
    crowd(&team, 100_000).await;
    let refused = csv("").await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("at most 100000 people, and these are 100005"), "{}", refused.body);
    assert_eq!(csv("?role=SPEAKER").await.body.lines().count(), 2, "a part of them is a file");
}

/// So many attendees more, made at once.
async fn crowd(team: &EventTeam, size: i32) {
    let mut tx = team.app.services.db.begin().await.unwrap();
    sqlx::query("set local statement_timeout = 0").execute(&mut *tx).await.unwrap();
    sqlx::query(
        "with made as (
             insert into users (id, email, first_name, last_name, password_hash, state, email_verified_at, created_at,
                                updated_at)
             select gen_random_uuid(), 'p' || n || '@example.org', 'P', n::text, 'x', 'ACTIVE', now(), now(), now()
               from generate_series(1, $1) n
             returning id)
         insert into event_members (event_id, user_id, role, status, source, joined_at)
         select e.id, made.id, 'ATTENDEE', 'ACTIVE', 'ADDED', now() from made, events e",
    )
    .bind(size)
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn the_table_takes_the_same_statements_for_five_people_and_for_two_thousand() {
    let team = EventTeam::set().await;
    let taken = async || {
        let mut counts = Vec::new();
        for below in ["", "?search=p1", "?role=ATTENDEE&sort=joined", "/several"] {
            let answer = team.olivia.browser.get(&team.page(&format!("/manage/people{below}"))).await;
            assert_eq!(answer.status, StatusCode::OK, "{below}");
            counts.push((below, answer.statements()));
        }
        counts
    };
    let for_five = taken().await;
    crowd(&team, 2000).await;
    assert_eq!(taken().await, for_five);
    let table = team.olivia.browser.get(&team.page("/manage/people")).await.html();
    assert!(
        table.text("main").contains("2,005") || table.text("main").contains("2005"),
        "all of them are counted"
    );
}
