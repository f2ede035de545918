-- Mails wait here, written in the transaction of their cause; a worker sends them.
-- Roll forward: new table only.

create table outbox_mails (
    id              uuid primary key,
    recipient       text not null,
    recipient_name  text not null,
    kind            text not null,
    subject         text not null,
    -- Holds live links: emptied once the mail is sent or given up, unless mails are only listed (development).
    html_body       text not null,
    text_body       text not null,
    created_at      timestamptz not null,
    -- When the next attempt may start; moved by the backoff.
    next_attempt_at timestamptz not null,
    attempts        integer not null default 0,
    -- A worker holds the row until then; a crashed worker's claim runs out.
    claimed_until   timestamptz,
    -- The link inside is dead after this; the mail is then not sent.
    expires_at      timestamptz,
    sent_at         timestamptz,
    failed_at       timestamptz,
    -- The server's answer, for the operator's list.
    last_answer     text,
    constraint outbox_mails_ends_once check (sent_at is null or failed_at is null)
);
create index outbox_mails_due on outbox_mails (next_attempt_at) where sent_at is null and failed_at is null;
-- How much somebody was written lately.
create index outbox_mails_by_recipient on outbox_mails (recipient, created_at);
create index outbox_mails_newest on outbox_mails (created_at desc, id desc);
