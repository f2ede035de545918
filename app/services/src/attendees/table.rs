use domain::accounts::full_name;
use domain::attendees::{EventRole, MembershipStatus, PeopleSort, PeopleView};
use domain::events::{EventAction, may};
use domain::ids::{FileId, UserId};
use domain::paging::{Page, PageRequest};
use domain::search::SearchText;
use domain::time::Timestamp;
use domain::{FieldErrors, SignedIn};

use super::held::{stored_role, stored_status};
use super::queries;
use super::views::{self, SavedView};
use crate::events::{self, EventHead};
use crate::{Outcome, ServiceError, Services};

/// What to look for among the people of an event, and in which order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleFilter {
    /// Part of a name, an address or a company, or nothing.
    pub text: SearchText,
    pub role: Option<EventRole>,
    pub view: PeopleView,
    pub sort: PeopleSort,
}

impl PeopleFilter {
    /// Reads `search`, `role`, `view` and `sort` as they stand in an address; missing and empty mean the default.
    ///
    /// # Errors
    /// [`FieldErrors`] on each that is none of its list.
    pub fn parse(
        search: Option<&str>,
        role: Option<&str>,
        view: Option<&str>,
        sort: Option<&str>,
    ) -> Result<Self, FieldErrors> {
        Ok(Self {
            text: SearchText::parse(search)?,
            role: chosen("role", role, EventRole::from_stored)?,
            view: chosen("view", view, PeopleView::from_address)?.unwrap_or_default(),
            sort: chosen("sort", sort, PeopleSort::from_address)?.unwrap_or_default(),
        })
    }
}

fn chosen<T>(
    field: &str,
    asked: Option<&str>,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, FieldErrors> {
    match asked {
        None | Some("") => Ok(None),
        Some(asked) => read(asked)
            .map(Some)
            .ok_or_else(|| FieldErrors::one(field, "Choose one of the list, or leave it away.")),
    }
}

/// How many there are in the whole event, whatever is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleCounts {
    /// In the order of [`PeopleView::ALL`].
    pub views: Vec<(PeopleView, i64)>,
    /// Of those who take part, highest first.
    pub roles: Vec<(EventRole, i64)>,
}

