//! The page of one message: who reacted, and the link to it.

use crate::support::{ChatScene, Member};

/// Reactions of members who come one after the other.
const CROWD: &str = "
    with people as (
        insert into users (id, email, first_name, last_name, state, password_hash, email_verified_at, created_at,
                           updated_at)
        select gen_random_uuid(), 'number' || n || '@example.org', 'Number', n::text, 'ACTIVE', 'none', now(), now(),
               now()
          from generate_series(1, $2) n returning id, last_name::int as n)
    insert into chat_reactions (event_id, room_id, message_id, user_id, emoji, created_at)
    select c.event_id, c.room_id, c.id, p.id, '👏', c.created_at + interval '1 second' * p.n
      from people p, chat_messages c where c.id = $1";

#[tokio::test]
async fn the_page_of_a_message_names_who_reacted_but_for_whom_a_block_separates() {
    let scene = ChatScene::set().await;
    let (team, ada, ben) = (&scene.team, &scene.team.attendee, &scene.ben);
    let message = scene.says(&team.speaker, "We won").await;
    let path = scene.page(&format!("/messages/{}", message.id));
    let reacted = async |who: &Member| {
        let page = who.browser.get(&path).await.html();
        (page.texts(".message-reacted dt"), page.texts(".message-reacted dd"))
    };
    let nobody = (Vec::<String>::new(), Vec::<String>::new());
    assert_eq!(reacted(ada).await, nobody);
    for (who, emoji) in [(ada, "🎉"), (ben, "👏"), (&team.moderator, "🎉")] {
        team.app.wait(time::Duration::seconds(1));
        scene.call(who, "react", &message, &[("emoji", emoji)]).await;
    }
    let all = (
        vec!["🎉".to_owned(), "👏".to_owned()],
        ["Ada Test, Maya Test", "Ben Test"].map(String::from).to_vec(),
    );
    for who in [ada, ben] {
        assert_eq!(reacted(who).await, all, "in the order of the reactions, and of those who came");
    }
    team.app.block(ben, ada).await;
    let without = |name: &str, emoji: &str| (vec![emoji.to_owned()], vec![name.to_owned()]);
    assert_eq!(reacted(ada).await, without("Ada Test, Maya Test", "🎉"), "who blocks her");
    let of_ben = reacted(ben).await;
    assert_eq!(of_ben.1, ["Maya Test", "Ben Test"], "whom he blocks");
    assert_eq!(reacted(&team.organizer).await, all, "others see both");

    let crowd = sqlx::query(CROWD).bind(message.id.get()).bind(50);
    crowd.execute(&team.app.services.db).await.unwrap();
    let (_, names) = reacted(&team.organizer).await;
    let applause = names.iter().find(|names| names.contains("Ben Test")).expect("Ben among the first");
    assert_eq!(applause.matches("Number").count(), 49, "fifty names with his");
    assert!(applause.ends_with(" and 1 more"), "{applause}");
    scene.call(&team.speaker, "delete_message", &message, &[]).await;
    assert_eq!(reacted(ada).await, nobody, "a deleted message has no reactions");
}

#[tokio::test]
async fn the_page_of_a_message_has_its_link_to_copy() {
    let scene = ChatScene::set().await;
    let (app, ada) = (&scene.team.app, &scene.team.attendee);
    let message = scene.says(&scene.ben, "Where is lunch?").await;
    let page = ada.browser.get(&scene.page(&format!("/messages/{}", message.id))).await.html();
    let around = scene.page(&format!("?message={}#message-{}", message.id, message.seq));
    assert_eq!(page.attributes("#message-link", "value"), [format!("{}{around}", app.origin)]);
    assert!(page.has("button[data-copy='message-link'][hidden]"), "for scripts alone");
}

#[tokio::test]
async fn the_page_of_a_message_that_moderators_deleted_begins_with_the_way_back_and_takes_no_reply() {
    let scene = ChatScene::set().await;
    let (team, ben) = (&scene.team, &scene.ben);
    let message = scene.says(ben, "Buy my boats").await;
    let path = scene.page(&format!("/messages/{}", message.id));
    let headings = async |who: &Member| who.browser.get(&path).await.html().texts(".event-main h2");
    assert!(headings(&team.moderator).await.contains(&"Reply".to_owned()));
    scene.call(&team.moderator, "delete_message", &message, &[("reason", "Advertisement")]).await;
    let seen = headings(&team.moderator).await;
    assert_eq!(seen.first().map(String::as_str), Some("Deleted by a moderator"));
    assert!(!seen.contains(&"Reply".to_owned()), "{seen:?}");
    let page = ben.browser.get(&path).await.html();
    assert_eq!(page.texts(".quoted"), ["Buy my boats"], "its author reads what it said");
    assert!(!page.has("form[action$='restore_message']"), "and can't bring it back");
    assert!(
        !headings(&team.attendee).await.contains(&"Deleted by a moderator".to_owned()),
        "others read nothing of it"
    );
}
