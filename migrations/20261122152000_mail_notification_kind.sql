-- Which choice of the recipient a mail belongs to: it carries a link that switches mails like it off.
-- Roll forward: a new column that may be null; mails without it can't be switched off.

alter table outbox_mails add column notification_kind text;
