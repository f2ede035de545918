//! The demo: two organizations and a lively conference, made through the use cases, so that it obeys the rules.

mod agenda;
mod cast;
mod connections;
mod conversations;
mod direct_messages;
mod moderation;
mod pictures;
mod sponsors;

use std::io::{self, Write as _};

use domain::ids::UserId;
use domain::uploads::{AlternativeText, UploadPurpose};
use domain::{SignedIn, Viewer};
use services::accounts::NewAccount;
use services::events::{EventFields, NewEvent};
use services::organizations::NewOrganization;
use services::time_zones::TimeZoneName;
use services::{Outcome, ServiceError, Services, accounts, chat, events, organizations, uploads};
use time::{Date, Duration};

use cast::{CAST, Person};
use conversations::{OF_THE_CONFERENCE, OF_THE_EVENING, say_in};

/// The password of every demo account; the demo is for trying out, not for the open network.
const PASSWORD: &str = "atria-demo-lantern-42";

/// Loads the demo into a database without accounts, and prints how to sign in. On any other database it does
/// nothing and says so.
///
/// # Errors
/// As the use cases; what was made until then stays.
pub async fn demo(services: &Services) -> Outcome<()> {
    if accounts::any_exists(services).await? {
        say("The demo was not loaded: this database has accounts already.");
        return Ok(());
    }
    let mut people = Vec::with_capacity(CAST.len());
    for person in &CAST {
        people.push(sign_up(services, person).await?);
    }
    let (olivia, zoe) = (&people[0], &people[1]);
    let lighthouse =
        organization(services, olivia, "Lighthouse Conferences", "We bring builders together by the sea.")
            .await?;
    let harbour = organization(services, zoe, "Harbour Meetups", "Small evenings, big questions.").await?;

    let lisbon =
        TimeZoneName::parse("Europe/Lisbon").map_err(|error| ServiceError::Broken(error.to_string()))?;
    let today = lisbon.date_at(services.clock.now());
    let conference = event(services, olivia, &lighthouse, &conference_fields(today)).await?;
    let evening = event(services, zoe, &harbour, &evening_fields(today)).await?;
    illustrate(services, olivia, &conference).await?;
    sponsors::add(services, olivia, &conference).await?;
    for person in &people[1..] {
        events::register(services, person, &conference).await?;
    }
    for person in people.iter().take(20) {
        events::register(services, person, &evening).await?;
    }
    agenda::add(services, &people, &conference, today).await?;
    connections::add(services, &people, &conference).await?;
    conversations::add(services, &people, olivia, &conference, &OF_THE_CONFERENCE).await?;
    conversations::add(services, &people, zoe, &evening, &OF_THE_EVENING).await?;
    advertise(services, &people, &conference).await?;
    direct_messages::add(services, &people, olivia, &conference).await?;
    announce(&services.public_url, &conference);
    Ok(())
}

/// Gives the conference its head pictures and its logo.
async fn illustrate(services: &Services, organizer: &SignedIn, event: &str) -> Outcome<()> {
    let words = AlternativeText::parse("A low sun over the waves")
        .map_err(|error| ServiceError::Broken(format!("{error:?}")))?;
    let wide = pictures::sea(1920, 600)?;
    let narrow = pictures::sea(800, 400)?;
    let logo = pictures::mark(2, [43, 79, 128])?;
    for (purpose, file) in [
        (UploadPurpose::EventHeroDesktop, wide),
        (UploadPurpose::EventHeroMobile, narrow),
        (UploadPurpose::EventLogo, logo),
    ] {
        let words = if purpose == UploadPurpose::EventLogo { &AlternativeText::NONE } else { &words };
        uploads::store_for_event(services, organizer, event, purpose, words, file.into()).await?;
    }
    Ok(())
}

async fn sign_up(services: &Services, person: &Person) -> Outcome<SignedIn> {
    let email = format!("{}@example.org", person.first.to_lowercase());
    let account = NewAccount::parse(person.first, person.last, &email, PASSWORD)?;
    let user = accounts::sign_up_confirmed(services, account).await?;
    Ok(signed_in(services, user, person))
}

