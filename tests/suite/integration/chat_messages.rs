//! Answers, reactions, names in a text, the search, the filter, and what is too much.

use domain::chat::{MessageView, Reaction};
use domain::notifications::News;
use domain::realtime::{ServerFrame, Topic};
use domain::{AppError, Conflict};
use http::StatusCode;
use services::chat;
use time::Duration;

use crate::support::{ChatScene, Member, TestApp, database};

const POST: &str = "/api/chat/post_message";

impl ChatScene {
    async fn posts(&self, who: &Member, id: u128, body: &str, reply_to: &str) -> crate::support::Answer {
        let (room, id) = (self.general.to_string(), uuid::Uuid::from_u128(id).to_string());
        let fields = [
            ("event", self.team.event.as_str()),
            ("room", &room),
            ("client_message_id", &id),
            ("body", body),
            ("reply_to", reply_to),
        ];
        who.browser.call(POST, &fields).await
    }
}

fn reaction(emoji: &str, count: u32, mine: Option<bool>) -> Reaction {
    Reaction { emoji: emoji.to_owned(), count, mine }
}

#[tokio::test]
async fn an_answer_quotes_its_target_and_shows_when_it_is_deleted() {
    let scene = ChatScene::set().await;
    let ada = &scene.team.attendee;
    let question = scene.says(ada, "Where is lunch?").await;
    let answer = scene.posts(&scene.ben, 1, "Upstairs", &question.id.to_string()).await.json::<MessageView>();
    let quote = answer.reply_to.expect("a quote");
    assert_eq!(
        (quote.seq, quote.author.as_str(), quote.body.as_deref()),
        (1, "Ada Test", Some("Where is lunch?"))
    );
    for target in ["no id", &uuid::Uuid::from_u128(5).to_string()] {
        let AppError::Invalid(errors) = scene.posts(&scene.ben, 2, "To nobody", target).await.error() else {
            panic!("at the field")
        };
        assert_eq!(errors.get("reply_to"), Some("What you answer isn't in this room."));
    }
    let quoted = async || ada.browser.get(&scene.page("")).await.html().texts(".message-quote");
    assert_eq!(quoted().await, ["In answer to Ada Test Where is lunch?"]);
    scene.call(ada, "delete_message", &question, &[]).await;
    assert_eq!(quoted().await, ["In answer to Ada Test Message deleted"]);
    let form = [
        ("event", scene.team.event.as_str()),
        ("room", &scene.general.to_string()),
        ("client_message_id", "00000000-0000-0000-0000-0000000000ff"),
        ("body", ""),
        ("reply_to", &answer.id.to_string()),
    ];
    let page = ada.browser.submit_and_follow(POST, &form).await.html();
    assert_eq!(page.value("reply_to"), answer.id.to_string(), "a refused answer stays one");
    assert!(page.text(".composer-mode").contains("Replying to Ben Test"));
}

