-- What was open when all rooms were closed together opens with all again, also where the clock had closed it before.
-- Roll forward: a column with a constant default; a previous binary neither reads nor writes it.

alter table chat_rooms add column open_before_all boolean not null default false;
