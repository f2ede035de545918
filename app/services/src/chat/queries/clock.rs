use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

/// A room of a session about which the clock came to say something else.
pub struct ClockedRow {
    pub event_id: Uuid,
    pub id: Uuid,
    pub kind: String,
    pub name: String,
    pub description: Option<String>,
    pub is_enabled: bool,
    pub was_enabled: bool,
    pub slow_mode_seconds: i32,
}

/// Opens the rooms whose time has come and closes those whose time is over, each once of all nodes. What was closed
/// together stays closed until all is opened again.
pub async fn follow_clock(db: impl PgExecutor<'_>, now: OffsetDateTime) -> sqlx::Result<Vec<ClockedRow>> {
    sqlx::query_as!(
        ClockedRow,
        r#"update chat_rooms r
              set is_enabled = due.wanted and not r.closed_with_all, clock_open = due.wanted, open_before_all = false
             from (select old.id, old.is_enabled, says.wanted
                     from events e
                     join organizations o on o.id = e.organization_id and o.deleted_at is null
                     join agenda_sessions s on s.event_id = e.id and s.deleted_at is null and s.starts_at is not null
                     join chat_rooms old on old.event_id = s.event_id and old.session_id = s.id
                    cross join lateral (
                          select s.status = 'LIVE'
                                 or $1 >= s.starts_at - make_interval(mins => e.rooms_open_before_minutes)
                                    and $1 < s.ends_at + make_interval(mins => e.rooms_close_after_minutes)) says (wanted)
                    where e.status = 'PUBLISHED' and e.rooms_open_before_minutes is not null
                      and old.clock_open is distinct from says.wanted
                    order by old.id
                      for update of old) due
            where r.id = due.id
           returning r.event_id, r.id, r.kind, r.name, r.description, r.is_enabled,
                     due.is_enabled as "was_enabled!", r.slow_mode_seconds"#,
        now
    )
    .fetch_all(db)
    .await
}

/// Takes rooms from the clock whose event runs them by hand again, or whose session has no time any more: those that it
/// had closed open.
pub async fn leave_clock(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<ClockedRow>> {
    sqlx::query_as!(
        ClockedRow,
        r#"update chat_rooms r
              set is_enabled = (r.is_enabled or not r.clock_open) and not r.closed_with_all, clock_open = null
             from (select old.id, old.is_enabled
                     from chat_rooms old
                     join events e on e.id = old.event_id
                     join agenda_sessions s on s.event_id = old.event_id and s.id = old.session_id
                    where old.clock_open is not null
                      and (e.rooms_open_before_minutes is null or s.starts_at is null)
                    order by old.id
                      for update of old) free
            where r.id = free.id
           returning r.event_id, r.id, r.kind, r.name, r.description, r.is_enabled,
                     free.is_enabled as "was_enabled!", r.slow_mode_seconds"#
    )
    .fetch_all(db)
    .await
}
