//! Who signed up for a session and who came.

use domain::Conflict;
use http::StatusCode;
use time::Duration;

use crate::support::AttendingScene;

const SIGN_UP: &str = "attending/sign_up";
const MARK: &str = "attending/mark";

/// From the first sign-up to the organizers' table.
pub(super) async fn tracking() {
    let scene = AttendingScene::set().await;
    scene.seats(Some(2), true).await;
    let (ada, ben, cleo) = (
        scene.join("Ada", "ATTENDEE").await,
        scene.join("Ben", "ATTENDEE").await,
        scene.join("Cleo", "ATTENDEE").await,
    );
    let (maya, sam, tess) = (
        scene.join("Maya", "MODERATOR").await,
        scene.join("Sam", "SPEAKER").await,
        scene.join("Tess", "SPEAKER").await,
    );
    scene.speaks(&sam).await;
    let otto = scene.app.person("Otto").await;
    assert_eq!(scene.status(&otto, SIGN_UP, &[]).await, StatusCode::FORBIDDEN, "members only");
    for (who, count) in [(&ada, 1), (&ada, 1), (&ben, 2)] {
        assert_eq!(scene.status(who, SIGN_UP, &[]).await, StatusCode::OK);
        assert_eq!(scene.count().await, count, "twice is once");
    }
    let full = scene.call(&cleo, SIGN_UP, &[]).await;
    assert_eq!((full.status, full.error()), (StatusCode::CONFLICT, Conflict::SessionFull.into()));
    assert_eq!(scene.status(&ada, "attending/cancel_sign_up", &[]).await, StatusCode::OK);
    assert_eq!(scene.status(&cleo, SIGN_UP, &[]).await, StatusCode::OK, "the seat is free again");

    let list = scene.path("/sign-ups");
    for (who, status) in
        [(&ada, 403), (&tess, 403), (&sam, 200), (&maya, 200), (&scene.olivia, 200), (&otto, 403)]
    {
        assert_eq!(who.browser.get(&list).await.status.as_u16(), status, "{}", who.email);
    }
    let names = scene.olivia.browser.get(&list).await.html().texts(".row-body p:first-child");
    assert_eq!(names, ["Ben Test", "Cleo Test"]);

    let user = ben.signed_in.user.to_string();
    let present = [("user", user.as_str()), ("present", "yes")];
    let early = scene.call(&maya, MARK, &present).await;
    assert_eq!(early.error(), Conflict::AttendanceTooEarly.into());
    scene.until_start(Duration::minutes(15), &[&scene.olivia, &maya, &sam, &ada]).await;
    assert_eq!(scene.status(&ada, MARK, &present).await, StatusCode::FORBIDDEN);
    assert_eq!(scene.status(&maya, MARK, &present).await, StatusCode::OK);
    scene.app.wait(Duration::MINUTE);
    assert_eq!(scene.status(&sam, MARK, &present).await, StatusCode::OK, "again: the first mark stays");
    let rows = async || scene.olivia.browser.get(&list).await.html().texts(".row .meta");
    let marked = rows().await.remove(0);
    assert!(marked.contains("Present since 24 Sep 2026, 06:45 UTC, marked by Maya Test"), "{marked}");
    let search = scene.olivia.browser.get(&format!("{list}?search=ada")).await.html();
    assert_eq!(search.texts(".row-body p:first-child"), ["Ada Test"], "who came without signing up");
    let user = ada.signed_in.user.to_string();
    assert_eq!(scene.status(&sam, MARK, &[("user", &user), ("present", "yes")]).await, StatusCode::OK);
    let outsider = otto.signed_in.user.to_string();
    assert_eq!(
        scene.status(&sam, MARK, &[("user", &outsider), ("present", "yes")]).await,
        StatusCode::NOT_FOUND
    );
    assert_eq!(scene.count().await, 2, "a mark takes no seat");

    let csv = scene.path("/sign-ups.csv");
    assert_eq!(maya.browser.get(&csv).await.status, StatusCode::FORBIDDEN);
    let table = scene.olivia.browser.get(&csv).await;
    assert_eq!(table.header("content-type"), Some("text/csv; charset=utf-8"));
    let lines: Vec<&str> = table.body.lines().collect();
    assert_eq!(
        lines,
        [
            "Name,Email address,Signed up at,Present since,Marked by",
            "Ada Test,ada@example.org,,2026-09-24 06:46,Sam Test",
            "Ben Test,ben@example.org,2026-05-04 09:00,2026-09-24 06:45,Maya Test",
            "Cleo Test,cleo@example.org,2026-05-04 09:00,,",
        ]
    );
    let user = ben.signed_in.user.to_string();
    assert_eq!(scene.status(&maya, MARK, &[("user", &user), ("present", "no")]).await, StatusCode::OK);
    assert!(!rows().await[1].contains("Present"), "taken back");
}
