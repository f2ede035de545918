//! Lists of people that become invitations, and are taken back.

use domain::invitations::InvitationStatus;
use http::StatusCode;
use time::Duration;

use crate::support::{EventTeam, Member};

async fn sent(team: &EventTeam, addresses: &str) -> StatusCode {
    let target = format!("events/{}", team.event);
    let fields = [("target", target.as_str()), ("addresses", addresses), ("role", "SPEAKER")];
    team.olivia.browser.status("/api/invitations/send", &fields).await
}

async fn states(team: &EventTeam) -> Vec<(String, String)> {
    sqlx::query_as("select address, status from invitations order by address")
        .fetch_all(&team.app.services.db)
        .await
        .unwrap()
}

async fn undo(who: &Member, target: &str, import: &str) -> StatusCode {
    let fields = [("target", target), ("import", import)];
    who.browser.status("/api/invitations/undo_import", &fields).await
}

#[tokio::test]
async fn an_import_is_taken_back_as_one_and_who_accepted_stays() {
    let team = EventTeam::set().await;
    let target = format!("events/{}", team.event);
    let many = team.page("/manage/invitations/many");
    assert!(!team.olivia.browser.get(&many).await.html().has("#undo"), "nothing to take back");
    team.app.invite(&team.olivia, &target, "single@example.org", "ATTENDEE").await;
    assert_eq!(sent(&team, "first@example.org").await, StatusCode::OK);
    let otto = team.app.person("Otto").await;
    team.app.wait(Duration::MINUTE);
    assert_eq!(sent(&team, "one@example.org, two@example.org, otto@example.org").await, StatusCode::OK);
    let link = team.app.inbox.token_for(&otto.email, "invitations").await;
    let accepted = otto.browser.status("/api/invitations/accept", &[("token", &link)]).await;
    assert_eq!(accepted, StatusCode::OK);
    let page = team.olivia.browser.get(&many).await.html();
    assert!(page.text("main").contains("2 invitations of the last list are open."), "{}", page.text("main"));
    let import = page.value("import");

    for other in [&team.moderator, &team.attendee] {
        assert_eq!(undo(other, &target, &import).await, StatusCode::FORBIDDEN, "{}", other.email);
    }
    for (target, import) in [(target.as_str(), "nonsense"), ("organizations/atria-test", &import)] {
        assert_eq!(undo(&team.olivia, target, import).await, StatusCode::NOT_FOUND, "{target}");
    }
    for _twice in 0..2 {
        assert_eq!(undo(&team.olivia, &target, &import).await, StatusCode::OK);
    }
    let (open, over) = (InvitationStatus::Pending.as_str(), InvitationStatus::Cancelled.as_str());
    let expected = [
        ("first@example.org", open),
        ("one@example.org", over),
        ("otto@example.org", InvitationStatus::Accepted.as_str()),
        ("single@example.org", open),
        ("two@example.org", over),
    ];
    let expected = expected.map(|(address, status)| (address.to_owned(), status.to_owned()));
    assert_eq!(states(&team).await, expected);
    assert_eq!(team.role_and_status(&otto).await.0, "SPEAKER");
    let logged: i64 =
        sqlx::query_scalar("select count(*) from audit_entries where action = 'INVITATION_CANCELLED'")
            .fetch_one(&team.app.services.db)
            .await
            .unwrap();
    assert_eq!(logged, 2, "one line each");
    let page = team.olivia.browser.get(&many).await.html();
    assert!(page.text("main").contains("1 invitation of the last list is open."), "the list before");
    assert_eq!(sent(&team, "one@example.org").await, StatusCode::OK, "they can be invited again");
}

#[tokio::test]
async fn a_list_holds_five_thousand_and_a_day_a_thousand() {
    let team = EventTeam::set().await;
    let many = |count: usize| (0..count).map(|n| format!("p{n}@example.org")).collect::<Vec<_>>().join(", ");
    let target = format!("events/{}", team.event);
    let refusal = async |count: usize| {
        let list = many(count);
        let fields = [("target", target.as_str()), ("addresses", &list), ("role", "SPEAKER")];
        let answer = team.olivia.browser.call("/api/invitations/send", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{count}");
        super::event::error_at(&answer, "addresses").expect("at the list")
    };
    assert_eq!(refusal(5_501).await, "A list holds at most 5500; these are 5501.");
    assert!(
        refusal(1_001)
            .await
            .starts_with("An organization sends at most 1000 invitations a day, and 1001 of these")
    );
    assert!(states(&team).await.is_empty(), "nobody was invited");
}