impl PeopleCounts {
    #[must_use]
    pub fn of(&self, view: PeopleView) -> i64 {
        self.views.iter().find(|(known, _)| *known == view).map_or(0, |(_, count)| *count)
    }
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonInTable {
    pub user: UserId,
    pub full_name: String,
    pub avatar: Option<FileId>,
    pub email: String,
    pub company: Option<String>,
    /// That for the event where there is one.
    pub title: Option<String>,
    pub role: EventRole,
    pub status: MembershipStatus,
    pub joined_at: Timestamp,
    pub checked_in_at: Option<Timestamp>,
    pub is_muted: bool,
}

/// The people of an event, for its organizers.
#[derive(Debug, Clone, PartialEq)]
pub struct PeopleTable {
    pub head: EventHead,
    pub role: EventRole,
    pub counts: PeopleCounts,
    pub people: Page<PersonInTable>,
    /// The viewer acts as an admin because they own the organization, without a membership that says so.
    pub may_join_as_admin: bool,
    /// The roles the viewer may give to somebody new, highest first; none when nobody is taken in any more.
    pub grantable: Vec<EventRole>,
    /// The viewer's own, by name.
    pub saved: Vec<SavedView>,
}

/// The table: five statements, however many people there are.
///
/// # Errors
/// As the policy for [`EventAction::SeePeople`]; [`domain::AppError::NoSuchPage`].
pub async fn people(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    filter: &PeopleFilter,
    request: PageRequest,
) -> Outcome<PeopleTable> {
    let (head, standing) = events::head_with_standing(services, Some(person.user), slug).await?;
    may(EventAction::SeePeople, head.visibility, &standing)?;
    let role = standing.effective_role().ok_or(ServiceError::NOT_FOUND)?;
    let (db, event, now) = (&services.db, head.id.get(), services.clock.now());
    let wanted = wanted(event, filter, now);
    let counts = counts(&queries::counts(db, event, now).await?);
    let found = match counted(&counts, filter) {
        Some(found) => found,
        None => queries::count_people(db, &wanted).await?,
    };
    let (limit, offset) = (request.limit(), request.offset());
    let rows = if filter.sort == PeopleSort::Name && filter.text.as_str().is_empty() {
        queries::people_by_name(db, &wanted, limit, offset).await?
    } else {
        queries::people(db, &wanted, filter.sort.as_str(), limit, offset).await?
    };
    let rows = rows.into_iter().map(line).collect::<Outcome<Vec<_>>>()?;
    let is_admin_row = standing.membership == Some((EventRole::Admin, MembershipStatus::Active));
    Ok(PeopleTable {
        may_join_as_admin: !is_admin_row && may(EventAction::JoinAsAdmin, head.visibility, &standing).is_ok(),
        grantable: domain::events::invitable(head.visibility, &standing),
        people: Page::of(rows, request, found)?,
        saved: views::of_viewer(services, person, head.id).await?,
        counts,
        role,
        head,
    })
}

/// How many the filter finds, where the counts of the page say it already.
fn counted(counts: &PeopleCounts, filter: &PeopleFilter) -> Option<i64> {
    if !filter.text.as_str().is_empty() {
        return None;
    }
    match (filter.view, filter.role) {
        (view, None) => Some(counts.of(view)),
        (PeopleView::TakingPart, Some(role)) => {
            counts.roles.iter().find(|(of, _)| *of == role).map(|(_, count)| *count)
        }
        _ => None,
    }
}

pub(super) fn wanted<'a>(
    event: uuid::Uuid,
    filter: &'a PeopleFilter,
    now: time::OffsetDateTime,
) -> queries::Wanted<'a> {
    queries::Wanted {
        event,
        text: filter.text.as_str(),
        role: filter.role.map(EventRole::as_str),
        status: filter.view.status().map(MembershipStatus::as_str),
        checked_in: filter.view.checked_in(),
        muted_only: filter.view == PeopleView::Muted,
        now,
    }
}

pub(super) fn counts(row: &queries::CountsRow) -> PeopleCounts {
    let of = |view| match view {
        PeopleView::TakingPart => row.taking_part,
        PeopleView::Waitlisted => row.waitlisted,
        PeopleView::CheckedIn => row.checked_in,
        PeopleView::NotCheckedIn => row.taking_part - row.checked_in,
        PeopleView::Muted => row.muted,
        PeopleView::Left => row.departed,
        PeopleView::Removed => row.removed,
        PeopleView::Banned => row.banned,
        PeopleView::Everybody => row.everybody,
    };
    let with = |role| match role {
        EventRole::Admin => row.admins,
        EventRole::Organizer => row.organizers,
        EventRole::Moderator => row.moderators,
        EventRole::Speaker => row.speakers,
        EventRole::Attendee => row.attendees,
    };
    PeopleCounts {
        views: PeopleView::ALL.map(|view| (view, of(view))).to_vec(),
        roles: EventRole::ALL.into_iter().rev().map(|role| (role, with(role))).collect(),
    }
}

pub(super) fn line(row: queries::PersonRow) -> Outcome<PersonInTable> {
    Ok(PersonInTable {
        user: UserId::new(row.user_id),
        full_name: full_name(&row.first_name, &row.last_name),
        avatar: row.avatar_file_id.map(FileId::new),
        email: row.email,
        company: row.company,
        title: row.title,
        role: stored_role(&row.role)?,
        status: stored_status(&row.status)?,
        joined_at: Timestamp::from(row.joined_at),
        checked_in_at: row.checked_in_at.map(Timestamp::from),
        is_muted: row.is_muted,
    })
}
