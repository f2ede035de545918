//! What organizers do to the people of their event.

use domain::chat::RoomKind;
use domain::realtime::{RefusalCode, ServerFrame, Topic};
use domain::{Conflict, Denied};
use http::StatusCode;
use time::Duration;

use crate::support::{Answer, EventTeam, Member};

impl EventTeam {
    /// One of the calls about a member, as this person's page sends it.
    pub async fn about(&self, who: &Member, call: &str, whom: &Member, more: &[(&str, &str)]) -> Answer {
        let user = whom.signed_in.user.to_string();
        let mut fields = vec![("event", self.event.as_str()), ("member", user.as_str())];
        fields.extend(more);
        who.browser.call(&format!("/api/attendees/{call}"), &fields).await
    }

    pub async fn role_and_status(&self, whom: &Member) -> (String, String) {
        let members = self.app.event_members(&self.event).await;
        let row = members.into_iter().find(|(email, ..)| *email == whom.email);
        row.map_or_else(|| ("none".to_owned(), "none".to_owned()), |(_, role, status)| (role, status))
    }

    pub async fn limit_seats(&self, seats: i32) {
        let limit = "update events set max_attendees = $1";
        sqlx::query(limit).bind(seats).execute(&self.app.services.db).await.unwrap();
    }
}

pub fn is(role: &str, status: &str) -> (String, String) {
    (role.to_owned(), status.to_owned())
}

/// Organizers add members of their organization directly, others come by registration; removal frees the seat, and can
/// be taken back.
pub async fn attendee_management() {
    let team = EventTeam::set().await;
    let (mia, otto) = (team.app.person("Mia").await, team.app.person("Otto").await);
    team.app.join_organization("atria-test", &mia, "MEMBER").await;
    let add = async |who: &Member, whom: &Member, role: &str| {
        team.about(who, "add", whom, &[("role", role)]).await.status
    };
    for other in [&team.attendee, &team.speaker, &team.moderator] {
        assert_eq!(add(other, &mia, "ATTENDEE").await, StatusCode::FORBIDDEN, "{}", other.email);
    }
    assert_eq!(add(&team.organizer, &mia, "ADMIN").await, StatusCode::FORBIDDEN, "above what they grant");
    assert_eq!(add(&team.organizer, &mia, "BOSS").await, StatusCode::UNPROCESSABLE_ENTITY);
    let outside = add(&team.organizer, &otto, "ATTENDEE").await;
    assert_eq!(outside, StatusCode::UNPROCESSABLE_ENTITY, "no member of the organization: invite him");
    let offered = team.organizer.browser.get(&team.page("/manage/people/add?search=mia")).await.html();
    assert_eq!(offered.texts(".people-candidate strong"), ["Mia Test"]);
    team.limit_seats(2).await;
    assert_eq!(add(&team.organizer, &mia, "ATTENDEE").await, StatusCode::OK);
    assert_eq!(team.role_and_status(&mia).await, is("ATTENDEE", "ACTIVE"));
    let told = team.app.inbox.about(&mia.email, "You were added to Rust Day").await;
    assert!(told.text.contains("Omar Test added you to Rust Day as attendee."), "{}", told.text);
    assert_eq!(add(&team.organizer, &mia, "ATTENDEE").await, StatusCode::CONFLICT, "she is there");

    let ben = team.app.person("Ben").await;
    team.app.register(&ben, &team.event).await;
    assert_eq!(team.role_and_status(&ben).await, is("ATTENDEE", "WAITLISTED"), "Ada and Mia have the seats");
    let forbidden = team.about(&team.speaker, "remove", &mia, &[]).await;
    assert_eq!((forbidden.status, forbidden.error()), (StatusCode::FORBIDDEN, Denied::OrganizersOnly.into()));
    assert_eq!(team.about(&team.organizer, "remove", &mia, &[]).await.status, StatusCode::OK);
    assert_eq!(team.role_and_status(&mia).await, is("ATTENDEE", "REMOVED"));
    assert_eq!(team.role_and_status(&ben).await, is("ATTENDEE", "ACTIVE"), "the seat is his");
    team.app.inbox.about(&ben.email, "A seat is yours: Rust Day").await;
    team.app.inbox.about(&mia.email, "You were removed from Rust Day").await;
    assert_eq!(mia.browser.get(&team.page("/now")).await.status, StatusCode::NOT_FOUND, "no member any more");
    assert_eq!(
        team.about(&team.organizer, "remove", &mia, &[]).await.status,
        StatusCode::OK,
        "again is quiet"
    );
    assert_eq!(team.about(&team.organizer, "bring_back", &mia, &[]).await.status, StatusCode::OK);
    assert_eq!(team.role_and_status(&mia).await, is("ATTENDEE", "WAITLISTED"), "Ben has her seat");
    let unknown = team.about(&team.organizer, "remove", &otto, &[]).await.status;
    assert_eq!(unknown, StatusCode::NOT_FOUND, "nobody here");
    let log = team.olivia.browser.get("/organizations/atria-test/audit").await.html();
    let log = log.texts(".row p:first-child");
    for line in [
        "Omar Test added Mia Test to Rust Day",
        "Omar Test removed Mia Test from Rust Day",
        "Omar Test brought back Mia Test in Rust Day",
    ] {
        assert!(log.iter().any(|found| found == line), "{line}: {log:?}");
    }
}

