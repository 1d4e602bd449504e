-- When an account was last read by itself, outside of a sync: by a run that verified it (its id stands there), or by a re-check. A reading that was begun before
-- says nothing about the account any more.
create table account_observation (
  account_id bigint primary key references account on delete cascade,
  workspace_id integer not null references workspace,
  observed_at timestamptz not null,
  run_id uuid
);
