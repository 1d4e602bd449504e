-- Rollcall's first schema. What has an address has a UUIDv7 made by us; bulk rows have bigint ids; the vendor's ids are kept as given.
-- workspace_id stands on every row: it is the outermost wall.
create extension if not exists pg_trgm;

create table workspace (
  id integer generated always as identity primary key,
  key uuid not null unique,
  name text not null,
  settings jsonb not null default '{}',
  paused_at timestamptz,
  paused_by text,
  paused_reason text,
  created_at timestamptz not null default now()
);

-- Where logins live: one Cloud organisation's accounts, or the accounts of one file.
create table realm (
  id integer generated always as identity primary key,
  workspace_id integer not null references workspace,
  kind text not null check (kind in ('atlassian-org', 'csv')),
  vendor_id text not null,
  name text not null,
  unique (workspace_id, kind, vendor_id)
);

create table source (
  id uuid primary key,
  workspace_id integer not null references workspace,
  realm_id integer not null references realm,
  kind text not null check (kind in ('atlassian-org', 'csv')),
  name text not null,
  settings jsonb not null default '{}',
  time_zone text not null default 'UTC',
  key_owner text,
  key_expires_on date,
  read_only boolean not null default false,
  sync_every_minutes integer check (sync_every_minutes >= 5),
  next_sync_at timestamptz,
  stale_after_hours integer not null default 48,
  check_report jsonb,
  checked_at timestamptz,
  last_full_read_at timestamptz,
  last_sync_id uuid,
  history_from date,
  attached_to uuid references source,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  removed_at timestamptz
);
create unique index source_name on source (workspace_id, lower(name)) where removed_at is null;

create table source_secret (
  workspace_id integer not null references workspace,
  source_id uuid not null references source on delete cascade,
  field text not null,
  key_id text not null,
  nonce bytea not null,
  sealed bytea not null,
  updated_at timestamptz not null default now(),
  primary key (source_id, field)
);

-- One way in which a source reads activity. Readings without a day of their own are known through the day that stands here, so that
-- a sync of an unchanged organisation rewrites no access row.
create table evidence (
  id integer generated always as identity primary key,
  workspace_id integer not null references workspace,
  source_id uuid not null references source,
  kind text not null check (kind in ('orgSearch', 'lastActiveDates', 'managedAccounts', 'csv', 'observed')),
  known_through date,
  read_at timestamptz,
  unique (source_id, kind)
);

create table directory (
  id integer generated always as identity primary key,
  workspace_id integer not null references workspace,
  realm_id integer not null references realm,
  vendor_id text not null,
  name text not null,
  gone_at timestamptz,
  unique (realm_id, vendor_id)
);

-- An app on one site.
create table resource (
  id integer generated always as identity primary key,
  workspace_id integer not null references workspace,
  realm_id integer not null references realm,
  vendor_id text not null,
  app text not null,
  site text not null,
  site_url text,
  seats_used integer,
  seats_limit integer,
  first_seen_at timestamptz not null default now(),
  gone_at timestamptz,
  unique (realm_id, vendor_id)
);

create table account (
  id bigint generated always as identity primary key,
  workspace_id integer not null references workspace,
  realm_id integer not null references realm,
  vendor_id text not null,
  account_type text not null check (account_type in ('atlassian', 'app', 'customer', 'unknown')),
  status text not null check (status in ('active', 'suspended', 'deactivated', 'invited', 'not_invited', 'for_deletion', 'unknown')),
  claim text not null check (claim in ('managed', 'unmanaged', 'unknown')),
  name text,
  email text,
  email_domain text,
  management_source text,
  platform_roles text[] not null default '{}',
  directory_ids integer[] not null default '{}',
  suspended_directory_ids integer[] not null default '{}',
  details jsonb not null default '{}',
  added_on date,
  restored_on date,
  looks_like_service boolean not null default false,
  -- Why nobody may act on this account: platformRole, adminGroup, appAccount, customerAccount, keyOwner.
  protected_by text,
  sort_name text not null collate "C",
  sort_email text not null collate "C",
  search_text text not null,
  first_seen_at timestamptz not null default now(),
  gone_at timestamptz,
  unique (realm_id, vendor_id)
);
-- Keyset paging on keys that are never null.
create index account_by_name on account (workspace_id, sort_name, id) where gone_at is null;
create index account_by_email on account (workspace_id, sort_email, id) where gone_at is null;
create index account_by_domain on account (workspace_id, email_domain) where gone_at is null;
create index account_search on account using gin (search_text gin_trgm_ops) where gone_at is null;

