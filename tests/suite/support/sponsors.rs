//! Sponsors and tiers, through the use cases.

use domain::ids::{SponsorId, SponsorTierId};
use services::sponsors::{self, Board, NewSponsor, SponsorFields};

use super::{Member, TestApp};

impl TestApp {
    pub async fn sponsor_board(&self, organizer: &Member, event: &str) -> Board {
        sponsors::board(&self.services, &organizer.signed_in, event).await.expect("an organizer")
    }

    /// One of the event's tiers.
    pub async fn sponsor_tier(&self, organizer: &Member, event: &str, name: &str) -> SponsorTierId {
        let board = self.sponsor_board(organizer, event).await;
        board.tiers.iter().find(|tier| tier.name == name).expect("a tier of this name").id
    }

    /// An active sponsor at the end of a tier, or of those without one.
    pub async fn sponsor(
        &self,
        organizer: &Member,
        event: &str,
        tier: Option<&str>,
        name: &str,
    ) -> SponsorId {
        let tier = match tier {
            Some(tier) => self.sponsor_tier(organizer, event, tier).await.to_string(),
            None => "none".to_owned(),
        };
        let fields = SponsorFields { name: Some(name.to_owned()), ..SponsorFields::default() };
        let form_key = self.services.rng.id(self.services.clock.now()).to_string();
        let new = NewSponsor { tier, fields, form_key };
        sponsors::create(&self.services, &organizer.signed_in, event, &new).await.expect("there is room")
    }
}
