-- The day counts once more by month: what lies in months that no end of a period cuts is read from here, a twentieth of the rows.
create table usage_month (
  workspace_id integer not null references workspace,
  resource_id integer not null references resource on delete cascade,
  status text not null,
  account_type text not null,
  claim text not null,
  holding text not null,
  last_kind text not null,
  -- First days of months.
  last_month date,
  clock_month date,
  evidence_id integer,
  known_through date,
  accounts integer not null
);
create index usage_month_by_resource on usage_month (workspace_id, resource_id);
create index usage_day_by_day on usage_day (resource_id, last_on);
create index usage_day_by_clock on usage_day (resource_id, clock_on) where clock_on is not null;
insert into usage_month (workspace_id, resource_id, status, account_type, claim, holding, last_kind, last_month, clock_month, evidence_id, known_through, accounts)
select workspace_id, resource_id, status, account_type, claim, holding, last_kind, date_trunc('month', last_on)::date, date_trunc('month', clock_on)::date, evidence_id, known_through, sum(accounts)
from usage_day group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11;
