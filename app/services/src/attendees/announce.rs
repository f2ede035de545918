use domain::ids::EventId;
use domain::realtime::{ServerFrame, Topic};

use super::queries;
use crate::Services;

/// Tells who listens to an event that its lists of people are stale, with how many take part. Call it after COMMIT: what
/// was done stands, also when they can't be told.
pub(crate) async fn members_changed(services: &Services, event: EventId) {
    let topic = Topic::Event(event);
    match queries::count_active(&services.db, event.get()).await {
        Ok(people) => services.bus.publish(topic, &ServerFrame::MembersChanged { topic, people }),
        Err(error) => tracing::warn!(%error, "an event's members were not told of a change: {error}"),
    }
}
