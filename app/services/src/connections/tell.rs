use domain::SignedIn;
use domain::accounts::PersonCard;
use domain::ids::{ConnectionId, UserId};
use domain::realtime::{ServerFrame, Topic};

use crate::Services;

/// Tells the other one that a connection, or a request to them, is over, after COMMIT. What either may listen to is asked
/// anew.
pub(super) fn removed(services: &Services, person: &SignedIn, other: UserId, connection: ConnectionId) {
    let topic = Topic::User(other);
    let card = PersonCard { id: person.user, full_name: person.full_name.clone() };
    services.bus.publish(topic, &ServerFrame::ConnectionRemoved { topic, connection, person: card });
    services.bus.recheck(other);
    services.bus.recheck(person.user);
}
