import { transaction } from '../../db/index.ts';
import type { Dependencies } from '../../app/dependencies.ts';
import { assertUnlimited } from '../../app/assert-unlimited.ts';
import type { Scope } from '../../app/scope.ts';
import { recordAudit } from '../audit/index.ts';
import { readSettings } from './read-settings.ts';
import type { Settings } from './read-settings.ts';

export type SettingsChange = { readonly [Name in keyof Settings]?: Settings[Name] | undefined };

/** Changes what is given, keeps the rest. The event holds each changed setting before and after. */
export async function changeSettings(deps: Pick<Dependencies, 'pool' | 'now'>, scope: Scope, change: SettingsChange): Promise<Settings> {
  assertUnlimited(scope, 'Settings are of the whole workspace');
  return transaction(deps.pool, async (trx) => {
    await trx.selectFrom('workspace').select('id').where('id', '=', scope.workspaceId).forUpdate().executeTakeFirstOrThrow();
    const before = await readSettings(trx, scope.workspaceId);
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const after: Settings = { ...before, ...given };
    const changed = Object.entries(after).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(Object.entries(before).find(([known]) => known === name)?.[1]));
    if (changed.length === 0) return before;
    const { workspaceName, ...rest } = after;
    await trx.updateTable('workspace').set({ name: workspaceName, settings: JSON.stringify(rest) }).where('id', '=', scope.workspaceId).execute();
    const names = new Set(changed.map(([name]) => name));
    const was = Object.fromEntries(Object.entries(before).filter(([name]) => names.has(name)));
    await recordAudit(trx, scope, { kind: 'settings.changed', subjectKind: 'workspace', subjectId: null, payload: { before: was, after: Object.fromEntries(changed) } }, deps.now());
    return after;
  });
}
