//! Who supports the conference: invented companies in every tier.

use domain::SignedIn;
use services::sponsors::{self, NewSponsor, SponsorFields};
use services::{Outcome, Services, uploads};

use super::pictures;

/// Tier, name, what it does, what it offers.
type Sponsor = (&'static str, &'static str, &'static str, &'static str);

const SPONSORS: [Sponsor; 9] = [
    (
        "Platinum",
        "Breakwater Systems",
        "Databases that stay calm when the weather doesn't.",
        "A workshop on backups every day\nCoffee at the booth in hall A",
    ),
    (
        "Gold",
        "Fathom Analytics Cooperative",
        "Numbers about ships, told in plain words.",
        "A tour of the harbour",
    ),
    ("Gold", "Keel & Daughters", "Tools for people who repair software.", "A raffle of hand-made keyboards"),
    (
        "Silver",
        "Lantern Hosting",
        "Small servers near the people who use them.",
        "A year of hosting for students",
    ),
    ("Silver", "Saltmarsh Press", "Books on building things that last.", "A tenth off all books"),
    ("Bronze", "Driftwood Bicycles", "They bring you to the venue and back.", ""),
    ("Bronze", "Ferry Street Bakery", "Bread for four hundred, each morning.", ""),
    ("Community", "Lisbon Rust Evenings", "A meetup, each second Tuesday.", ""),
    ("Community", "Open Charts Foundation", "Free maps of the sea.", ""),
];

/// Of their logos; they show on light and dark ground.
const COLOURS: [[u8; 3]; 4] = [[66, 112, 190], [214, 110, 60], [46, 140, 120], [150, 96, 180]];

/// Adds them in order; the first is featured.
pub async fn add(services: &Services, organizer: &SignedIn, event: &str) -> Outcome<()> {
    let board = sponsors::board(services, organizer, event).await?;
    for (index, (tier, name, description, benefits)) in SPONSORS.into_iter().enumerate() {
        let tier = board.tiers.iter().find(|found| found.name == tier).map(|found| found.id.to_string());
        let fields = SponsorFields {
            name: Some(name.to_owned()),
            description: Some(description.to_owned()),
            website: Some(format!("https://sponsor-{}.example", index + 1)),
            benefits: Some(benefits.to_owned()),
            ..SponsorFields::default()
        };
        let form_key = services.rng.id(services.clock.now()).to_string();
        let new = NewSponsor { tier: tier.unwrap_or_default(), fields, form_key };
        let sponsor = sponsors::create(services, organizer, event, &new).await?;
        let logo = pictures::mark(index, COLOURS[index % COLOURS.len()])?;
        uploads::store_sponsor_logo(services, organizer, event, sponsor, logo.into()).await?;
        if index == 0 {
            sponsors::set_featured(services, organizer, event, sponsor, true).await?;
        }
    }
    Ok(())
}
