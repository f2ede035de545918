use serde_json::Value;
use sqlx::PgExecutor;
use sqlx::types::Json;
use uuid::Uuid;

/// Everything that is the organization's own, as one JSON object.
pub async fn export(db: impl PgExecutor<'_>, organization: Uuid) -> sqlx::Result<Value> {
    let Json(value) = sqlx::query_scalar!(
        r#"select jsonb_build_object(
               'organization', jsonb_build_object(
                   'name', o.name, 'address', o.slug, 'description', o.description, 'website', o.website,
                   'contact_email', o.contact_email, 'time_zone', o.default_time_zone, 'created_at', o.created_at),
               'members', (
                   select coalesce(jsonb_agg(jsonb_build_object(
                              'name', trim(u.first_name || ' ' || u.last_name), 'email', u.email, 'role', m.role,
                              'joined_at', m.joined_at) order by u.last_name, u.first_name, u.id), '[]')
                     from organization_members m join users u on u.id = m.user_id
                    where m.organization_id = o.id and u.state = 'ACTIVE'),
               'events', (
                   select coalesce(jsonb_agg(jsonb_build_object(
                              'title', e.title, 'address', e.slug, 'status', e.status, 'visibility', e.visibility,
                              'first_day', e.start_date, 'last_day', e.end_date, 'time_zone', e.time_zone,
                              'description', e.description, 'capacity', e.max_attendees,
                              'people', (select count(*) from event_members p
                                          where p.event_id = e.id and p.status = 'ACTIVE'),
                              'sessions', (
                                  select coalesce(jsonb_agg(jsonb_build_object(
                                             'title', s.title, 'starts_at', s.starts_at, 'ends_at', s.ends_at,
                                             'status', s.status) order by s.starts_at, s.id), '[]')
                                    from agenda_sessions s where s.event_id = e.id and s.deleted_at is null)
                              ) order by e.start_date, e.id), '[]')
                     from events e where e.organization_id = o.id and e.status <> 'DELETED'),
               'open_invitations', (
                   select coalesce(jsonb_agg(jsonb_build_object(
                              'email', i.address, 'role', i.role, 'event', e.title, 'sent_at', i.sent_at,
                              'expires_at', i.expires_at) order by i.created_at, i.id), '[]')
                     from invitations i left join events e on e.id = i.event_id
                    where i.status = 'PENDING'
                      and (i.organization_id = o.id
                           or i.event_id in (select own.id from events own where own.organization_id = o.id)))
           ) as "value!: Json<Value>"
             from organizations o where o.id = $1"#,
        organization
    )
    .fetch_one(db)
    .await?;
    Ok(value)
}
