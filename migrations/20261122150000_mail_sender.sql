-- For which organization a mail speaks: its name stands before the sender's address.
-- Roll forward: a new column that may be null.

alter table outbox_mails add column organization_id uuid references organizations (id) on delete set null;
