//! Several people at once, the door, and the table as a file.

use domain::attendees::{BulkLine, BulkOutcome};
use domain::{Conflict, Denied};
use http::StatusCode;
use time::Duration;

use super::people::is;
use crate::support::{EventTeam, Member};

fn ids(people: &[&Member]) -> String {
    people.iter().map(|person| person.signed_in.user.to_string()).collect::<Vec<_>>().join(",")
}

#[tokio::test]
async fn several_people_change_at_once_and_each_is_answered() {
    let team = EventTeam::set().await;
    let all = [&team.attendee, &team.speaker, &team.moderator, &team.organizer, &team.olivia];
    let query: String = all.iter().map(|person| format!("member={}&", person.signed_in.user)).collect();
    let chosen = team.page(&format!("/manage/people/several?{query}"));
    let page = team.organizer.browser.get(&chosen).await;
    assert_eq!(page.html().text("h1"), "5 people chosen", "the number is restated");
    assert!(page.html().texts("button").contains(&"Remove 5 people".to_owned()), "{}", page.body);
    assert_eq!(team.moderator.browser.get(&chosen).await.status, StatusCode::FORBIDDEN);

    let fields = |role: &'static str| {
        [("event", team.event.clone()), ("members", ids(&all)), ("role", role.to_owned())]
    };
    let call = async |who: &Member, role: &'static str| {
        let fields = fields(role);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        who.browser.call("/api/attendees/change_roles", &fields).await
    };
    assert_eq!(call(&team.moderator, "SPEAKER").await.status, StatusCode::FORBIDDEN);
    assert_eq!(call(&team.organizer, "ADMIN").await.status, StatusCode::FORBIDDEN, "above what they grant");
    let lines: Vec<BulkLine> = call(&team.organizer, "SPEAKER").await.json();
    let outcomes: Vec<BulkOutcome> = lines.iter().map(|line| line.outcome.clone()).collect();
    assert_eq!(
        outcomes,
        [
            BulkOutcome::Done,
            BulkOutcome::Unchanged,
            BulkOutcome::Done,
            BulkOutcome::Refused(Denied::EventAdminsOnly.into()),
            BulkOutcome::Refused(Denied::EventAdminsOnly.into()),
        ]
    );
    assert_eq!(team.role_and_status(&team.moderator).await, is("SPEAKER", "ACTIVE"), "good rows are done");
    assert_eq!(team.role_and_status(&team.olivia).await, is("ADMIN", "ACTIVE"), "bad ones are not");
    let gone = [("event", team.event.as_str()), ("members", &ids(&[&team.attendee, &team.speaker]))];
    let page = team.organizer.browser.submit_and_follow("/api/attendees/remove_several", &gone).await;
    assert!(page.body.contains("Done for all 2."), "{}", page.body);
    assert_eq!(team.role_and_status(&team.attendee).await, is("SPEAKER", "REMOVED"));
    let nobody = [("event", team.event.as_str()), ("members", "")];
    let empty = team.organizer.browser.status("/api/attendees/remove_several", &nobody).await;
    assert_eq!(empty, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn people_are_checked_in_once_and_the_mark_can_be_taken_back() {
    let team = EventTeam::set().await;
    let mark = async |who: &Member, whom: &Member, present: &str| {
        team.about(who, "check_in", whom, &[("present", present)]).await
    };
    assert_eq!(mark(&team.speaker, &team.attendee, "yes").await.error(), Denied::ModeratorsOnly.into());
    assert_eq!(mark(&team.moderator, &team.attendee, "yes").await.status, StatusCode::OK);
    team.app.wait(Duration::MINUTE);
    assert_eq!(mark(&team.organizer, &team.attendee, "yes").await.status, StatusCode::OK);
    let door = team.page("/manage/check-in");
    let page = team.moderator.browser.get(&format!("{door}?search=ada")).await.html();
    assert_eq!(page.texts(".check-in-row strong"), ["Ada Test"]);
    assert!(page.text(".check-in-row").contains("09:00 UTC by Maya Test"), "the first mark stays");
    assert!(!page.text("main").contains("ada@example.org"), "moderators see no addresses");
    assert_eq!(page.text(".lead"), "1 of 5 have arrived.");
    assert_eq!(team.speaker.browser.get(&door).await.status, StatusCode::FORBIDDEN);
    let ben = team.app.person("Ben").await;
    team.app.join_event(&team.event, &ben, "ATTENDEE", "WAITLISTED").await;
    assert_eq!(mark(&team.moderator, &ben, "yes").await.error(), Conflict::NotTakingPart.into());
    assert_eq!(mark(&team.moderator, &team.attendee, "no").await.status, StatusCode::OK);
    let page = team.moderator.browser.get(&door).await.html();
    assert_eq!(page.text(".lead"), "0 of 5 have arrived.");
    let archive = "update events set status = 'ARCHIVED'";
    sqlx::query(archive).execute(&team.app.services.db).await.unwrap();
    assert_eq!(mark(&team.moderator, &team.attendee, "yes").await.error(), Conflict::EventArchived.into());
    assert_eq!(team.moderator.browser.get(&door).await.status, StatusCode::OK, "it can be read");
}

#[tokio::test]
async fn the_table_comes_as_a_file_that_runs_nothing() {
    let team = EventTeam::set().await;
    let evil =
        "update users set company = '=HYPERLINK(1)', title = '@SUM(1)' where email = 'ada@example.org'";
    sqlx::query(evil).execute(&team.app.services.db).await.unwrap();
    let file = team.page("/manage/people.csv");
    for other in [&team.moderator, &team.speaker, &team.attendee] {
        assert_eq!(other.browser.get(&file).await.status, StatusCode::FORBIDDEN, "{}", other.email);
    }
    let answer = team.organizer.browser.get(&format!("{file}?role=ATTENDEE")).await;
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
    let lines: Vec<&str> = answer.body.lines().collect();
    assert_eq!(lines[0], "Name,Email address,Company,Title,Role,Status,Joined at,Checked in at");
    assert_eq!(lines.len(), 2, "only what the table shows");
    assert!(
        lines[1].starts_with("Ada Test,ada@example.org,'=HYPERLINK(1),'@SUM(1),Attendee,Taking part,"),
        "{}",
        lines[1]
    );
    assert_eq!(team.organizer.browser.get(&format!("{file}?view=nothing")).await.status.as_u16(), 422);
}
