import type { Term } from '@rollcall/core';
import { sql } from 'kysely';
import type { CompileContext } from './compile-context.ts';
import { always, both, leaf, negate, render } from './condition.ts';
import type { Kleene } from './kleene.ts';
import { readForAccount } from './sql-fragments.ts';
import { textMatch } from './text-match.ts';

/** Membership by group name. Where memberships were not read, a group that is not there may still be held. */
export function groupTerm(term: Term, context: CompileContext): Kleene {
  const wanted = term.op === 'isEmpty' ? always : textMatch(sql`lower(g.name)`, term);
  const member = leaf(sql`exists (
    select from group_member gm join account_group g on g.id = gm.group_id
    where gm.account_id = a.id and g.workspace_id = ${context.workspaceId}::int and g.gone_at is null and ${render(wanted)})`);
  const notMember = both([negate(member), readForAccount(context.coverage.groups)]);
  return term.op === 'isEmpty' ? { t: notMember, f: member } : { t: member, f: notMember };
}
