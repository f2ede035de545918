use domain::SignedIn;
use domain::accounts::PersonCard;
use domain::ids::{ConnectionId, ConversationId, UserId};
use domain::notifications::{News, NotificationKind};
use domain::realtime::{ServerFrame, Topic};
use sqlx::PgConnection;

use super::queries;
use crate::mail::{self, Mail};
use crate::notifications::{self, Telling, Told};
use crate::{Outcome, Services, accounts};

/// Tells whoever is asked, in the app.
pub(super) async fn asked(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    recipient: UserId,
    connection: ConnectionId,
) -> Outcome<Told> {
    let thing = connection.to_string();
    let telling = telling(person, News::ConnectionRequested, "/connections?list=received", &thing);
    notifications::tell(services, tx, &[recipient], &telling).await
}

/// The news of a request is read once there is nothing left to answer.
pub(super) async fn answered(
    services: &Services,
    tx: &mut PgConnection,
    recipient: UserId,
    connection: ConnectionId,
) -> Outcome<()> {
    let thing = connection.to_string();
    notifications::caught_up(services, tx, recipient, News::ConnectionRequested, &thing).await
}

/// Tells whoever asked that they were accepted: in the app, and by mail if they want.
pub(super) async fn accepted(
    services: &Services,
    tx: &mut PgConnection,
    person: &SignedIn,
    (requester, connection): (UserId, ConnectionId),
    conversation: ConversationId,
) -> Outcome<Told> {
    let (path, thing) = (format!("/inbox/{conversation}"), connection.to_string());
    if notifications::wants_mail(tx, requester, NotificationKind::ConnectionAccepted).await?
        && let Some(to) = queries::addressed(tx, requester.get()).await?
    {
        let name = domain::accounts::full_name(&to.first_name, &to.last_name);
        let link = format!("{}{path}", services.public_url);
        let letter = Mail::ConnectionAccepted { name: &name, by: &person.full_name, link: &link };
        mail::enqueue(services, tx, &accounts::stored_address(&to.email)?, &name, &letter).await?;
    }
    let telling = telling(person, News::ConnectionAccepted, &path, &thing);
    notifications::tell(services, tx, &[requester], &telling).await
}

fn telling<'a>(person: &'a SignedIn, news: News, link: &'a str, thing: &'a str) -> Telling<'a> {
    Telling { news, by: Some(person), names_actor: true, subject: None, detail: None, link, thing }
}

/// Tells the other one that a connection, or a request to them, is over, after COMMIT. What either may listen to is asked
/// anew.
pub(super) fn removed(services: &Services, person: &SignedIn, other: UserId, connection: ConnectionId) {
    let topic = Topic::User(other);
    let card = PersonCard { id: person.user, full_name: person.full_name.clone() };
    services.bus.publish(topic, &ServerFrame::ConnectionRemoved { topic, connection, person: card });
    services.bus.recheck(other);
    services.bus.recheck(person.user);
}
