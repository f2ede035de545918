use domain::SignedIn;
use domain::accounts::PersonCard;
use domain::ids::{AgendaSessionId, EventId};
use domain::limits::{Pause, Rule};
use domain::realtime::{ServerFrame, Topic};
use time::Duration;

use crate::Services;
use crate::limits::Limit;

/// Whoever comes back within this time has not been away.
const ARRIVAL: Rule = Rule { max: 1, window: Duration::minutes(30), pause: Pause::Rest };

/// Tells the event that a speaker of a session opened its page or backstage: once per arrival, as far as this process
/// knows. Writes nothing.
pub(crate) fn speaker_arrives(
    services: &Services,
    event: EventId,
    session: AgendaSessionId,
    person: &SignedIn,
) {
    let arrival =
        Limit::new(ARRIVAL, "arrivals of speakers", &[&session.to_string(), &person.user.to_string()]);
    if services.comfort.take(services.clock.now(), &arrival).is_ok() {
        let topic = Topic::Event(event);
        let speaker = PersonCard { id: person.user, full_name: person.full_name.clone() };
        services.bus.publish(topic, &ServerFrame::SpeakerJoined { topic, session, speaker });
    }
}