/// Seats are taken one by one, then people wait; a raised limit, a removal and a higher role let them move up in order,
/// and nobody becomes an attendee without a seat.
pub async fn capacity_limits() {
    let team = EventTeam::set().await;
    team.limit_seats(1).await;
    let (ben, cleo, dora) =
        (team.app.person("Ben").await, team.app.person("Cleo").await, team.app.person("Dora").await);
    for person in [&ben, &cleo, &dora] {
        team.app.register(person, &team.event).await;
        team.app.wait(Duration::SECOND);
        assert_eq!(team.role_and_status(person).await, is("ATTENDEE", "WAITLISTED"));
    }
    let full = team.about(&team.organizer, "change_role", &team.speaker, &[("role", "ATTENDEE")]).await;
    assert_eq!((full.status, full.error()), (StatusCode::CONFLICT, Conflict::EventFull.into()));
    assert_eq!(team.role_and_status(&team.speaker).await, is("SPEAKER", "ACTIVE"), "nothing was done");

    let promote = [("role", "MODERATOR"), ("seen_role", "ATTENDEE")];
    let promoted = team.about(&team.organizer, "change_role", &team.attendee, &promote).await;
    assert_eq!(promoted.status, StatusCode::OK);
    assert_eq!(team.role_and_status(&ben).await, is("ATTENDEE", "ACTIVE"), "Ada takes no seat any more");
    assert_eq!(team.role_and_status(&cleo).await, is("ATTENDEE", "WAITLISTED"));
    let from_waitlist = team.about(&team.organizer, "change_role", &cleo, &[("role", "SPEAKER")]).await;
    assert_eq!(from_waitlist.status, StatusCode::OK, "a speaker needs none");
    assert_eq!(team.role_and_status(&cleo).await, is("SPEAKER", "ACTIVE"));
    let (seats, rows): (i32, i64) = sqlx::query_as(
        "select e.seats_taken, (select count(*) from event_members m where m.event_id = e.id
                                   and m.role = 'ATTENDEE' and m.status = 'ACTIVE') from events e",
    )
    .fetch_one(&team.app.services.db)
    .await
    .unwrap();
    assert_eq!((seats, rows), (1, 1));
    let over = sqlx::query("update events set seats_taken = 2").execute(&team.app.services.db).await;
    assert_eq!(services::db::violated(&over.unwrap_err()), Some("events_seats_within_capacity"));
}

