use uuid::Uuid;

use super::{Attempt, Outbox, Pending, PendingState};
use crate::error::{Incident, Unauthenticated};
use crate::ids::ClientMessageId;
use crate::{AppError, Conflict, Denied, FieldErrors};

fn id(number: u128) -> ClientMessageId {
    ClientMessageId::new(Uuid::from_u128(number))
}

fn outbox_of(numbers: &[u128]) -> Outbox {
    let mut outbox = Outbox::default();
    for number in numbers {
        outbox.queue(id(*number), format!("message {number}"), None);
    }
    outbox
}

fn next(outbox: &mut Outbox) -> Attempt {
    outbox.take_due().expect("a message is due").0
}

#[test]
fn one_message_is_under_way_at_a_time_in_the_order_written() {
    let mut outbox = outbox_of(&[1, 2]);
    let first = next(&mut outbox);
    assert_eq!(first.client_message_id, id(1));
    assert_eq!(outbox.take_due(), None);
    outbox.acknowledged(first);
    assert_eq!(next(&mut outbox).client_message_id, id(2));
}

#[test]
fn a_retry_keeps_the_order_and_the_id() {
    let mut outbox = outbox_of(&[1, 2]);
    let first = next(&mut outbox);
    assert_eq!(outbox.failed(first, &AppError::Busy, 1.0), Some(500));
    outbox.queue(id(3), "written meanwhile".into(), None);
    assert_eq!(outbox.take_due(), None, "nothing overtakes a message that waits");
    outbox.resume();
    let again = next(&mut outbox);
    assert_eq!(again.client_message_id, id(1));
    outbox.acknowledged(again);
    assert_eq!(next(&mut outbox).client_message_id, id(2));
}

#[test]
fn a_message_is_gone_once_whichever_of_frame_and_answer_comes_first() {
    let mut frame_first = outbox_of(&[1, 2]);
    let attempt = next(&mut frame_first);
    frame_first.arrived(id(1));
    assert_eq!(frame_first.pending().len(), 1);
    assert_eq!(frame_first.take_due(), None, "its answer is still awaited");
    frame_first.acknowledged(attempt);

    let mut answer_first = outbox_of(&[1, 2]);
    let attempt = next(&mut answer_first);
    answer_first.acknowledged(attempt);
    answer_first.arrived(id(1));

    for mut outbox in [frame_first, answer_first] {
        assert_eq!(outbox.pending().len(), 1);
        assert_eq!(next(&mut outbox).client_message_id, id(2));
    }
}

#[test]
fn a_lost_answer_to_a_delivered_message_sends_nothing_again() {
    let mut outbox = outbox_of(&[1]);
    let attempt = next(&mut outbox);
    outbox.arrived(id(1));
    outbox.failed(attempt, &AppError::Busy, 0.0);
    outbox.resume();
    assert_eq!(outbox.take_due(), None);
}

#[test]
fn a_refusal_for_good_keeps_the_text_and_lets_the_next_go() {
    let refusals = [
        (AppError::from(Denied::Muted), "A moderator has muted you in this event."),
        (AppError::from(Conflict::RoomClosed), "This room is closed."),
        (AppError::NotFound, "This page doesn't exist, or it isn't open to you."),
        (FieldErrors::one("body", "Write a message first.").into(), "Write a message first."),
    ];
    for (error, reason) in refusals {
        let mut outbox = outbox_of(&[1, 2]);
        let attempt = next(&mut outbox);
        assert_eq!(outbox.failed(attempt, &error, 1.0), None);
        assert_eq!(outbox.pending()[0].state, PendingState::Failed(reason.to_owned()));
        assert_eq!(outbox.pending()[0].body, "message 1");
        assert_eq!(next(&mut outbox).client_message_id, id(2));
    }
}

#[test]
fn a_refused_message_goes_again_or_away_as_the_person_says() {
    let mut outbox = outbox_of(&[1]);
    let attempt = next(&mut outbox);
    outbox.failed(attempt, &AppError::NotFound, 1.0);
    assert_eq!(outbox.take_due(), None, "not by itself");
    outbox.retry(id(1));
    let attempt = next(&mut outbox);
    assert_eq!(attempt.client_message_id, id(1));
    outbox.failed(attempt, &AppError::NotFound, 1.0);
    outbox.discard(id(1));
    assert_eq!(outbox.pending(), []);
}

#[test]
fn the_network_coming_back_ends_a_backoff_but_not_the_servers_own_wait() {
    let mut outbox = outbox_of(&[1]);
    let attempt = next(&mut outbox);
    outbox.failed(attempt, &AppError::Busy, 1.0);
    outbox.wake();
    let attempt = next(&mut outbox);
    assert_eq!(outbox.failed(attempt, &AppError::TooMany { retry_after_seconds: 7 }, 1.0), Some(7000));
    outbox.wake();
    assert_eq!(outbox.take_due(), None);
    outbox.resume();
    assert_eq!(next(&mut outbox).client_message_id, id(1));
}

