//! What two people do to one organization at once.

use http::StatusCode;

use crate::support::{Team, TestApp};

#[tokio::test]
async fn two_owners_who_demote_each_other_leave_one() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    assert_eq!(team.change(&team.olivia, &team.adam, "OWNER").await, StatusCode::OK);
    let (one, other) = tokio::join!(
        team.change(&team.olivia, &team.adam, "MEMBER"),
        team.change(&team.adam, &team.olivia, "MEMBER"),
    );
    let mut statuses = [one, other];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::FORBIDDEN], "the second is no owner any more");
    app.make_all_owners(&team.slug).await;
    let (one, other) = tokio::join!(team.leave(&team.olivia), team.leave(&team.adam));
    assert_eq!([one, other], [StatusCode::OK; 2], "Mia owns it too");
    app.join_organization(&team.slug, &team.adam, "OWNER").await;
    let (one, other) = tokio::join!(team.leave(&team.mia), team.leave(&team.adam));
    let left = [one, other].iter().filter(|status| **status == StatusCode::OK).count();
    assert_eq!(left, 1, "of the last two one may leave: {one} {other}");
}

#[tokio::test]
async fn whoever_closes_their_account_can_still_be_removed() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    assert_eq!(team.change(&team.olivia, &team.adam, "OWNER").await, StatusCode::OK);
    assert_eq!(team.adam.browser.status("/api/accounts/deactivate", &[]).await, StatusCode::OK);
    assert_eq!(team.leave(&team.olivia).await, StatusCode::CONFLICT, "who is gone is no owner to rely on");
    assert_eq!(
        team.remove(&team.olivia, &team.adam).await,
        StatusCode::OK,
        "and doesn't come back with power"
    );
}

#[tokio::test]
async fn who_decides_on_an_old_page_is_told_that_the_role_has_changed() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let user = team.mia.signed_in.user.to_string();
    let remove = async |seen: &str| {
        let fields = [("organization", team.slug.as_str()), ("user", user.as_str()), ("seen_role", seen)];
        team.olivia.browser.status("/api/organizations/remove_member", &fields).await
    };
    assert_eq!(team.change(&team.olivia, &team.mia, "OWNER").await, StatusCode::OK);
    let told = app.inbox.about(&team.mia.email, "Your role in Atria Test has changed").await;
    assert!(
        told.text.contains("Olivia Test changed your role in Atria Test. It is owner now."),
        "{}",
        told.text
    );
    assert_eq!(remove("MEMBER").await, StatusCode::CONFLICT);
    assert_eq!(team.roles().await, ["Admin", "Owner", "Owner"], "nobody was removed");
    assert_eq!(remove("OWNER").await, StatusCode::OK);
    app.inbox.about(&team.mia.email, "You were removed from Atria Test").await;
}
