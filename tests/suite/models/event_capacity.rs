use domain::events::{Capacity, CapacityError};

use crate::support::EventTeam;

/// What a limit may be, and that it holds whatever runs in parallel.
pub async fn limits() {
    let seats = |text| Capacity::parse(text).map(Capacity::get);
    assert_eq!(seats(""), Ok(None), "no limit");
    assert_eq!((seats("1"), seats(" 1000000 ")), (Ok(Some(1)), Ok(Some(1_000_000))));
    for out_of_range in ["0", "-1", "1000001"] {
        assert_eq!(seats(out_of_range), Err(CapacityError::Range), "{out_of_range}");
    }
    assert_eq!(seats("many"), Err(CapacityError::Shape));
    let team = EventTeam::set().await;
    let db = &team.app.services.db;
    for (forged, constraint) in [
        ("update events set max_attendees = 0", "events_max_attendees_range"),
        ("update events set seats_taken = -1", "events_seats_not_negative"),
        ("update events set max_attendees = 1, seats_taken = 2", "events_seats_within_capacity"),
    ] {
        let refused = sqlx::query(forged).execute(db).await.unwrap_err();
        assert_eq!(services::db::violated(&refused), Some(constraint), "{forged}");
    }
    team.limit_seats(2).await;
    let names: Vec<String> = (0..6).map(|number| format!("Guest{number}")).collect();
    let mut guests = Vec::new();
    for name in &names {
        guests.push(team.app.person(name).await);
    }
    let registered = guests.iter().map(|guest| team.app.register(guest, &team.event));
    futures_util::future::join_all(registered).await;
    let count = async |status: &str| {
        let members = team.app.event_members(&team.event).await;
        members.iter().filter(|(_, role, found)| role == "ATTENDEE" && found == status).count()
    };
    assert_eq!((count("ACTIVE").await, count("WAITLISTED").await), (2, 5), "one seat was left for six");
    let details = team.olivia.browser.get(&team.page("/manage/details")).await.html();
    assert_eq!(details.value("max_attendees"), "2");
}
