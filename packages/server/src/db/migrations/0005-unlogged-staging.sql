-- What is staged is read again when it is lost, so that it need not be written twice. The place of each read stands in an unlogged table too: after a crash of
-- the database server both are empty and the sync begins anew; a crash of Rollcall alone loses neither.
alter table sync_step set unlogged;
alter table staged_account set unlogged;
alter table staged_access set unlogged;
alter table staged_resource set unlogged;
alter table staged_directory set unlogged;
alter table staged_group set unlogged;
alter table staged_grant set unlogged;
alter table staged_member set unlogged;
alter table staged_role set unlogged;
