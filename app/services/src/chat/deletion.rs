//! A moderator takes out of sight what one person wrote in an event, with their ban.

use std::collections::BTreeMap;

use domain::SignedIn;
use domain::attendees::Standing;
use domain::chat::{PostStanding, is_of_moderators, may_moderate};
use domain::ids::{ChatRoomId, UserId};
use domain::moderation::{AlsoDelete, ModerationAction};
use domain::realtime::{ServerFrame, Topic};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::manage::kind_of;
use super::queries;
use crate::moderation::log::{self, Entry, OfMessage};
use crate::realtime::Place;
use crate::{Outcome, Services};

/// Whose messages, and since when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Written<'a> {
    pub(crate) event: Uuid,
    pub(crate) author: UserId,
    pub(crate) author_name: &'a str,
    pub(crate) since: OffsetDateTime,
}

/// Messages that are gone with COMMIT.
#[must_use = "readers learn of it by `announce`, after COMMIT"]
#[derive(Debug, Default)]
pub(crate) struct DeletedMessages {
    pub(crate) count: usize,
    heads: Vec<(Topic, i64, Place)>,
}

impl DeletedMessages {
    /// Tells each room how far it is now, not message by message: hundreds of frames are more than the queue of a reader
    /// takes, who would be closed as too slow. Who reads along asks for what is behind their cursor, as after a gap.
    pub(crate) fn announce(self) {
        for (topic, rev, place) in self.heads {
            place.publish(&ServerFrame::Head { topic, rev });
        }
    }
}

/// Deletes the newest [`AlsoDelete::MOST`] messages of one person in the rooms that somebody with this standing
/// moderates, each as a moderator's deletion, which can be taken back: three statements, whatever the number. Its author,
/// who is told of the ban, isn't told of each.
///
/// # Errors
/// Database errors only.
pub(crate) async fn delete_written(
    services: &Services,
    tx: &mut PgConnection,
    (person, standing): (&SignedIn, &Standing),
    written: &Written<'_>,
    reason: &str,
) -> Outcome<DeletedMessages> {
    let now = services.clock.now();
    let by = queries::WrittenBy { event: written.event, author: written.author.get(), since: written.since };
    let mut rooms = BTreeMap::new();
    for row in queries::lock_rooms_of(tx, by, person.user.get()).await? {
        let (is_enabled, speaks_here) = (row.is_enabled, row.speaks_here);
        let post = PostStanding { kind: kind_of(&row.kind)?, is_enabled, speaks_here, standing: *standing };
        if may_moderate(&post).is_ok() {
            rooms.insert(row.room_id, post.kind);
        }
    }
    if rooms.is_empty() {
        return Ok(DeletedMessages::default());
    }
    let ids: Vec<Uuid> = rooms.keys().copied().collect();
    let removal = queries::Removal { by: person.user.get(), reason, now, most: AlsoDelete::MOST.into() };
    let removed = queries::remove_written(tx, by, &ids, removal).await?;
    let messages: Vec<OfMessage> = removed
        .iter()
        .map(|row| OfMessage {
            message: row.id,
            organizers_only: !rooms.get(&row.room_id).copied().is_some_and(is_of_moderators),
        })
        .collect();
    let entry = Entry {
        subject_id: Some(written.author.get()),
        reason: Some(reason),
        ..Entry::new(written.event, person, ModerationAction::DeleteMessage, written.author_name)
    };
    log::record_each(services, tx, &entry, &messages).await?;
    let mut heads = BTreeMap::new();
    for row in &removed {
        let head = heads.entry(row.room_id).or_insert(row.rev);
        *head = row.rev.max(*head);
    }
    let line_up = |(room, rev): (Uuid, i64)| {
        let topic = Topic::Room(ChatRoomId::new(room));
        (topic, rev, services.bus.line_up(topic, rev))
    };
    Ok(DeletedMessages { count: removed.len(), heads: heads.into_iter().map(line_up).collect() })
}
