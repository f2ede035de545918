//! Answers and reactions in direct messages.

use domain::chat::{MessageView, Quote, Reaction};
use domain::paging::Slice;
use domain::realtime::{ServerFrame, Topic};
use domain::{AppError, Conflict, Denied};
use http::StatusCode;

use crate::support::conversations::call;
use crate::support::{Answer, ConversationScene, Member};

impl ConversationScene {
    async fn answer(&self, who: &Member, id: u128, target: &str) -> Answer {
        let id = uuid::Uuid::from_u128(id).to_string();
        self.call(
            who,
            "post_message",
            &[("client_message_id", &id), ("body", "Gladly"), ("reply_to", target)],
        )
        .await
    }

    async fn react(&self, who: &Member, message: &MessageView, emoji: &str) -> Answer {
        self.call(who, "react", &[("message", &message.id.to_string()), ("emoji", emoji)]).await
    }

    async fn read(&self, who: &Member) -> Vec<MessageView> {
        self.call(who, "older_messages", &[("before_seq", "99")]).await.json::<Slice<MessageView>>().items
    }
}

fn problem(answer: &Answer, field: &str) -> Option<String> {
    let AppError::Invalid(errors) = answer.error() else { panic!("{answer:?} instead of a problem") };
    errors.get(field).map(ToOwned::to_owned)
}

#[tokio::test]
async fn an_answer_quotes_a_message_of_its_own_conversation_until_that_is_deleted() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, event, omar, ada, ben, conversation, .. } = &scene;
    let asked = app.write(ada, *conversation, "Lunch?").await;
    let answered = scene.answer(ben, 1, &asked.id.to_string()).await.json::<MessageView>();
    let quote =
        Quote { id: asked.id, seq: 1, author: "Ada Test".to_owned(), body: Some("Lunch?".to_owned()) };
    assert_eq!(answered.reply_to, Some(quote));
    let page = ada.browser.get(&scene.page()).await.html();
    assert!(page.text(".message-quote").contains("Lunch?"), "both see it");

    app.connect(omar, ada, event).await;
    let elsewhere = app.conversation(omar, ada).await;
    let foreign = app.write(ada, elsewhere, "Not for Ben").await.id.to_string();
    for target in [&*foreign, "00000000-0000-0000-0000-000000000001", "x"] {
        let refused = scene.answer(ada, 2, target).await;
        let expected = Some("What you answer isn't in this conversation.".to_owned());
        assert_eq!(problem(&refused, "reply_to"), expected, "{target}");
    }
    scene.call(ada, "delete_message", &[("message", &asked.id.to_string())]).await;
    let quote = scene.read(ben).await.pop().and_then(|last| last.reply_to).expect("it is an answer still");
    assert_eq!((quote.id, quote.body), (asked.id, None), "to something that is gone");
    assert!(!ben.browser.get(&scene.page()).await.body.contains("Lunch?"), "nowhere on the page");
}

#[tokio::test]
async fn both_react_and_take_it_back_and_each_sees_which_are_their_own() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, olivia, ada, ben, zoe, conversation, .. } = &scene;
    let message = app.write(ada, *conversation, "Kites at noon").await;
    let topic = Topic::Conversation(*conversation);
    let mut at_ada = ada.browser.listening(topic).await;
    let of = |count, mine| vec![Reaction { emoji: "👍".to_owned(), count, mine }];
    let reacted = scene.react(ben, &message, "👍").await.json::<MessageView>();
    assert_eq!((reacted.rev, reacted.reactions), (2, of(1, Some(true))));
    let frame = at_ada.next().await;
    let ServerFrame::ReactionsChanged { rev: 2, message: told, by, added: true, .. } = frame else {
        panic!("{frame:?} instead of the reaction")
    };
    assert_eq!((told.reactions, by), (of(1, None), ben.signed_in.user), "for all alike");
    assert_eq!(scene.read(ada).await[0].reactions, of(1, Some(false)));
    assert_eq!(scene.react(ada, &message, "👍").await.json::<MessageView>().reactions, of(2, Some(true)));
    assert_eq!(scene.react(ben, &message, "👍").await.json::<MessageView>().reactions, of(1, Some(false)));

    for outsider in [olivia, zoe] {
        assert_eq!(scene.react(outsider, &message, "👍").await.status, StatusCode::NOT_FOUND);
    }
    assert!(problem(&scene.react(ben, &message, "word").await, "emoji").is_some());
    let second = app.write(ada, *conversation, "Not this").await;
    scene.call(ada, "delete_message", &[("message", &second.id.to_string())]).await;
    assert_eq!(scene.react(ben, &second, "👍").await.error(), Conflict::MessageDeleted.into());
    app.block(ada, ben).await;
    for who in [ada, ben] {
        assert_eq!(scene.react(who, &message, "🎉").await.error(), Denied::PersonUnavailable.into());
    }
    assert_eq!(scene.read(ben).await[0].reactions, of(1, Some(false)), "what was there stays");
}

#[tokio::test]
async fn a_message_takes_twenty_different_reactions() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, ben, conversation, .. } = &scene;
    let message = app.write(ada, *conversation, "Choose").await;
    let emojis: Vec<String> = ('🍇'..='🍚').map(String::from).collect();
    assert_eq!(emojis.len(), 20);
    for emoji in &emojis {
        assert_eq!(scene.react(ben, &message, emoji).await.status, StatusCode::OK, "{emoji}");
    }
    assert_eq!(scene.react(ada, &message, "👍").await.error(), Conflict::TooManyReactions { max: 20 }.into());
    assert_eq!(scene.react(ada, &message, &emojis[0]).await.status, StatusCode::OK, "one more of a kind");
    assert_eq!(scene.read(ada).await[0].reactions.len(), 20);
}

#[tokio::test]
async fn a_message_is_answered_and_reacted_to_by_forms_of_its_own_page() {
    let scene = ConversationScene::set().await;
    let ConversationScene { app, ada, ben, conversation, .. } = &scene;
    let message = app.write(ada, *conversation, "Lunch?").await;
    let path = format!("{}/messages/{}", scene.page(), message.id);
    let history = ben.browser.get(&scene.page()).await.html();
    assert_eq!(history.attributes(".message-more", "href"), [path.as_str()], "linked from the message");
    let page = ben.browser.get(&path).await;
    assert!(page.statements() <= 6, "{}", page.statements());
    let (id, target) = (conversation.to_string(), message.id.to_string());
    let fields = [("conversation", &*id), ("message", &*target), ("emoji", "🎉")];
    let after = ben.browser.submit_and_follow("/api/conversations/react", &fields).await;
    assert!(after.html().text(".reactions").contains("🎉"), "{}", after.status);
    let form_id = page.html().value("client_message_id");
    let fields = [
        ("conversation", &*id),
        ("reply_to", &*target),
        ("client_message_id", &*form_id),
        ("body", "Gladly"),
    ];
    let after = ben.browser.submit_and_follow("/api/conversations/post_message", &fields).await;
    assert!(after.html().text(".message-quote").contains("Lunch?") && after.body.contains("Gladly"));
    let fields = [("conversation", &*id), ("message", &*target), ("emoji", "word")];
    let refused = ben.browser.submit_and_follow("/api/conversations/react", &fields).await;
    assert!(refused.html().has(".form-errors"), "said on the page it came from");
    app.block(ada, ben).await;
    let page = ben.browser.get(&path).await.html();
    assert!(!page.has("#react") && !page.has("#reply"), "nothing to do once one blocks");
    let stranger = call(&scene.otto, *conversation, "react", &[("message", &target), ("emoji", "🎉")]).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
}
