-- Lanes of a rate budget that wait, in their order (interactive, run, verify, sync): until when their place is kept, and how often they were passed over.
-- `cooled_at`: when the vendor asked for a wait; one that lies in the future says that the clock was set back. The last three columns are the last answer.
alter table rate_budget
  add column waiting_until timestamptz[] not null default array[null, null, null, null]::timestamptz[],
  add column passed_over integer[] not null default array[0, 0, 0, 0],
  add column cooled_at timestamptz,
  add column asked_at timestamptz,
  add column granted boolean,
  add column earliest timestamptz;

-- Which secret key this installation seals with: nodes with different key files notice each other before anything is stored.
create table secret_key_in_use (
  one boolean primary key default true check (one),
  key_id text not null,
  noted_at timestamptz not null default now()
);
