-- A person of a run ended while a reading of the organisation was being taken in: the inventory has yet to learn what the run changed.
alter table run_item add column inventory_owed boolean not null default false;
create index run_item_owed on run_item (id) where inventory_owed;