#[tokio::test]
async fn a_reaction_is_one_per_person_and_emoji_and_is_taken_back_by_itself() {
    let scene = ChatScene::set().await;
    let (ada, topic) = (&scene.team.attendee, Topic::Room(scene.general));
    let message = scene.says(&scene.ben, "We won").await;
    let react = async |who, emoji: &str| scene.call(who, "react", &message, &[("emoji", emoji)]).await;
    let mut at_ben = scene.ben.browser.listening(topic).await;

    let seen = react(ada, "🎉").await.json::<MessageView>();
    assert_eq!(seen.reactions, [reaction("🎉", 1, Some(true))]);
    let ServerFrame::ReactionsChanged { rev, message: told, by, emoji, added, .. } = at_ben.next().await
    else {
        panic!("Ben hears of it")
    };
    assert_eq!((rev, by, emoji.as_str(), added), (2, ada.signed_in.user, "🎉", true));
    assert_eq!(told.reactions, [reaction("🎉", 1, None)], "whose they are is not in a frame for all");
    assert_eq!(
        react(&scene.ben, "🎉").await.json::<MessageView>().reactions,
        [reaction("🎉", 2, Some(true))]
    );
    at_ben.next().await;
    let left = react(ada, "🎉").await.json::<MessageView>();
    assert_eq!(left.reactions, [reaction("🎉", 1, Some(false))], "toggled");
    assert!(matches!(at_ben.next().await, ServerFrame::ReactionsChanged { rev: 4, added: false, .. }));
    for text in ["", "a", "🎉🎉", "<b>"] {
        assert_eq!(react(ada, text).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{text:?}");
    }
    let page = ada.browser.get(&scene.page("")).await.html();
    assert_eq!(page.texts(".reactions .reaction"), ["🎉 1"]);

    scene.set_open(false).await;
    assert_eq!(react(ada, "👍").await.error(), Conflict::RoomClosed.into(), "a closed room takes none");
    scene.set_open(true).await;
    let faces: Vec<String> = (0..19).map(|n| char::from_u32(0x1f600 + n).unwrap().to_string()).collect();
    for face in &faces {
        assert_eq!(react(&scene.team.olivia, face).await.status, StatusCode::OK);
    }
    assert_eq!(react(&scene.ben, "🚀").await.error(), Conflict::TooManyReactions { max: 20 }.into());
    assert_eq!(react(&scene.ben, &faces[0]).await.status, StatusCode::OK, "one that is there still goes");
    scene.call(&scene.ben, "delete_message", &message, &[]).await;
    assert_eq!(react(ada, "👍").await.error(), Conflict::MessageDeleted.into());
}

#[tokio::test]
async fn a_name_behind_an_at_sign_is_kept_by_id_for_those_who_may_read() {
    let scene = ChatScene::set().await;
    let (ada, db) = (&scene.team.attendee, &scene.team.app.services.db);
    let named = |message: &MessageView| {
        message.mentions.iter().map(|person| person.full_name.clone()).collect::<Vec<_>>()
    };
    let message = scene.says(&scene.ben, "Ask @ada test or @Otto Test.").await;
    assert_eq!(named(&message), ["Ada Test"], "members only, without regard to case");
    assert_eq!(message.body.as_deref(), Some("Ask @Ada Test or @Otto Test."));
    let staff = scene.team.app.post(&scene.team.olivia, scene.staff, "@Ada Test and @Omar Test").await;
    assert_eq!(named(&staff), ["Omar Test"], "of a room that Ada may not read, she learns nothing");
    let rename = "update users set first_name = 'Adele' where id = $1";
    sqlx::query(rename).bind(ada.signed_in.user.get()).execute(db).await.unwrap();
    let page = scene.ben.browser.get(&scene.page("")).await.html();
    assert_eq!(page.texts(".message-mention"), ["@Adele Test"], "shown by the present name");

    let block = "insert into user_blocks (blocker_id, blocked_id, created_at) values ($1, $2, now())";
    let (by, whom) = (ada.signed_in.user.get(), scene.ben.signed_in.user.get());
    sqlx::query(block).bind(by).bind(whom).execute(db).await.unwrap();
    let plain = scene.says(&scene.ben, "@Adele Test, are you there?").await;
    assert_eq!(named(&plain), [""; 0], "blocked either way it stays plain text");
    let plain = scene.says(ada, "@Ben Test").await;
    assert_eq!((named(&plain), plain.body.as_deref()), (vec![], Some("@Ben Test")));
    let edited = scene.call(&scene.ben, "edit_message", &message, &[("body", "Ask @Maya Test")]).await;
    assert_eq!(named(&edited.json()), ["Maya Test"], "new words name anew");
}

#[tokio::test]
async fn whom_a_change_names_for_the_first_time_is_told_once() {
    let scene = ChatScene::set().await;
    let (ada, sam, maya) = (&scene.team.attendee, &scene.team.speaker, &scene.team.moderator);
    let question = scene.says(sam, "Who knows the way?").await;
    let answer = scene.posts(&scene.ben, 1, "Ask @Ada Test", &question.id.to_string()).await;
    let answer = answer.json::<MessageView>();
    let told =
        async |who: &Member| who.browser.get("/notifications").await.html().texts(".notification-sentence");
    let named = ["New: Ben Test mentioned you in Rust Day"];
    let answered = told(sam).await;
    assert_eq!((told(ada).await, told(maya).await), (named.map(String::from).to_vec(), Vec::new()));
    assert_eq!(answered.len(), 1, "the answer itself is news for Sam: {answered:?}");

    let topic = Topic::User(maya.signed_in.user);
    let mut at_maya = maya.browser.listening(topic).await;
    let edit = async |words: &str| {
        scene.team.app.wait(Duration::seconds(10));
        let edited = scene.call(&scene.ben, "edit_message", &answer, &[("body", words)]).await;
        assert_eq!(edited.status, StatusCode::OK, "{}", edited.body);
    };
    edit("Ask @Maya Test or @Ada Test").await;
    let ServerFrame::Notification { item, .. } = at_maya.next().await else { panic!("told at once") };
    assert_eq!((item.news, item.actor.as_deref()), (News::Mentioned, Some("Ben Test")));
    for words in ["Ask somebody", "No, do ask @Maya Test", "Ask @Ada Test and @Maya Test"] {
        edit(words).await;
    }
    at_maya.is_quiet().await;
    assert_eq!(told(maya).await, named, "who goes and comes back was told already");
    assert_eq!(told(ada).await, named, "whom the post named was told by it");
    assert_eq!(told(sam).await, answered, "and whom it answers");
}

#[tokio::test]
async fn the_search_finds_words_in_the_rooms_one_may_read_and_leads_there() {
    let scene = ChatScene::set().await;
    let ada = &scene.team.attendee;
    let later = || scene.team.app.wait(Duration::milliseconds(1));
    scene.says(&scene.ben, "The ferry leaves at noon").await;
    later();
    let told = scene.says(ada, "Noon is too late for the FERRY").await;
    let gone = scene.says(ada, "A ferry that sank").await;
    scene.call(ada, "delete_message", &gone, &[]).await;
    scene.team.app.post(&scene.team.olivia, scene.staff, "The ferry is full").await;
    let look =
        async |who: &Member, query: &str| who.browser.get(&scene.team.page(&format!("/rooms?{query}"))).await;
    let texts = async |who: &Member, query: &str| look(who, query).await.html().texts(".found-text");
    assert_eq!(
        texts(ada, "search=ferry").await,
        ["Noon is too late for the FERRY", "The ferry leaves at noon"],
        "newest first; no deleted text, no other room"
    );
    assert_eq!(texts(&scene.team.organizer, "search=ferry").await.len(), 3, "organizers read the staff room");
    assert_eq!(texts(ada, "search=ferry+late").await.len(), 1, "all of the words");
    assert_eq!(texts(ada, "search=ferry&author=ben").await, ["The ferry leaves at noon"]);
    assert_eq!(texts(ada, &format!("search=ferry&room={}", scene.staff)).await, [""; 0]);
    assert_eq!(texts(ada, "search=ferry&from=2026-05-05").await, [""; 0]);
    assert_eq!(texts(ada, "search=ferry&from=2026-05-04&until=2026-05-04").await.len(), 2);
    let event = scene.team.app.event_id(&scene.team.event).await;
    assert_eq!(texts(ada, &format!("search=%27+or+{event}")).await, [""; 0], "typed text is only text");
    let short = look(ada, "search=a").await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.body.contains("Search for at least 2 characters."));

    for n in 0..60 {
        later();
        scene.says(&scene.ben, &format!("walrus {n}")).await;
    }
    let first = look(ada, "search=walrus").await.html();
    assert_eq!(first.texts(".found-text").len(), 50);
    let older = first.attributes(".pager a[rel=next]", "href");
    let rest = ada.browser.get(&older[0]).await.html().texts(".found-text");
    assert_eq!(
        (rest.len(), rest.last().map(String::as_str)),
        (10, Some("walrus 0")),
        "nothing twice or missing"
    );

    let place = scene.page(&format!("?message={}", told.id));
    let around = ada.browser.get(&place).await;
    assert!(
        around.body.contains(&format!("id=\"message-{}\"", told.seq)) && around.body.contains("walrus 0")
    );
    assert!(!around.body.contains("walrus 59"), "the ones around it");
    let elsewhere = scene.page(&format!("?message={}", uuid::Uuid::from_u128(9)));
    assert_eq!(ada.browser.get(&elsewhere).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_reader_who_was_away_learns_what_became_of_messages() {
    let scene = ChatScene::set().await;
    let (ada, topic) = (&scene.team.attendee, Topic::Room(scene.general));
    let (one, two) = (scene.says(ada, "one").await, scene.says(ada, "two").await);
    let three = scene.says(ada, "three").await;
    for words in ["one, better", "one, best"] {
        scene.call(ada, "edit_message", &one, &[("body", words)]).await;
    }
    scene.call(&scene.ben, "react", &three, &[("emoji", "👍")]).await;
    scene.call(&scene.team.moderator, "delete_message", &two, &[("reason", "Enough")]).await;

    let mut ben = scene.ben.browser.socket().await;
    let answer = ben.subscribe(topic, Some(3)).await;
    assert!(matches!(answer, ServerFrame::Subscribed { cursor: 7, .. }), "{answer:?}");
    let ServerFrame::MessageEdited { rev: 5, message, .. } = ben.next().await else {
        panic!("the last words")
    };
    assert_eq!((message.body.as_deref(), message.seq), (Some("one, best"), 1), "4 was replaced by 5");
    let ServerFrame::MessagePosted { rev: 6, message, .. } = ben.next().await else { panic!("the reaction") };
    assert_eq!(message.reactions, [reaction("👍", 1, Some(true))], "resumed, one's own are known");
    let ServerFrame::MessageDeleted { rev: 7, message, .. } = ben.next().await else {
        panic!("the deletion")
    };
    assert_eq!((message.body, message.seq), (None, 2), "without text");
    ben.is_quiet().await;
    let stored = chat::changes_after(&scene.team.app.services, &ada.signed_in, scene.general, 7, 10).await;
    assert_eq!(stored.unwrap(), []);
}

#[tokio::test]
async fn the_filter_masks_listed_words_in_posts_and_edits() {
    let scene = ChatScene::set().await;
    let mask = "update events set profanity_mode = 'MASK', profanity_words = '{heck}' where slug = $1";
    sqlx::query(mask).bind(&scene.team.event).execute(&scene.team.app.services.db).await.unwrap();
    let posted = scene.posts(&scene.ben, 1, "What the HECK", "").await.json::<MessageView>();
    assert_eq!(posted.body.as_deref(), Some("What the ***"));
    let again = scene.posts(&scene.ben, 1, "What the HECK", "").await.json::<MessageView>();
    assert_eq!(again.id, posted.id, "a retry is still the same message");
    let edited = scene.call(&scene.ben, "edit_message", &posted, &[("body", "h3ck, not hecker")]).await;
    assert_eq!(edited.json::<MessageView>().body.as_deref(), Some("***, not hecker"));
}

#[tokio::test]
async fn five_messages_in_five_seconds_and_thirty_in_a_minute_are_the_most() {
    let rates = [("ATRIA_MESSAGES_IN_5_SECONDS", "5"), ("ATRIA_MESSAGES_IN_A_MINUTE", "30")];
    let app = TestApp::start_with(database::fresh_urls().await, &rates).await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let rooms = app.rooms(&olivia, &event).await;
    let mut number = 0;
    let mut say = async |room: usize| {
        number += 1;
        let (room, id) = (rooms[room].id.to_string(), uuid::Uuid::from_u128(number).to_string());
        let fields =
            [("event", event.as_str()), ("room", &room), ("client_message_id", &id), ("body", "Hello")];
        olivia.browser.call(POST, &fields).await
    };
    for burst in 0..6 {
        for _ in 0..5 {
            assert_eq!(say(0).await.status, StatusCode::OK, "in burst {burst}");
        }
        let refused = say(0).await;
        let expected = if burst < 5 { 5 } else { 35 };
        assert_eq!(refused.error(), AppError::TooMany { retry_after_seconds: expected }, "burst {burst}");
        assert_eq!(refused.header("retry-after"), Some(expected.to_string().as_str()));
        assert_eq!(say(1).await.status, StatusCode::OK, "another room is not concerned");
        app.wait(Duration::seconds(5));
    }
    app.wait(Duration::seconds(30));
    assert_eq!(say(0).await.status, StatusCode::OK, "the minute is over");
}
