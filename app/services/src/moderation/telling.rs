use domain::ids::UserId;
use domain::notifications::News;
use sqlx::PgConnection;
use uuid::Uuid;

use super::queries;
use crate::notifications::{self, Telling, Told};
use crate::{Outcome, Services};

/// Something that waits for the moderators of an event.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ForModerators<'a> {
    pub(crate) news: News,
    pub(crate) event: Uuid,
    pub(crate) slug: &'a str,
    pub(crate) title: &'a str,
    /// From a room that moderators don't read.
    pub(crate) organizers_only: bool,
    /// Who it is about and who brought it up: they don't answer it, and are not told.
    pub(crate) apart: [UserId; 2],
}

/// Tells whoever may answer it, in the caller's transaction: one line per event, which counts up while it is unread.
///
/// # Errors
/// Database errors only.
pub(crate) async fn tell_moderators(
    services: &Services,
    tx: &mut PgConnection,
    waits: &ForModerators<'_>,
) -> Outcome<Told> {
    let apart = waits.apart.map(UserId::get);
    let now = services.clock.now();
    let users = queries::moderators(tx, waits.event, waits.organizers_only, &apart, now).await?;
    let users: Vec<UserId> = users.into_iter().map(UserId::new).collect();
    let telling = Telling {
        news: waits.news,
        by: None,
        names_actor: false,
        subject: Some(waits.title),
        detail: None,
        link: &format!("/events/{}/manage/moderation", waits.slug),
        thing: &waits.event.to_string(),
    };
    notifications::tell(services, tx, &users, &telling).await
}
