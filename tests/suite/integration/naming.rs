//! The people a composer offers behind an `@`.

use domain::accounts::PersonCard;
use domain::chat::RoomKind;
use domain::ids::ChatRoomId;
use http::StatusCode;

use crate::support::{Answer, ChatScene, Member};

impl ChatScene {
    async fn look_up(&self, who: &Member, room: ChatRoomId, typed: &str) -> Answer {
        let (event, room) = (self.team.event.as_str(), room.to_string());
        let fields = [("event", event), ("room", &*room), ("typed", typed)];
        who.browser.call("/api/chat/people_to_name", &fields).await
    }

    async fn offered(&self, who: &Member, room: ChatRoomId, typed: &str) -> Vec<String> {
        let people = self.look_up(who, room, typed).await.json::<Vec<PersonCard>>();
        people.into_iter().map(|person| person.full_name).collect()
    }
}

#[tokio::test]
async fn names_are_offered_by_their_beginnings_and_name_whom_they_say() {
    let scene = ChatScene::set().await;
    let ada = &scene.team.attendee;
    assert_eq!(scene.offered(ada, scene.general, "be").await, ["Ben Test"], "without regard to case");
    let all = scene.offered(ada, scene.general, "").await;
    assert!(all.len() > 2 && all.is_sorted(), "everybody, by name: {all:?}");
    assert!(!all.contains(&"Ada Test".to_owned()), "nobody names themselves");
    assert_eq!(scene.offered(ada, scene.general, "TES").await, all, "a part of a name begins like this");
    assert!(scene.offered(ada, scene.general, "en").await.is_empty(), "not from the middle");
    assert!(scene.offered(ada, scene.general, "be_").await.is_empty(), "no patterns");
    let message =
        scene.says(ada, &format!("@{} look", scene.offered(ada, scene.general, "Ben T").await[0])).await;
    let named: Vec<_> = message.mentions.iter().map(|person| person.id).collect();
    assert_eq!(named, [scene.ben.signed_in.user], "what is offered is what the room understands");
    for bad in ["a\nb", "a\0b", &"x".repeat(81)] {
        assert_eq!(scene.look_up(ada, scene.general, bad).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn nobody_is_offered_who_may_not_read_or_is_blocked() {
    let scene = ChatScene::set().await;
    let (team, ada) = (&scene.team, &scene.team.attendee);
    let offered = async |who, room| scene.offered(who, room, "b").await;
    assert_eq!(offered(ada, scene.general).await, ["Ben Test"]);
    team.app.set_member_status(&team.event, &scene.ben, "BANNED").await;
    assert_eq!(offered(ada, scene.general).await, [""; 0], "banned");
    team.app.set_member_status(&team.event, &scene.ben, "ACTIVE").await;
    team.app.block(&scene.ben, ada).await;
    assert_eq!(offered(ada, scene.general).await, [""; 0], "a block either way");
    let staff = scene.offered(&team.olivia, scene.staff, "").await;
    assert!(staff.contains(&"Omar Test".to_owned()), "{staff:?}");
    assert!(!staff.contains(&"Ada Test".to_owned()), "Ada doesn't read the organizers' room");
}

#[tokio::test]
async fn only_readers_of_the_room_look_names_up_and_not_without_end() {
    let scene = ChatScene::set().await;
    let (team, ada) = (&scene.team, &scene.team.attendee);
    let otto = team.app.person("Otto").await;
    for (who, room) in [(ada, scene.staff), (&otto, scene.general)] {
        assert_eq!(scene.look_up(who, room, "b").await.status, StatusCode::NOT_FOUND);
    }
    let other = team.app.published(&team.olivia).await;
    let foreign = team.app.room(&team.olivia, &other, RoomKind::Global).await;
    assert_eq!(
        scene.look_up(ada, foreign, "b").await.status,
        StatusCode::NOT_FOUND,
        "a room of another event"
    );
    let mut refused = 0;
    for _ in 0..121 {
        let status = scene.look_up(ada, scene.general, "b").await.status;
        refused += usize::from(status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!(refused, 1, "120 a minute");
    assert_eq!(
        scene.look_up(&scene.ben, scene.general, "a").await.status,
        StatusCode::OK,
        "each for themselves"
    );
}
