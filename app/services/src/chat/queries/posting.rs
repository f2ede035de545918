use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

pub struct NewMessageRow<'a> {
    pub id: Uuid,
    pub event_id: Uuid,
    pub room_id: Uuid,
    pub author_id: Uuid,
    pub client_message_id: Uuid,
    pub body: &'a str,
    pub reply_to: Option<Uuid>,
    pub now: OffsetDateTime,
}

pub struct Numbers {
    pub seq: i64,
    pub rev: i64,
}

/// Takes the room's next numbers and inserts, in one statement. `None` when the client id is known, or when the author was
/// banned meanwhile and does not own the organization: the caller must roll back, because the numbers may be taken by then
/// and may leave no gap.
///
/// Holds the author's place in the event until the transaction ends, before it holds the room: a ban waits for what its
/// person is just writing, and takes it along with the rest. Owners can't be banned, and are not held.
pub async fn insert_message(tx: &mut PgConnection, row: &NewMessageRow<'_>) -> sqlx::Result<Option<Numbers>> {
    sqlx::query_as!(
        Numbers,
        r#"with member as materialized (
               select status from event_members where event_id = $2 and user_id = $4 for share
           ), numbers as (
               update chat_rooms set last_seq = last_seq + 1, last_rev = last_rev + 1
                where id = $3 and event_id = $2
                  and not exists (select 1 from member where status = 'BANNED' and not exists (
                          select 1 from events e join organization_members o on o.organization_id = e.organization_id
                           where e.id = $2 and o.user_id = $4 and o.role = 'OWNER'))
               returning last_seq, last_rev
           )
           insert into chat_messages (id, event_id, room_id, author_id, client_message_id, seq, rev, body, created_at,
                                      reply_to)
           select $1, $2, $3, $4, $5, n.last_seq, n.last_rev, $6, $7, $8 from numbers n
           on conflict on constraint chat_messages_client_id_unique do nothing
           returning seq, rev"#,
        row.id,
        row.event_id,
        row.room_id,
        row.author_id,
        row.client_message_id,
        row.body,
        row.now,
        row.reply_to
    )
    .fetch_optional(tx)
    .await
}

/// Holds the room until the transaction ends, so that two posts of one person can't both be the first.
pub async fn lock_room(tx: &mut PgConnection, room: Uuid) -> sqlx::Result<()> {
    sqlx::query!("select id from chat_rooms where id = $1 for no key update", room)
        .fetch_optional(tx)
        .await
        .map(drop)
}

/// Holds somebody's place in an event as [`insert_message`] does, for those who hold the room before they insert.
pub async fn share_member(tx: &mut PgConnection, event: Uuid, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "select user_id from event_members where event_id = $1 and user_id = $2 for share",
        event,
        user
    )
    .fetch_optional(tx)
    .await
    .map(drop)
}

/// When this person last wrote in the room.
pub async fn last_post(
    tx: &mut PgConnection,
    room: Uuid,
    author: Uuid,
) -> sqlx::Result<Option<OffsetDateTime>> {
    sqlx::query_scalar!(
        "select max(created_at) from chat_messages where room_id = $1 and author_id = $2",
        room,
        author
    )
    .fetch_one(tx)
    .await
}

/// The words an event doesn't want to read; none when its filter is off.
pub async fn unwanted_words(tx: &mut PgConnection, event: Uuid) -> sqlx::Result<Vec<String>> {
    let words = sqlx::query_scalar!(
        "select profanity_words from events where id = $1 and profanity_mode = 'MASK'",
        event
    );
    Ok(words.fetch_optional(tx).await?.unwrap_or_default())
}

pub struct MentionableRow {
    pub id: Uuid,
    pub first_name: String,
    pub last_name: String,
}

