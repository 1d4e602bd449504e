import type { Page, ReadStep } from '../../kit/connector.ts';
import type { Context } from '../context.ts';
import { readWorkspaces } from '../resources.ts';
import { readAccounts } from './read-accounts.ts';
import { readActivity } from './read-activity.ts';
import { readDirectories } from './read-directories.ts';
import { readGrants } from './read-grants.ts';
import { readGroups } from './read-groups.ts';
import { readManagedAccounts } from './read-managed-accounts.ts';
import { readMembers } from './read-members.ts';
import { readMissing } from './read-missing.ts';

type ReadPage = (context: Context, scope: string, token: string | null) => Promise<Page>;

const reads = new Map<string, { readonly step: ReadStep; readonly read: ReadPage }>();
function define(step: ReadStep, read: ReadPage): void {
  reads.set(step.name, { step, read });
}

define({ name: 'directories', over: 'all', required: true }, (context, _scope, token) => readDirectories(context, token));
define({ name: 'workspaces', over: 'all', required: true }, (context, _scope, token) => readWorkspaces(context, token));
define({ name: 'groups', over: 'directories', required: true }, readGroups);
define({ name: 'grants', over: 'grantingGroups', required: true }, readGrants);
define({ name: 'accounts', over: 'directories', required: true }, readAccounts);
define({ name: 'managedAccounts', over: 'all', required: false }, (context, _scope, token) => readManagedAccounts(context, token));
define({ name: 'members', over: 'groupsWithoutMembers', required: true }, readMembers);
define({ name: 'missing', over: 'missingAccounts', required: false }, (context, scope) => readMissing(context, scope));
define({ name: 'activity', over: 'accountsWithoutActivity', required: false }, (context, scope) => readActivity(context, scope));

/** The reads of a sync in their order: what a later one refers to comes first. */
export const readSteps: readonly ReadStep[] = [...reads.values()].map(({ step }) => step);

/** Reads one page of a step. Throws RangeError for a step that is not in `readSteps`. */
export function readStep(context: Context, name: string, scope: string, token: string | null): Promise<Page> {
  const found = reads.get(name);
  if (found === undefined) throw new RangeError(`There is no step ${name}`);
  return found.read(context, scope, token);
}
