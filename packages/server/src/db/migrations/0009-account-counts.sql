-- How many accounts are there, by realm: rows that sum up, as in usage_day. Counting a million of them takes longer than all else that Home shows.
create table account_count (
  workspace_id integer not null references workspace,
  realm_id integer not null references realm on delete cascade,
  accounts integer not null
);
create index account_count_by_workspace on account_count (workspace_id);
insert into account_count (workspace_id, realm_id, accounts)
select workspace_id, realm_id, count(*) from account where gone_at is null group by 1, 2;
