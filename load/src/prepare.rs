//! Fills a database with what a run needs: people who are signed in and sit in one event, and its room.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ids::{ChatRoomId, UserId};
use sha2::{Digest as _, Sha256};
use sqlx::{Connection as _, PgConnection};
use uuid::Uuid;

use crate::cli::PrepareArgs;
use crate::crowd::{Crowd, Person};
use crate::problem::{Outcome, said};
use crate::queries;
use crate::report::say;
use crate::sender::{random_bytes, random_id};

/// A person and the secret of their browser.
struct SignedIn {
    user: Uuid,
    session: [u8; 16],
}

/// Signing thousands of people up would measure the password hash, so their rows are written as the server would have
/// left them: confirmed, signed in an hour ago at most, members of the event.
///
/// # Errors
/// The database is out of reach or has other tables.
pub async fn prepare(args: &PrepareArgs) -> Outcome<()> {
    let people: Vec<SignedIn> =
        (0..args.people).map(|_| SignedIn { user: random_id(), session: random_bytes() }).collect();
    let owner = people.first().ok_or_else(|| said("a crowd has at least one person"))?.user;
    let (users, hashes): (Vec<Uuid>, Vec<Vec<u8>>) =
        people.iter().map(|person| (person.user, Sha256::digest(person.session).to_vec())).unzip();
    let place = queries::Place { organization: random_id(), event: random_id(), room: random_id() };
    let slug = format!("load-{}", place.event.simple());

    let mut database = PgConnection::connect(&args.database_url).await?;
    let mut tx = database.begin().await?;
    queries::insert_people(&mut tx, &users).await?;
    queries::insert_login_sessions(&mut tx, &users, &hashes).await?;
    queries::insert_organization(&mut tx, &place, owner, &slug).await?;
    queries::insert_event(&mut tx, &place, owner, &slug).await?;
    queries::insert_members(&mut tx, &place, &users).await?;
    queries::insert_room(&mut tx, &place).await?;
    tx.commit().await?;
    queries::analyze(&mut database).await?;
    database.close().await?;

    let people = people.iter().map(SignedIn::with_cookie).collect();
    let crowd = Crowd { event: slug, room: ChatRoomId::new(place.room), people };
    crowd.write(&args.crowd)?;
    say(&format!(
        "{} people in /events/{}; their cookies: {}",
        args.people,
        crowd.event,
        args.crowd.display()
    ));
    Ok(())
}

impl SignedIn {
    fn with_cookie(&self) -> Person {
        Person { user: UserId::new(self.user), session: URL_SAFE_NO_PAD.encode(self.session) }
    }
}
