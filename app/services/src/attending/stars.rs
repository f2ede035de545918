use domain::SignedIn;
use domain::attending::SessionAction;
use domain::ids::{AgendaSessionId, UserId};
use uuid::Uuid;

use super::{queries, seen};
use crate::{Outcome, Services};

/// The most stars a browser keeps for somebody who is not signed in: a cookie holds 4 kB.
pub const MAX_KEPT_STARS: usize = 100;

/// Stars a session for oneself, or takes the star back. What is so already stays so.
///
/// # Errors
/// As the policy for [`SessionAction::Star`].
pub async fn set_star(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    session: AgendaSessionId,
    is_starred: bool,
) -> Outcome<()> {
    let seen = seen(services, Some(person.user), slug, session).await?;
    seen.may(SessionAction::Star)?;
    let (event, user) = (seen.event.get(), person.user.get());
    if is_starred {
        queries::star(&services.db, event, session.get(), user, services.clock.now()).await?;
    } else {
        queries::unstar(&services.db, event, session.get(), user).await?;
    }
    Ok(())
}

/// Whether a visitor may keep a star of this session in their browser.
///
/// # Errors
/// As the policy for [`SessionAction::Star`].
pub async fn may_star_as_visitor(services: &Services, slug: &str, session: AgendaSessionId) -> Outcome<()> {
    Ok(seen(services, None, slug, session).await?.may(SessionAction::Star)?)
}

/// Makes a browser's stars the person's own, at sign-in: those of sessions they see. Others are forgotten.
///
/// # Errors
/// Database errors only.
pub async fn merge_stars(services: &Services, user: UserId, kept: &[AgendaSessionId]) -> Outcome<()> {
    let kept: Vec<Uuid> = kept.iter().take(MAX_KEPT_STARS).map(|session| session.get()).collect();
    if kept.is_empty() {
        return Ok(());
    }
    Ok(queries::merge_stars(&services.db, user.get(), &kept, services.clock.now()).await?)
}
