-- Chunks of a file are read once or twice and dropped: compressing them costs more than it saves.
alter table upload_chunk alter column bytes set storage external;
create index upload_expiry on upload (expires_at);
-- A file that is taken says when it was made: what it tells is known up to that day.
alter table upload add column exported_on date;
-- Why a file was refused, and how far its preview is.
alter table upload add column refusal jsonb;
alter table upload add column bytes_read bigint not null default 0;