-- Two-character words have no trigram. Only pairs with a character beyond Latin are kept: those are the scripts that write words so short.
create function search_pairs(word text) returns text[] language sql immutable parallel safe strict as $$
  select coalesce(array_agg(distinct pair), '{}')
  from (select substr(word, n, 2) as pair from generate_series(1, greatest(length(word) - 1, 0)) as n) as pairs
  where pair ~ '[^\u0001-\u024f]' and pair !~ '\s'
$$;
create index account_search_pairs on account using gin (search_pairs(search_text))
  where gone_at is null and search_text ~ '[^\u0001-\u024f]';

create table access (
  id bigint generated always as identity primary key,
  workspace_id integer not null references workspace,
  account_id bigint not null references account on delete cascade,
  resource_id integer not null references resource,
  holding text not null check (holding in ('has', 'none', 'unknown')),
  last_kind text not null check (last_kind in ('at', 'never', 'unknown')),
  last_on date,
  last_at timestamptz,
  unknown_why text,
  evidence_id integer references evidence,
  -- Null: known through the day of its evidence.
  known_through date,
  -- First seen by us after the source's first reading; null for what was there from the start.
  granted_on date,
  -- The latest of granted_on, the account's added_on and restored_on.
  clock_on date,
  ended_on date,
  check ((last_kind = 'at') = (last_on is not null)),
  unique (account_id, resource_id)
);
create index access_by_last_on on access (resource_id, last_on, account_id) where holding = 'has' and last_kind = 'at';
create index access_by_kind on access (resource_id, last_kind, account_id) where holding <> 'none';

-- Readings that a second source (a file attached to an organisation) gave about an access; the access row holds the combination.
create table access_reading (
  workspace_id integer not null references workspace,
  access_id bigint not null references access on delete cascade,
  source_id uuid not null references source,
  last_kind text not null check (last_kind in ('at', 'never', 'unknown')),
  last_on date,
  unknown_why text,
  known_through date,
  read_at timestamptz not null,
  primary key (access_id, source_id)
);

-- The days of one month on which a person was seen active: bit 0 is the first day of the month.
create table activity_month (
  workspace_id integer not null references workspace,
  access_id bigint not null references access on delete cascade,
  month date not null,
  days integer not null,
  primary key (access_id, month)
);

create table account_group (
  id bigint generated always as identity primary key,
  workspace_id integer not null references workspace,
  realm_id integer not null references realm,
  directory_id integer references directory,
  vendor_id text not null,
  name text not null,
  description text,
  managed_by text,
  -- False: an identity provider owns it and the vendor refuses changes.
  modifiable boolean not null default true,
  grants_admin boolean not null default false,
  first_seen_at timestamptz not null default now(),
  gone_at timestamptz,
  unique (realm_id, vendor_id)
);
create index account_group_by_name on account_group (workspace_id, lower(name)) where gone_at is null;

-- What membership of a group grants. resource_id is null for what is granted on the organisation itself.
create table group_grant (
  workspace_id integer not null references workspace,
  group_id bigint not null references account_group on delete cascade,
  resource_vendor_id text not null,
  resource_id integer references resource,
  role text not null,
  primary key (group_id, resource_vendor_id, role)
);
create index group_grant_by_resource on group_grant (resource_id);

create table group_member (
  workspace_id integer not null references workspace,
  group_id bigint not null references account_group on delete cascade,
  account_id bigint not null references account on delete cascade,
  primary key (account_id, group_id)
);
create index group_member_by_group on group_member (group_id, account_id);

-- Roles held directly (method direct) or in a way the vendor does not explain (inferred), as far as they were read.
create table direct_role (
  workspace_id integer not null references workspace,
  account_id bigint not null references account on delete cascade,
  resource_vendor_id text not null,
  resource_id integer references resource,
  role text not null,
  method text not null check (method in ('direct', 'inferred')),
  read_at timestamptz not null,
  primary key (account_id, resource_vendor_id, role, method)
);

-- Counts by day for Home and for totals: made at the end of a sync, a run or an import.
create table usage_day (
  workspace_id integer not null references workspace,
  resource_id integer not null references resource on delete cascade,
  status text not null,
  account_type text not null,
  claim text not null,
  holding text not null,
  last_kind text not null,
  last_on date,
  -- Only where it is later than last_on.
  clock_on date,
  evidence_id integer,
  known_through date,
  accounts integer not null
);
create index usage_day_by_resource on usage_day (workspace_id, resource_id);

