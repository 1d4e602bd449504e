-- Who may sign in. person* are better-auth's tables under our names; what a person may do stands in role_grant.
create table person (
  id uuid primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  two_factor_enabled boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table person_session (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index person_session_by_person on person_session (person_id);

create table person_credential (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  provider_id text not null,
  account_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index person_credential_by_person on person_credential (person_id);

create table person_verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index person_verification_by_identifier on person_verification (identifier);

create table person_two_factor (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean default true,
  failed_verification_count integer default 0,
  locked_until timestamptz
);
create index person_two_factor_by_person on person_two_factor (person_id);

create table sign_in_rate (
  id uuid primary key,
  key text not null unique,
  count integer not null,
  last_request bigint not null
);

-- Null limits: all sources, all sites.
create table role_grant (
  workspace_id integer not null references workspace,
  person_id uuid not null references person on delete cascade,
  role text not null check (role in ('viewer', 'operator', 'approver', 'administrator')),
  source_ids uuid[],
  sites text[],
  created_at timestamptz not null default now(),
  last_sign_in_at timestamptz,
  primary key (workspace_id, person_id)
);
create index role_grant_by_person on role_grant (person_id);

create table invitation (
  id uuid primary key,
  workspace_id integer not null references workspace,
  email text not null,
  name text not null,
  role text not null check (role in ('viewer', 'operator', 'approver', 'administrator')),
  source_ids uuid[],
  sites text[],
  token_hash bytea not null unique,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  unique (workspace_id, email)
);

-- The one-time link of the first administrator; a row per workspace, gone once it was used.
create table setup_link (
  workspace_id integer primary key references workspace,
  token_hash bytea not null unique,
  created_at timestamptz not null default now()
);

-- person_id is null for tokens made on the machine itself, by the local CLI.
create table api_token (
  id uuid primary key,
  workspace_id integer not null references workspace,
  person_id uuid references person on delete cascade,
  name text not null,
  token_hash bytea not null unique,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_token_by_person on api_token (workspace_id, person_id);
