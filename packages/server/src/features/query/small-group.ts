import { foldCase } from '@rollcall/core';
import type { Query } from '@rollcall/core';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from '../../db/index.ts';
import { requiredValues } from './required-values.ts';

/** Must every match be a member of groups that have at most `most` members together? False where the query names none. */
export async function isWithinSmallGroup(db: Kysely<Database>, { where }: Query, workspaceId: number, most: number): Promise<boolean> {
  const names = requiredValues(where, 'group');
  if (names === null) return false;
  const { rows: [row] } = await sql<{ members: number }>`
    select count(*) as members from (
      select from account_group g join group_member m on m.group_id = g.id
      where g.workspace_id = ${workspaceId}::int and g.gone_at is null and lower(g.name) = any(${names.map(foldCase)}::text[]) limit ${most + 1}::int) few`.execute(db);
  return row !== undefined && row.members <= most;
}
