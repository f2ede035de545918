//! Somebody is removed from an organization and its events, where they are the only admin.

use domain::Conflict;
use http::StatusCode;

use super::people::is;
use crate::support::{EventTeam, Member};

#[tokio::test]
async fn whoever_is_removed_from_the_organization_leaves_no_event_without_an_admin() {
    let team = EventTeam::set().await;
    let (adam, mia) = (team.app.person("Adam").await, team.app.person("Mia").await);
    team.app.join_organization("atria-test", &adam, "ADMIN").await;
    team.app.join_organization("atria-test", &mia, "MEMBER").await;
    let left = "update event_members set status = 'LEFT' where role = 'ADMIN'";
    sqlx::query(left).execute(&team.app.services.db).await.unwrap();
    team.app.join_event(&team.event, &mia, "ADMIN", "ACTIVE").await;
    let remove = |whom: &Member| {
        vec![
            ("organization".to_owned(), "atria-test".to_owned()),
            ("user".to_owned(), whom.signed_in.user.to_string()),
            ("from_events".to_owned(), "yes".to_owned()),
        ]
    };
    let fields = remove(&mia);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    let refused = adam.browser.call("/api/organizations/remove_member", &fields).await;
    assert_eq!(refused.error(), Conflict::LastEventAdmin.into(), "nobody gives themselves an event");
    assert_eq!(team.role_and_status(&mia).await, is("ADMIN", "ACTIVE"), "and nothing has changed");

    let page = team.olivia.browser.submit_and_follow("/api/organizations/remove_member", &fields).await;
    assert!(page.body.contains("They were the only admin of"), "{}", page.body);
    assert_eq!(team.role_and_status(&mia).await, is("ADMIN", "REMOVED"));
    assert_eq!(
        team.role_and_status(&team.olivia).await,
        is("ADMIN", "ACTIVE"),
        "an owner acts as one anyway"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_admins_who_are_removed_at_once_the_event_keeps_one() {
    for round in 0..4 {
        let team = EventTeam::set().await;
        let people = ["Adam", "Anna", "Mia", "Moe"];
        let mut members = Vec::new();
        for (index, name) in people.iter().enumerate() {
            let person = team.app.person(name).await;
            let role = if index < 2 { "OWNER" } else { "MEMBER" };
            team.app.join_organization("atria-test", &person, role).await;
            members.push(person);
        }
        sqlx::query("update event_members set status = 'LEFT' where role = 'ADMIN'")
            .execute(&team.app.services.db)
            .await
            .unwrap();
        for person in &members[2..] {
            team.app.join_event(&team.event, person, "ADMIN", "ACTIVE").await;
        }
        let remove = async |who: &Member, whom: &Member| {
            let user = whom.signed_in.user.to_string();
            let fields = [("organization", "atria-test"), ("user", user.as_str()), ("from_events", "yes")];
            who.browser.status("/api/organizations/remove_member", &fields).await
        };
        let leave = [("event", team.event.as_str()), ("confirmed", "yes")];
        let (one, other, left) = tokio::join!(
            remove(&members[0], &members[2]),
            remove(&members[1], &members[3]),
            members[3].browser.status("/api/attendees/leave", &leave),
        );
        assert_eq!([one, other], [StatusCode::OK; 2], "round {round}");
        let rows = team.app.event_members(&team.event).await;
        let admins = rows.iter().filter(|(_, role, status)| role == "ADMIN" && status == "ACTIVE").count();
        assert!(admins >= 1, "round {round}, leaving was {left}: {rows:?}");
        for gone in &members[2..] {
            assert_ne!(team.role_and_status(gone).await.1, "ACTIVE", "round {round}");
        }
    }
}