create table sync (
  id uuid primary key,
  workspace_id integer not null references workspace,
  source_id uuid not null references source,
  upload_id uuid,
  state text not null check (state in ('queued', 'running', 'finalising', 'held', 'done', 'failed', 'cancelled')),
  epoch integer not null default 0,
  requested_by text not null,
  progress jsonb not null default '{}',
  totals jsonb not null default '{}',
  problem jsonb,
  cancel_requested boolean not null default false,
  queued_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
create index sync_by_source on sync (source_id, queued_at desc);
create unique index sync_one_open on sync (source_id) where state in ('queued', 'running', 'finalising', 'held');

-- Where each read of a sync stands. It is written in the transaction of the staged rows it speaks of.
create table sync_step (
  workspace_id integer not null references workspace,
  sync_id uuid not null references sync on delete cascade,
  step text not null,
  scope text not null default '',
  next_token text,
  pages integer not null default 0,
  rows integer not null default 0,
  done boolean not null default false,
  primary key (sync_id, step, scope)
);

create table staged_account (
  sync_id uuid not null references sync on delete cascade,
  vendor_id text not null,
  account_type text not null,
  status text not null,
  claim text not null,
  name text,
  email text,
  management_source text,
  platform_roles text[] not null default '{}',
  directory_vendor_id text,
  directory_suspended boolean not null default false,
  details jsonb not null default '{}',
  added_on date
);
create index staged_account_by_sync on staged_account (sync_id, vendor_id);

create table staged_access (
  sync_id uuid not null references sync on delete cascade,
  account_vendor_id text not null,
  resource_vendor_id text not null,
  holding text not null,
  last_kind text not null,
  last_on date,
  last_at timestamptz,
  unknown_why text,
  known_through date,
  evidence_kind text not null
);
create index staged_access_by_sync on staged_access (sync_id, account_vendor_id);

create table staged_resource (
  sync_id uuid not null references sync on delete cascade,
  vendor_id text not null,
  app text not null,
  site text not null,
  site_url text,
  seats_used integer,
  seats_limit integer
);

create table staged_directory (
  sync_id uuid not null references sync on delete cascade,
  vendor_id text not null,
  name text not null
);

create table staged_group (
  sync_id uuid not null references sync on delete cascade,
  vendor_id text not null,
  directory_vendor_id text,
  name text not null,
  description text,
  managed_by text,
  modifiable boolean not null,
  grants_apps boolean not null default false
);

create table staged_grant (
  sync_id uuid not null references sync on delete cascade,
  group_vendor_id text not null,
  resource_vendor_id text not null,
  role text not null
);

create table staged_member (
  sync_id uuid not null references sync on delete cascade,
  group_vendor_id text not null,
  account_vendor_id text not null
);
create index staged_member_by_sync on staged_member (sync_id, account_vendor_id);

create table staged_role (
  sync_id uuid not null references sync on delete cascade,
  account_vendor_id text not null,
  resource_vendor_id text not null,
  role text not null,
  method text not null
);

create table upload (
  id uuid primary key,
  workspace_id integer not null references workspace,
  file_name text not null,
  file_modified_at timestamptz,
  size_bytes bigint not null default 0,
  state text not null check (state in ('receiving', 'received', 'reading', 'ready', 'refused', 'taken')),
  preview jsonb,
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create table upload_chunk (
  workspace_id integer not null references workspace,
  upload_id uuid not null references upload on delete cascade,
  n integer not null,
  bytes bytea not null,
  primary key (upload_id, n)
);
-- Rows of a file that could not be taken, kept for download.
create table import_problem (
  workspace_id integer not null references workspace,
  upload_id uuid not null references upload on delete cascade,
  n integer not null,
  line integer not null,
  kind text not null,
  column_name text,
  primary key (upload_id, n)
);

create table saved_view (
  id uuid primary key,
  workspace_id integer not null references workspace,
  name text not null,
  search jsonb not null,
  owner text not null,
  shared boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index saved_view_name on saved_view (workspace_id, lower(name));

create table exemption (
  id uuid primary key,
  workspace_id integer not null references workspace,
  kind text not null check (kind in ('account', 'group', 'domain')),
  realm_id integer references realm,
  -- The vendor's id of the account or group, or the domain in lower case.
  subject text not null,
  label text not null,
  canary boolean not null default false,
  reason text not null,
  owner text not null,
  ends_on date,
  ended_at timestamptz,
  created_by text not null,
  created_at timestamptz not null default now()
);
create index exemption_open on exemption (workspace_id, kind, subject) where ended_at is null;

create table plan (
  id uuid primary key,
  workspace_id integer not null references workspace,
  source_id uuid not null references source,
  action text not null,
  params jsonb not null default '{}',
  basis jsonb not null,
  note text,
  state text not null check (state in ('building', 'ready', 'refused', 'applied', 'expired', 'discarded', 'failed')),
  undo_of uuid,
  inventory_at timestamptz,
  guards jsonb not null default '[]',
  totals jsonb not null default '{}',
  digest bytea,
  format integer not null default 1,
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index plan_recent on plan (workspace_id, created_at desc);

create table plan_item (
  id bigint generated always as identity primary key,
  workspace_id integer not null references workspace,
  plan_id uuid not null references plan on delete cascade,
  seq integer not null,
  account_id bigint not null references account,
  resource_ids integer[] not null default '{}',
  decision text not null check (decision in ('act', 'skip', 'look')),
  -- A code; the sentence is made on reading.
  reason text not null,
  reason_data jsonb,
  -- What was known when the plan was made: last active, groups, roles, status.
  before jsonb not null,
  calls jsonb not null default '[]',
  side_effects jsonb not null default '[]',
  unique (plan_id, seq)
);
create index plan_item_by_decision on plan_item (plan_id, decision, seq);
create index plan_item_by_account on plan_item (account_id);

create table run (
  id uuid primary key,
  workspace_id integer not null references workspace,
  plan_id uuid not null references plan,
  source_id uuid not null references source,
  action text not null,
  digest bytea not null,
  state text not null check (state in ('queued', 'running', 'paused', 'cancelling', 'done', 'cancelled', 'stopped')),
  state_reason text,
  -- The first N only; the rest stay pending until the run is continued.
  pilot integer,
  epoch integer not null default 0,
  undo_of uuid references run,
  totals jsonb not null default '{}',
  requested_by text not null,
  queued_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  hidden_at timestamptz,
  hidden_by text
);
create index run_recent on run (workspace_id, queued_at desc);
create unique index run_once_per_plan on run (plan_id);

create table run_item (
  id bigint generated always as identity primary key,
  workspace_id integer not null references workspace,
  run_id uuid not null references run,
  plan_item_id bigint not null references plan_item,
  seq integer not null,
  account_id bigint not null references account,
  state text not null check (state in ('pending', 'intent', 'applied', 'alreadySo', 'verified', 'skipped', 'failed', 'uncertain', 'cancelled')),
  reason text,
  reason_data jsonb,
  message text,
  observed jsonb,
  attempts integer not null default 0,
  not_before timestamptz,
  updated_at timestamptz not null default now(),
  unique (run_id, seq)
);
create index run_item_open on run_item (run_id, state, seq);
create index run_item_by_account on run_item (account_id);

create table run_call (
  id bigint generated always as identity primary key,
  workspace_id integer not null references workspace,
  run_id uuid not null references run,
  run_item_id bigint not null references run_item,
  ordinal integer not null,
  call jsonb not null,
  state text not null check (state in ('pending', 'intent', 'applied', 'alreadySo', 'verified', 'failed', 'uncertain', 'skipped')),
  epoch integer,
  intent_at timestamptz,
  outcome_at timestamptz,
  error_kind text,
  vendor_status integer,
  vendor_code text,
  vendor_message text,
  unique (run_item_id, ordinal)
);
create index run_call_open on run_call (run_id) where state in ('intent', 'uncertain');

-- The chain: order comes from the locked head row, never from a sequence.
create table audit_head (
  workspace_id integer primary key references workspace,
  seq bigint not null,
  hash bytea not null
);
create table audit_event (
  workspace_id integer not null references workspace,
  seq bigint not null,
  at timestamptz not null,
  kind text not null,
  commitment bytea not null,
  previous_hash bytea not null,
  hash bytea not null,
  format integer not null default 1,
  primary key (workspace_id, seq)
);
-- What the event says, with its salt: can be erased without breaking the chain.
create table audit_payload (
  workspace_id integer not null,
  seq bigint not null,
  salt bytea not null,
  actor text not null,
  subject_kind text,
  subject_id text,
  payload jsonb not null,
  primary key (workspace_id, seq),
  foreign key (workspace_id, seq) references audit_event
);
create index audit_payload_by_subject on audit_payload (workspace_id, subject_kind, subject_id);
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is append-only';
end $$;
create trigger audit_event_append_only before update or delete or truncate on audit_event
  for each statement execute function refuse_change();

create table idempotency_key (
  workspace_id integer not null references workspace,
  actor text not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (workspace_id, actor, key)
);
create index idempotency_key_age on idempotency_key (created_at);

-- Permits of a vendor's rate budget, shared by every node and every kind of call.
create table rate_budget (
  tenant text not null,
  endpoint_group text not null,
  window_started_at timestamptz not null default now(),
  used integer not null default 0,
  allowed integer not null,
  window_seconds integer not null,
  cooled_until timestamptz,
  primary key (tenant, endpoint_group)
);
