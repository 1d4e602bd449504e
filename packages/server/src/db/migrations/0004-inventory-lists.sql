-- Lists by the day an account was added, and by what few accounts are: small indexes that cost a sync next to nothing.
create index account_by_added on account (workspace_id, added_on, id) where gone_at is null and added_on is not null;
create index account_by_status on account (workspace_id, status, sort_name, id) where gone_at is null and status <> 'active';
create index account_by_type on account (workspace_id, account_type, sort_name, id) where gone_at is null and account_type <> 'atlassian';
create index account_with_role on account (workspace_id, sort_name, id) where gone_at is null and platform_roles <> '{}';
create index account_service on account (workspace_id, sort_name, id) where gone_at is null and looks_like_service;
create index account_protected on account (workspace_id, sort_name, id) where gone_at is null and protected_by is not null;
