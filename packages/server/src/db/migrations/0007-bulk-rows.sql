-- The rows of a sync, an import or a run are made by joining the tables that they refer to, under the lock of their realm: checking each of ten million rows
-- again takes longer than writing it. What a foreign key does when rows go is done once for each statement instead.
alter table access drop constraint access_account_id_fkey;
alter table access drop constraint access_resource_id_fkey;
alter table access drop constraint access_evidence_id_fkey;
alter table activity_month drop constraint activity_month_access_id_fkey;
alter table access_reading drop constraint access_reading_access_id_fkey;
alter table group_member drop constraint group_member_account_id_fkey;
alter table group_member drop constraint group_member_group_id_fkey;

create function remove_rows_of_accounts() returns trigger language plpgsql as $$
begin
  delete from group_member m using gone where m.account_id = gone.id;
  delete from access c using gone where c.account_id = gone.id;
  return null;
end $$;
create trigger account_rows_go after delete on account referencing old table as gone for each statement execute function remove_rows_of_accounts();

create function remove_rows_of_groups() returns trigger language plpgsql as $$
begin
  delete from group_member m using gone where m.group_id = gone.id;
  return null;
end $$;
create trigger group_rows_go after delete on account_group referencing old table as gone for each statement execute function remove_rows_of_groups();

create function remove_rows_of_accesses() returns trigger language plpgsql as $$
begin
  delete from activity_month d using gone where d.access_id = gone.id;
  delete from access_reading d using gone where d.access_id = gone.id;
  return null;
end $$;
create trigger access_rows_go after delete on access referencing old table as gone for each statement execute function remove_rows_of_accesses();

create function refuse_while_accesses_refer() returns trigger language plpgsql as $$
begin
  if exists (select from gone join access c on case tg_table_name when 'resource' then c.resource_id else c.evidence_id end = gone.id) then
    raise foreign_key_violation using message = format('accesses still refer to this %s', tg_table_name);
  end if;
  return null;
end $$;
create trigger resource_is_referred_to after delete on resource referencing old table as gone for each statement execute function refuse_while_accesses_refer();
create trigger evidence_is_referred_to after delete on evidence referencing old table as gone for each statement execute function refuse_while_accesses_refer();

-- Filling an empty inventory: an index that is built once over all rows costs a third of one that grows row by row. What is set aside stands here until it is
-- built again, so that a crash in between forgets none.
create table index_set_aside (
  name text primary key,
  on_table text not null,
  definition text not null
);

-- Staged rows are read whole and joined: nobody looks for one of them.
drop index staged_account_by_sync;
drop index staged_access_by_sync;
drop index staged_member_by_sync;
