-- A bulk row reaches its workspace through its account, so that a second check of each row finds nothing that the first does not. Rows of the staging tables
-- are written and dropped under the epoch of their sync. At a million accounts these are ten million checks.
alter table access drop constraint access_workspace_id_fkey;
alter table activity_month drop constraint activity_month_workspace_id_fkey;
alter table group_member drop constraint group_member_workspace_id_fkey;
alter table plan_item drop constraint plan_item_workspace_id_fkey;
alter table staged_account drop constraint staged_account_sync_id_fkey;
alter table staged_access drop constraint staged_access_sync_id_fkey;
alter table staged_member drop constraint staged_member_sync_id_fkey;