fn signed_in(services: &Services, user: UserId, person: &Person) -> SignedIn {
    let login_session = domain::ids::LoginSessionId::new(services.rng.id(services.clock.now()));
    SignedIn {
        user,
        login_session,
        full_name: domain::accounts::full_name(person.first, person.last),
        avatar: None,
    }
}

async fn organization(
    services: &Services,
    owner: &SignedIn,
    name: &str,
    description: &str,
) -> Outcome<String> {
    let key = services.rng.id(services.clock.now()).to_string();
    organizations::create(services, owner, &NewOrganization::parse(name, "", description, &key)?).await
}

/// Creates and publishes an event; answers its address.
async fn event(
    services: &Services,
    person: &SignedIn,
    organization: &str,
    fields: &EventFields,
) -> Outcome<String> {
    let form_key = services.rng.id(services.clock.now()).to_string();
    let new = NewEvent { organization: organization.to_owned(), fields: fields.clone(), form_key };
    let slug = events::create(services, person, &new).await?;
    events::publish(services, person, &slug).await?;
    Ok(slug)
}

/// Three days that include today, so that the demo is always live.
fn conference_fields(today: Date) -> EventFields {
    EventFields {
        title: "Tidewater Conf".to_owned(),
        description:
            "Three days on building software that lasts: small programs, careful data, calm operations.\n\n\
                      Come for the talks, stay for the people. The General room is where plans \
                      for dinner are made."
                .to_owned(),
        format: "HYBRID".to_owned(),
        visibility: "PUBLIC".to_owned(),
        start_date: today.to_string(),
        end_date: (today + Duration::days(2)).to_string(),
        time_zone: "Europe/Lisbon".to_owned(),
        host_name: "Lighthouse Conferences".to_owned(),
        venue_name: "Armazém 7".to_owned(),
        venue_address: "Cais do Ginjal 7".to_owned(),
        venue_city: "Lisbon".to_owned(),
        venue_country: "Portugal".to_owned(),
        online_note: "All talks are streamed at https://live.example.org.".to_owned(),
        max_attendees: "400".to_owned(),
        ..EventFields::default()
    }
}

fn evening_fields(today: Date) -> EventFields {
    let day = (today + Duration::days(9)).to_string();
    EventFields {
        title: "An evening on small databases".to_owned(),
        description: "Two talks, long breaks, no slides without a question on them.".to_owned(),
        format: "VIRTUAL".to_owned(),
        visibility: "PUBLIC".to_owned(),
        start_date: day.clone(),
        end_date: day,
        time_zone: "Europe/Berlin".to_owned(),
        host_name: "Harbour Meetups".to_owned(),
        online_note: "The call at https://meet.example.org opens half an hour before.".to_owned(),
        max_attendees: "40".to_owned(),
        ..EventFields::default()
    }
}

/// One person's advertisement in the first room, and another's report of it.
async fn advertise(services: &Services, people: &[SignedIn], event: &str) -> Outcome<()> {
    let [.., reporter, advertiser] = people else { return Ok(()) };
    let page = events::open(services, &Viewer::SignedIn(advertiser.clone()), event).await?;
    let Some(role) = page.role else { return Ok(()) };
    let rooms = chat::rooms_of(services, advertiser, page.head.id, page.head.status, role).await?;
    let Some(room) = rooms.first() else { return Ok(()) };
    let message = say_in(services, advertiser, room.id, moderation::ADVERTISEMENT, None).await?;
    moderation::report(services, reporter, message).await
}

fn announce(public_url: &str, conference: &str) {
    say(&format!(
        "The demo is loaded: {public_url}/events/{conference}\n\
         Sign in with the password {PASSWORD} as\n\
         \x20 olivia@example.org  organizes Tidewater Conf\n\
         \x20 zoe@example.org     runs another organization\n\
         \x20 ada@example.org     attends (and 57 others: the first name is the address)"
    ));
}

fn say(text: &str) {
    // A closed terminal is no reason to stop.
    let _ = writeln!(io::stdout(), "{text}");
}