#[tokio::test]
async fn organizers_reach_three_roles_and_admins_everybody_but_themselves() {
    let team = EventTeam::set().await;
    let admin = team.app.person("Adam").await;
    team.app.join_event(&team.event, &admin, "ADMIN", "ACTIVE").await;
    let change = async |who: &Member, whom: &Member, role: &str| {
        team.about(who, "change_role", whom, &[("role", role)]).await
    };
    let only_admins = change(&team.organizer, &team.attendee, "ORGANIZER").await;
    assert_eq!(only_admins.error(), Denied::EventAdminsOnly.into());
    assert_eq!(change(&team.organizer, &admin, "SPEAKER").await.status, StatusCode::FORBIDDEN);
    assert_eq!(team.about(&team.organizer, "remove", &admin, &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(change(&team.organizer, &team.attendee, "MODERATOR").await.status, StatusCode::OK);
    assert_eq!(change(&team.moderator, &team.attendee, "SPEAKER").await.status, StatusCode::FORBIDDEN);
    let own = change(&admin, &admin, "ORGANIZER").await;
    assert_eq!((own.status, own.error()), (StatusCode::FORBIDDEN, Denied::OwnRole.into()));
    assert_eq!(change(&admin, &team.organizer, "ADMIN").await.status, StatusCode::OK);
    let told = team.app.inbox.about(&team.organizer.email, "Your role in Rust Day has changed").await;
    assert!(told.text.contains("It is admin now."), "{}", told.text);
    for (call, more) in [
        ("change_role", vec![("role", "SPEAKER"), ("seen_role", "ORGANIZER")]),
        ("remove", vec![("seen_role", "ORGANIZER")]),
    ] {
        let stale = team.about(&admin, call, &team.organizer, &more).await;
        assert_eq!(stale.error(), Conflict::RoleChangedMeanwhile.into(), "{call}");
    }
    for page in ["/manage/people", "/manage/people/add"] {
        assert_eq!(
            team.moderator.browser.get(&team.page(page)).await.status,
            StatusCode::FORBIDDEN,
            "{page}"
        );
    }
}

#[tokio::test]
async fn an_event_keeps_an_admin_whoever_goes() {
    let team = EventTeam::set().await;
    let admin = team.app.person("Adam").await;
    team.app.join_event(&team.event, &admin, "ADMIN", "ACTIVE").await;
    let (one, other) = tokio::join!(
        team.about(&admin, "change_role", &team.olivia, &[("role", "ORGANIZER")]),
        team.about(&team.olivia, "change_role", &admin, &[("role", "ORGANIZER")]),
    );
    assert_eq!(one.status.is_success() as u8 + other.status.is_success() as u8, 1, "{one:?} {other:?}");
    let admins = async || {
        let members = team.app.event_members(&team.event).await;
        members.iter().filter(|(_, role, status)| role == "ADMIN" && status == "ACTIVE").count()
    };
    assert_eq!(admins().await, 1);
    let owner = team.app.person("Opal").await;
    team.app.join_organization("atria-test", &owner, "OWNER").await;
    let last = if team.role_and_status(&team.olivia).await.0 == "ADMIN" { &team.olivia } else { &admin };
    for (call, more) in
        [("change_role", vec![("role", "SPEAKER")]), ("remove", vec![]), ("ban", vec![("reason", "No.")])]
    {
        let refused = team.about(&owner, call, last, &more).await;
        let expected = if call == "ban" && last.email == team.olivia.email {
            Denied::OwnerOfOrganization.into()
        } else {
            Conflict::LastEventAdmin.into()
        };
        assert_eq!(refused.error(), expected, "{call}");
    }
    assert_eq!(admins().await, 1);
}

#[tokio::test]
async fn only_owners_join_as_admin_and_then_stand_in_the_table() {
    let team = EventTeam::set().await;
    let (opal, adam) = (team.app.person("Opal").await, team.app.person("Adam").await);
    team.app.join_organization("atria-test", &opal, "OWNER").await;
    team.app.join_organization("atria-test", &adam, "ADMIN").await;
    let join = async |who: &Member| {
        who.browser.status("/api/attendees/join_as_admin", &[("event", team.event.as_str())]).await
    };
    assert_eq!(join(&adam).await, StatusCode::FORBIDDEN, "an admin of the organization has nothing here");
    assert_eq!(join(&team.organizer).await, StatusCode::FORBIDDEN);
    let offer = "form[action='/api/attendees/join_as_admin']";
    let table = async |who: &Member| who.browser.get(&team.page("/manage/people")).await.html();
    assert!(table(&opal).await.has(offer) && !table(&team.olivia).await.has(offer));
    assert_eq!(join(&opal).await, StatusCode::OK);
    assert_eq!(team.role_and_status(&opal).await, is("ADMIN", "ACTIVE"));
    assert_eq!(join(&opal).await, StatusCode::OK, "again is quiet");
    assert!(!table(&opal).await.has(offer));
    assert_eq!(table(&opal).await.texts(".people-name a").len(), 6);
}

#[tokio::test]
async fn a_ban_closes_the_event_and_its_sockets_and_can_be_lifted() {
    let team = EventTeam::set().await;
    team.limit_seats(1).await;
    let ben = team.app.person("Ben").await;
    team.app.register(&ben, &team.event).await;
    let general = team.app.room(&team.olivia, &team.event, RoomKind::Global).await;
    let mut socket = team.attendee.browser.listening(Topic::Room(general)).await;
    let reason = [("reason", "Sold fake tickets.")];
    assert_eq!(
        team.about(&team.moderator, "ban", &team.organizer, &reason).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        team.about(&team.organizer, "ban", &team.organizer, &reason).await.error(),
        Denied::Oneself.into()
    );
    assert_eq!(team.about(&team.organizer, "ban", &team.olivia, &reason).await.status, StatusCode::FORBIDDEN);
    let nameless = team.about(&team.moderator, "ban", &team.attendee, &[]).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY, "only with a reason");

    assert_eq!(team.about(&team.moderator, "ban", &team.attendee, &reason).await.status, StatusCode::OK);
    let kicked = async {
        loop {
            match socket.next().await {
                // The line in their list that says so.
                ServerFrame::WaitingChanged { .. } => {}
                frame => return frame,
            }
        }
    };
    let kicked = tokio::time::timeout(std::time::Duration::from_secs(1), kicked).await;
    let topic = Topic::Room(general);
    assert!(
        matches!(kicked, Ok(ServerFrame::Kicked { topic: of, code: RefusalCode::NoAccess }) if of == topic),
        "{kicked:?}"
    );
    assert_eq!(team.role_and_status(&team.attendee).await, is("ATTENDEE", "BANNED"));
    assert_eq!(team.role_and_status(&ben).await, is("ATTENDEE", "ACTIVE"), "her seat is his");
    let mail = team.app.inbox.about(&team.attendee.email, "You were banned from Rust Day").await;
    assert!(mail.text.contains("Sold fake tickets."), "{}", mail.text);
    assert_eq!(team.attendee.browser.get(&team.page("/now")).await.status, StatusCode::FORBIDDEN);
    let twice = team.about(&team.organizer, "ban", &team.attendee, &reason).await;
    assert_eq!(twice.error(), Conflict::BannedAlready.into());
    let register = [("event", team.event.as_str())];
    let back = team.attendee.browser.status("/api/events/register", &register).await;
    assert_eq!(back, StatusCode::FORBIDDEN, "not by registering");
    let add = team.about(&team.organizer, "change_role", &team.attendee, &[("role", "SPEAKER")]).await;
    assert_eq!(add.error(), Conflict::NotTakingPart.into(), "nor by a role");

    assert_eq!(team.about(&team.organizer, "unban", &team.attendee, &[]).await.status, StatusCode::OK);
    assert_eq!(team.role_and_status(&team.attendee).await, is("ATTENDEE", "WAITLISTED"), "her seat is taken");
    let again = team.about(&team.organizer, "unban", &team.attendee, &[]).await;
    assert_eq!(again.error(), Conflict::NotBanned.into());
    let page = format!("/manage/people/{}", team.attendee.signed_in.user);
    let history = team.organizer.browser.get(&team.page(&page)).await.html().texts(".row p:first-child");
    assert_eq!(history, ["Omar Test lifted the ban of Ada Test", "Maya Test banned Ada Test"]);
}

#[tokio::test]
async fn the_table_is_searched_filtered_and_ordered_on_the_server() {
    let team = EventTeam::set().await;
    let company = "update users set company = 'Kite Works', title = 'Pilot' where email = 'ada@example.org'";
    sqlx::query(company).execute(&team.app.services.db).await.unwrap();
    let wanda = team.app.person("Wanda").await;
    team.app.join_event(&team.event, &wanda, "ATTENDEE", "REMOVED").await;
    let names = async |query: &str| {
        let page = team.organizer.browser.get(&team.page(&format!("/manage/people{query}"))).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        page.html().texts(".people-name a")
    };
    let all = ["Ada Test", "Maya Test", "Olivia Test", "Omar Test", "Sam Test"];
    assert_eq!(names("").await, all);
    assert_eq!(names("?search=kite+works").await, ["Ada Test"]);
    assert_eq!(names("?search=SAM%40example").await, ["Sam Test"], "by address");
    assert_eq!(names("?role=MODERATOR").await, ["Maya Test"]);
    assert_eq!(names("?view=removed").await, ["Wanda Test"]);
    assert_eq!(names("?view=everybody").await.len(), 6);
    assert_eq!(names("?sort=role").await, ["Olivia Test", "Omar Test", "Maya Test", "Sam Test", "Ada Test"]);
    assert_eq!(names("?sort=company").await[0], "Ada Test");
    assert_eq!(names("?per_page=2&page=3").await, ["Sam Test"]);
    assert!(names("?view=banned").await.is_empty());
    let page = team.organizer.browser.get(&team.page("/manage/people")).await.html();
    assert_eq!(
        page.texts("nav[aria-label=Views] .pill"),
        ["Taking part5", "Not checked in5", "Removed1", "Everybody6"]
    );
    assert_eq!(
        page.texts("nav[aria-label=Roles] .pill"),
        ["Admins1", "Organizers1", "Moderators1", "Speakers1", "Attendees1"]
    );
    let refused = async |query: &str| {
        team.organizer.browser.get(&team.page(&format!("/manage/people{query}"))).await.status.as_u16()
    };
    for bad in ["?role=BOSS", "?view=secret", "?sort=salary", "?search=x", "?page=0"] {
        assert_eq!(refused(bad).await, 422, "{bad}");
    }
    assert_eq!(refused("?page=2").await, 404);
}