#[test]
fn network_errors_are_retried_for_ever_failures_of_ours_a_few_times() {
    let mut outbox = outbox_of(&[1]);
    for _ in 0..100 {
        let attempt = next(&mut outbox);
        assert!(outbox.failed(attempt, &AppError::Busy, 1.0).is_some());
        outbox.resume();
    }
    let mut outbox = outbox_of(&[1]);
    let ours = AppError::Internal(Incident("abc".into()));
    for _ in 0..4 {
        let attempt = next(&mut outbox);
        assert!(outbox.failed(attempt, &ours, 1.0).is_some());
        outbox.resume();
    }
    let attempt = next(&mut outbox);
    assert_eq!(outbox.failed(attempt, &ours, 1.0), None);
    assert!(matches!(&outbox.pending()[0].state, PendingState::Failed(reason) if reason.contains("abc")));
}

#[test]
fn an_unanswered_try_is_repeated_and_its_late_answer_still_counts() {
    let mut outbox = outbox_of(&[1, 2]);
    let hanging = next(&mut outbox);
    assert!(outbox.unanswered(hanging, 0.0).is_some());
    outbox.resume();
    let second = next(&mut outbox);
    assert_eq!(second.client_message_id, id(1));
    assert_eq!(outbox.failed(hanging, &AppError::Busy, 1.0), None, "the try given up no longer counts");
    assert_eq!(outbox.take_due(), None, "the second try is under way");
    outbox.acknowledged(hanging);
    assert_eq!(outbox.pending().len(), 1, "delivered all the same");
    outbox.acknowledged(second);
    assert_eq!(next(&mut outbox).client_message_id, id(2));
}

#[test]
fn a_missing_sign_in_is_believed_the_second_time() {
    let mut outbox = outbox_of(&[1, 2]);
    let signed_out = AppError::Unauthenticated(Unauthenticated::SignInRequired);
    let attempt = next(&mut outbox);
    assert_eq!(
        outbox.failed(attempt, &signed_out, 1.0),
        Some(1000),
        "another tab may have renewed the cookie"
    );
    assert_eq!(outbox.take_due(), None);
    outbox.resume();
    let again = next(&mut outbox);
    assert_eq!(again.client_message_id, id(1));
    outbox.acknowledged(again);

    let attempt = next(&mut outbox);
    assert!(outbox.failed(attempt, &signed_out, 1.0).is_some(), "doubted anew after a success");
    outbox.resume();
    let again = next(&mut outbox);
    assert_eq!(outbox.failed(again, &signed_out, 1.0), None);
    assert!(matches!(outbox.pending()[0].state, PendingState::Failed(_)));
}

#[test]
fn a_reload_sends_what_was_under_way_and_leaves_what_was_refused() {
    let refused = PendingState::Failed("This room is closed.".into());
    let kept = [(1, refused.clone()), (2, PendingState::Sending)].map(|(number, state)| Pending {
        client_message_id: id(number),
        body: "kept".into(),
        reply_to: None,
        state,
    });
    let mut outbox = Outbox::restored(kept.to_vec());
    let attempt = next(&mut outbox);
    assert_eq!(attempt.client_message_id, id(2));
    outbox.acknowledged(attempt);
    assert_eq!(outbox.take_due(), None, "a refused message is the person's to retry");
    assert_eq!(outbox.pending()[0].state, refused);
}

#[test]
fn a_message_that_is_looked_at_first_waits_apart_and_holds_nobody_up() {
    let mut outbox = outbox_of(&[1, 2]);
    let first = next(&mut outbox);
    assert_eq!(outbox.failed(first, &Conflict::HeldForReview.into(), 1.0), None);
    assert_eq!(outbox.pending()[0].state, PendingState::Held, "neither sent nor refused");
    let second = next(&mut outbox);
    assert_eq!(second.client_message_id, id(2), "the next one goes out");
    outbox.acknowledged(second);
    assert_eq!(outbox.take_due(), None, "it is not sent again");
    let mut reviewed = outbox.clone();
    outbox.arrived(id(1));
    assert!(outbox.pending().is_empty(), "let through, it stands in the room");

    reviewed.queue(id(3), "one more".to_owned(), None);
    reviewed.keep_held(&[id(1)]);
    assert_eq!(reviewed.pending().len(), 2, "what still waits stays");
    reviewed.keep_held(&[]);
    assert_eq!(reviewed.pending()[0].client_message_id, id(3), "what was refused waits no more");
}
