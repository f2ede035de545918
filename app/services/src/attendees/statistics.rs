use domain::SignedIn;
use domain::attendees::EventRole;
use domain::events::{EventAction, may};
use domain::ids::{AgendaSessionId, EventId};
use domain::invitations::InvitationStatus;
use domain::realtime::Topic;
use time::{Date, Duration, OffsetDateTime};

use super::queries;
use super::table::{PeopleCounts, counts};
use crate::events::{self, EventHead};
use crate::time_zones::TimeZoneName;
use crate::{Outcome, ServiceError, Services};

/// What an event came to, for its organizers.
#[derive(Debug, Clone, PartialEq)]
pub struct EventStatistics {
    pub head: EventHead,
    pub role: EventRole,
    pub people: PeopleCounts,
    pub joined: Joined,
    /// Sessions that take sign-ups or had somebody marked as present, by their start.
    pub sessions: Vec<SessionFigures>,
    /// In the order of an invitation's life.
    pub invitations: Vec<(InvitationStatus, i64)>,
    pub talk: Talk,
}

/// What people did with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Talk {
    /// Listening to the event now; `None` when that is not known.
    pub online: Option<u32>,
    /// Of all its rooms.
    pub messages: i64,
    /// Since midnight in the event's zone.
    pub messages_today: i64,
    /// Requests to connect that name this event.
    pub requests: i64,
    /// Those of them that were accepted.
    pub connections: i64,
    pub open_reports: i64,
    pub closed_reports: i64,
}

/// When those who take part or wait came, without gaps, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// Days of the event's zone that one entry stands for: 1 or 7.
    pub step_days: i64,
    /// By the first day.
    pub counts: Vec<(Date, i64)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionFigures {
    pub id: AgendaSessionId,
    pub title: String,
    pub capacity: Option<i32>,
    pub sign_ups: i32,
    pub attended: i64,
}

/// What is going on in an event right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counters {
    pub taking_part: i64,
    pub waitlisted: i64,
    pub checked_in: i64,
    /// Since midnight in the event's zone.
    pub messages_today: i64,
    pub open_invitations: i64,
    pub open_reports: i64,
    /// Listening to the event; `None` when that is not known.
    pub online: Option<u32>,
}

/// More days than these are shown by weeks.
const MOST_DAYS: i64 = 62;
/// A chart holds so many entries; what is older is in its first.
const MOST_ENTRIES: i64 = 104;

/// Counts: five statements, whatever there is to count.
///
/// # Errors
/// As the policy for [`EventAction::SeeDashboard`].
pub async fn statistics(services: &Services, person: &SignedIn, slug: &str) -> Outcome<EventStatistics> {
    let (head, standing) = events::head_with_standing(services, Some(person.user), slug).await?;
    may(EventAction::SeeDashboard, head.visibility, &standing)?;
    let role = standing.effective_role().ok_or(ServiceError::NOT_FOUND)?;
    let (db, event, now) = (&services.db, head.id.get(), services.clock.now());
    let people = counts(&queries::counts(db, event, now).await?);
    let rows = queries::joined_by_day(db, event, &head.time_zone).await?;
    let days: Vec<(Date, i64)> = rows.into_iter().map(|row| (row.day, row.count)).collect();
    let sessions = queries::session_figures(db, event).await?;
    let sessions = sessions
        .into_iter()
        .map(|row| SessionFigures {
            id: AgendaSessionId::new(row.id),
            title: row.title,
            capacity: row.capacity,
            sign_ups: row.sign_ups,
            attended: row.attended,
        })
        .collect();
    let row = queries::outcome(db, event, midnight(&head.time_zone, now)?, now).await?;
    let invitations = vec![
        (InvitationStatus::Pending, row.pending),
        (InvitationStatus::Accepted, row.accepted),
        (InvitationStatus::Declined, row.declined),
        (InvitationStatus::Expired, row.expired),
        (InvitationStatus::Cancelled, row.cancelled),
    ];
    let talk = Talk {
        online: services.bus.presence(Topic::Event(head.id)).await,
        messages: row.messages,
        messages_today: row.messages_today,
        requests: row.requests,
        connections: row.connections,
        open_reports: row.open_reports,
        closed_reports: row.closed_reports,
    };
    Ok(EventStatistics { head, role, people, joined: without_gaps(&days), sessions, invitations, talk })
}

/// Counts what the overview shows, for somebody the caller has let in: one statement.
///
/// # Errors
/// Database errors only.
pub async fn counters(services: &Services, head: &EventHead) -> Outcome<Counters> {
    let now = services.clock.now();
    let since = midnight(&head.time_zone, now)?;
    let row = queries::counters(&services.db, head.id.get(), since, now).await?;
    Ok(Counters {
        taking_part: row.taking_part,
        waitlisted: row.waitlisted,
        checked_in: row.checked_in,
        messages_today: row.messages_today,
        open_invitations: row.open_invitations,
        open_reports: row.open_reports,
        online: services.bus.presence(Topic::Event(EventId::new(head.id.get()))).await,
    })
}

fn midnight(zone: &str, now: OffsetDateTime) -> Outcome<OffsetDateTime> {
    let zone = TimeZoneName::stored(zone)?;
    Ok(zone.instant_at(zone.date_at(now).midnight()))
}

/// Fills the days nobody came on; by weeks where there are many.
fn without_gaps(days: &[(Date, i64)]) -> Joined {
    let (Some((first, _)), Some((last, _))) = (days.first(), days.last()) else {
        return Joined { step_days: 1, counts: Vec::new() };
    };
    let span = (*last - *first).whole_days() + 1;
    let step_days = if span > MOST_DAYS { 7 } else { 1 };
    let entries = ((span + step_days - 1) / step_days).min(MOST_ENTRIES);
    let start = *last - Duration::days(entries * step_days - 1);
    let mut counts: Vec<(Date, i64)> =
        (0..entries).map(|entry| (start + Duration::days(entry * step_days), 0)).collect();
    for (day, count) in days {
        let entry = ((*day - start).whole_days() / step_days).max(0);
        if let Some(known) = usize::try_from(entry).ok().and_then(|entry| counts.get_mut(entry)) {
            known.1 += count;
        }
    }
    Joined { step_days, counts }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn days_have_no_gaps_and_many_become_weeks_that_lose_nobody() {
        assert_eq!(without_gaps(&[]).counts, []);
        let few = without_gaps(&[(date!(2026 - 05 - 01), 2), (date!(2026 - 05 - 03), 1)]);
        let expected = [(date!(2026 - 05 - 01), 2), (date!(2026 - 05 - 02), 0), (date!(2026 - 05 - 03), 1)];
        assert_eq!((few.step_days, few.counts.as_slice()), (1, expected.as_slice()));
        let many = without_gaps(&[(date!(2020 - 01 - 01), 5), (date!(2026 - 05 - 03), 1)]);
        assert_eq!((many.step_days, many.counts.len()), (7, 104));
        assert_eq!(many.counts.iter().map(|(_, count)| count).sum::<i64>(), 6);
        assert_eq!(many.counts.last().map(|(day, _)| *day + Duration::days(6)), Some(date!(2026 - 05 - 03)));
    }
}