/// Active members whose full name stands behind an `@` in the text and whom no block separates from its author, the
/// longest names first.
pub async fn mentionable(
    tx: &mut PgConnection,
    event: Uuid,
    author: Uuid,
    body: &str,
    limit: i64,
) -> sqlx::Result<Vec<MentionableRow>> {
    sqlx::query_as!(
        MentionableRow,
        "select u.id, u.first_name, u.last_name
           from event_members m join users u on u.id = m.user_id
          where m.event_id = $1 and m.status = 'ACTIVE' and u.state = 'ACTIVE'
            and strpos(lower($3), '@' || lower(trim(u.first_name || ' ' || u.last_name))) > 0
            and not exists (select 1 from user_blocks b
                             where (b.blocker_id = $2 and b.blocked_id = u.id)
                                or (b.blocker_id = u.id and b.blocked_id = $2))
          order by char_length(u.first_name || u.last_name) desc, u.id
          limit $4",
        event,
        author,
        body,
        limit
    )
    .fetch_all(tx)
    .await
}

/// Whom somebody wants to name.
pub struct Nameable<'a> {
    pub event: Uuid,
    pub viewer: Uuid,
    /// The beginning of a name or of a part of it, without regard to case.
    pub typed: &'a str,
    /// Every member reads the room.
    pub is_open: bool,
    pub limit: i64,
}

/// Active members with such a name whom no block separates from the viewer, by name; for rooms that are not open only
/// those with a part in the event.
pub async fn nameable(tx: &mut PgConnection, wanted: &Nameable<'_>) -> sqlx::Result<Vec<MentionableRow>> {
    sqlx::query_as!(
        MentionableRow,
        "select u.id, u.first_name, u.last_name
           from event_members m join users u on u.id = m.user_id
          where m.event_id = $1 and m.status = 'ACTIVE' and u.state = 'ACTIVE' and m.user_id <> $2
            and (starts_with(m.sort_name, lower($3)) or strpos(m.sort_name, ' ' || lower($3)) > 0)
            and ($4 or m.role <> 'ATTENDEE'
                 or exists (select 1 from session_speakers s
                             where s.event_id = m.event_id and s.user_id = m.user_id))
            and not exists (select 1 from user_blocks b
                             where (b.blocker_id = $2 and b.blocked_id = u.id)
                                or (b.blocker_id = u.id and b.blocked_id = $2))
          order by m.sort_name, m.user_id
          limit $5",
        wanted.event,
        wanted.viewer,
        wanted.typed,
        wanted.is_open,
        wanted.limit
    )
    .fetch_all(tx)
    .await
}

/// Who is named in a message, and how.
pub async fn insert_mentions(
    tx: &mut PgConnection,
    (event, room, message): (Uuid, Uuid, Uuid),
    users: &[Uuid],
    written: &[String],
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into chat_mentions (event_id, room_id, message_id, user_id, written)
         select $1, $2, $3, named.user_id, named.written from unnest($4::uuid[], $5::text[]) as named (user_id, written)",
        event,
        room,
        message,
        users,
        written
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Before those of new words are kept; answers whom the message named.
pub async fn forget_mentions(tx: &mut PgConnection, message: Uuid) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!("delete from chat_mentions where message_id = $1 returning user_id", message)
        .fetch_all(tx)
        .await
}

pub struct PostedRow {
    pub room_id: Uuid,
    /// As it was posted, whatever became of it.
    pub first_body: String,
}

/// What this person posted under a client id.
pub async fn posted_before(
    db: impl PgExecutor<'_>,
    author: Uuid,
    client_message_id: Uuid,
) -> sqlx::Result<Option<PostedRow>> {
    sqlx::query_as!(
        PostedRow,
        r#"select c.room_id,
                  coalesce((select e.previous_body from chat_message_edits e where e.message_id = c.id
                             order by e.edited_at limit 1), c.body) as "first_body!"
             from chat_messages c
            where c.author_id = $1 and c.client_message_id = $2"#,
        author,
        client_message_id
    )
    .fetch_optional(db)
    .await
}

pub async fn event_of_room(tx: &mut PgConnection, room: Uuid) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!("select event_id from chat_rooms where id = $1", room).fetch_optional(tx).await
}
