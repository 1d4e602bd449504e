-- Whoever walks the list by name asks most often whether an account is active and which organisation it belongs to: answered from the index, no row of the table has to be looked
-- up for an account that is passed over. The lock comes first: a first sync that is under way builds the index at its end, as it was.
lock table account in access exclusive mode;
drop index if exists account_by_name;
delete from index_set_aside where name = 'account_by_name';
create index account_by_name on account (workspace_id, sort_name, id) include (status, realm_id) where gone_at is null;
