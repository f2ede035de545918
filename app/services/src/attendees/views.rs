//! Views of the table of people that organizers keep under names of their own.

use domain::attendees::{EventRole, MOST_VIEWS, PeopleSort, PeopleView, ViewName};
use domain::events::EventAction;
use domain::ids::{EventId, SavedViewId, UserId};
use domain::search::SearchText;
use domain::{Conflict, FieldErrors, SignedIn};

use super::queries;
use super::table::PeopleFilter;
use crate::{Outcome, ServiceError, Services, db, events};

/// A filter with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    pub id: SavedViewId,
    pub name: String,
    pub filter: PeopleFilter,
}

/// The viewer's own, by name: one statement. What its values meant once and don't any more is left out.
pub(super) async fn of_viewer(
    services: &Services,
    person: &SignedIn,
    event: EventId,
) -> Outcome<Vec<SavedView>> {
    let rows = queries::views(&services.db, event.get(), person.user.get()).await?;
    let view = |row: queries::ViewRow| {
        let role = row.role.as_deref().and_then(EventRole::from_stored);
        let filter = PeopleFilter {
            text: SearchText::parse(Some(&row.search)).unwrap_or_default(),
            role,
            view: PeopleView::from_address(&row.view).unwrap_or_default(),
            sort: PeopleSort::from_address(&row.sort).unwrap_or_default(),
        };
        SavedView { id: SavedViewId::new(row.id), name: row.name, filter }
    };
    Ok(rows.into_iter().map(view).collect())
}

/// A view as it is stored, with its event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnView {
    pub event_title: String,
    pub event_slug: String,
    pub name: String,
    pub search: String,
    pub role: Option<String>,
    pub view: String,
    pub sort: String,
}

/// All of a person's in all events, for the copy of their data.
///
/// # Errors
/// Database errors only.
pub(crate) async fn views_of(services: &Services, user: UserId) -> Outcome<Vec<OwnView>> {
    let rows = queries::views_of_user(&services.db, user.get()).await?;
    let view = |row: queries::OwnViewRow| OwnView {
        event_title: row.event_title,
        event_slug: row.event_slug,
        name: row.name,
        search: row.search,
        role: row.role,
        view: row.view,
        sort: row.sort,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Keeps a view of the table under a name; one of the same name is replaced.
///
/// # Errors
/// As the policy for [`EventAction::SeePeople`]; [`FieldErrors`] on `name`; [`Conflict::TooManyViews`].
pub async fn save_view(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    name: &str,
    filter: &PeopleFilter,
) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let event = events::hold(services, &mut tx, person.user, slug).await?;
    event.may(EventAction::SeePeople)?;
    let name = ViewName::parse(name).map_err(|error| FieldErrors::one("name", error))?;
    let view = queries::NewView {
        id: services.rng.id(now),
        event: event.id,
        user: person.user.get(),
        name: name.as_str(),
        search: filter.text.as_str(),
        role: filter.role.map(EventRole::as_str),
        view: filter.view.as_str(),
        sort: filter.sort.as_str(),
        now,
    };
    queries::save_view(&mut tx, &view).await?;
    if queries::count_views(&mut tx, event.id, person.user.get()).await? > MOST_VIEWS {
        let max = u32::try_from(MOST_VIEWS).unwrap_or(u32::MAX);
        return Err(Conflict::TooManyViews { max }.into());
    }
    Ok(tx.commit().await?)
}

/// Forgets a view of one's own; one that is gone already is fine.
///
/// # Errors
/// As the policy for [`EventAction::SeePeople`]; [`domain::AppError::NotFound`] for what is no id.
pub async fn delete_view(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    view: Option<SavedViewId>,
) -> Outcome<()> {
    let event = events::standing(services, Some(person.user), slug).await?;
    event.may(EventAction::SeePeople)?;
    let view = view.ok_or(ServiceError::NOT_FOUND)?;
    Ok(queries::delete_view(&services.db, event.id, person.user.get(), view.get()).await?)
}
