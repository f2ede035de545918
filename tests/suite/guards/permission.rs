use http::StatusCode;

use crate::support::{Member, Team, TestApp};

async fn statuses(people: &[&Member], path: &str) -> Vec<u16> {
    let mut found = Vec::new();
    for person in people {
        found.push(person.browser.get(path).await.status.as_u16());
    }
    found
}

#[tokio::test]
async fn org_member_required() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let people = [&team.olivia, &team.adam, &team.mia, &team.otto];
    for page in ["", "/members"] {
        assert_eq!(statuses(&people, &team.path(page)).await, [200, 200, 200, 404], "{page}");
    }
    assert_eq!(team.leave(&team.otto).await, StatusCode::NOT_FOUND);
    assert_eq!(team.leave(&team.mia).await, StatusCode::OK);
    assert_eq!(statuses(&people, &team.path("")).await, [200, 200, 404, 404], "a former member is none");
}

#[tokio::test]
async fn org_admin_required() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let people = [&team.olivia, &team.adam, &team.mia, &team.otto];
    for page in ["/settings", "/statistics", "/audit", "/events/new"] {
        assert_eq!(
            statuses(&people, &team.path(page)).await,
            [200, 200, 403, 404],
            "{page}: admin or higher"
        );
    }
    assert_eq!(team.change(&team.olivia, &team.adam, "MEMBER").await, StatusCode::OK);
    assert_eq!(statuses(&people, &team.path("/settings")).await, [200, 403, 403, 404], "by the role of now");
}

#[tokio::test]
async fn org_owner_required() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let people = [&team.olivia, &team.adam, &team.mia, &team.otto];
    assert_eq!(statuses(&people, &team.path("/danger")).await, [200, 403, 403, 404]);
    assert_eq!(team.change(&team.olivia, &team.adam, "OWNER").await, StatusCode::OK);
    assert_eq!(statuses(&people, &team.path("/danger")).await, [200, 200, 403, 404], "several may own");
}

/// Rust Day with one person of each role and state; Olivia owns its organization and Adam is an admin there.
struct Crowd {
    event: String,
    olivia: Member,
    adam: Member,
    people: Vec<Member>,
}

const ROLES: [(&str, &str, &str); 9] = [
    ("Amy", "ADMIN", "ACTIVE"),
    ("Omar", "ORGANIZER", "ACTIVE"),
    ("Maya", "MODERATOR", "ACTIVE"),
    ("Sam", "SPEAKER", "ACTIVE"),
    ("Ada", "ATTENDEE", "ACTIVE"),
    ("Wim", "ATTENDEE", "WAITLISTED"),
    ("Lea", "ATTENDEE", "LEFT"),
    ("Rob", "ATTENDEE", "REMOVED"),
    ("Bea", "ORGANIZER", "BANNED"),
];

impl Crowd {
    async fn gather(app: &TestApp) -> Self {
        let (olivia, adam) = tokio::join!(app.person("Olivia"), app.person("Adam"));
        let event = app.published(&olivia).await;
        app.join_organization("atria-test", &adam, "ADMIN").await;
        let mut people = Vec::new();
        for (name, role, status) in ROLES {
            let person = app.person(name).await;
            app.join_event(&event, &person, role, status).await;
            people.push(person);
        }
        Self { event, olivia, adam, people }
    }

    /// Answers of a page: the roles in order, then the organization's owner and its admin.
    async fn statuses(&self, below: &str) -> Vec<u16> {
        let mut everybody: Vec<&Member> = self.people.iter().collect();
        everybody.extend([&self.olivia, &self.adam]);
        statuses(&everybody, &format!("/events/{}{below}", self.event)).await
    }
}

#[tokio::test]
async fn event_attendee_required() {
    let app = TestApp::start().await;
    let crowd = Crowd::gather(&app).await;
    for page in ["/now", "/rooms"] {
        let expected = [200, 200, 200, 200, 200, 404, 404, 404, 403, 200, 404];
        assert_eq!(crowd.statuses(page).await, expected, "{page}: an active row, or the owner");
    }
}

#[tokio::test]
async fn event_organizer_required() {
    let app = TestApp::start().await;
    let crowd = Crowd::gather(&app).await;
    for page in ["/manage", "/manage/details"] {
        let expected = [200, 200, 403, 403, 403, 403, 403, 403, 403, 200, 403];
        assert_eq!(crowd.statuses(page).await, expected, "{page}: organizer or higher");
    }
}

#[tokio::test]
async fn event_admin_required() {
    let app = TestApp::start().await;
    let crowd = Crowd::gather(&app).await;
    let target = format!("events/{}", crowd.event);
    let invite = async |who: &Member, address: &str, role: &str| {
        app.try_invite(who, &target, address, role).await.status.as_u16()
    };
    let mut found = Vec::new();
    for (n, person) in crowd.people.iter().chain([&crowd.olivia, &crowd.adam]).enumerate() {
        found.push(invite(person, &format!("guest{n}@example.org"), "ADMIN").await);
    }
    assert_eq!(found, [200, 403, 403, 403, 403, 403, 403, 403, 403, 200, 403], "ADMIN, or the owner");
    let organizer = &crowd.people[1];
    assert_eq!(invite(organizer, "guest@example.org", "MODERATOR").await, 200, "below that organizers may");
    assert_eq!(invite(organizer, "other@example.org", "ORGANIZER").await, 403);
}
