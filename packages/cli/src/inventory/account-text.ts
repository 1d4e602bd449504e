import type { routes, RouteAnswer } from '@rollcall/contract';
import type { Output } from '../terminal/output.ts';
import { facts, table } from '../terminal/table.ts';
import { clockTime } from '../terminal/times.ts';
import { shortId } from '../terminal/words.ts';
import { periodText, usageWords } from './inventory-table.ts';

export type Account = RouteAnswer<typeof routes.inventory.account>;

/** Everything about one account. */
export function accountText(account: Account, output: Output): string {
  const { row } = account;
  const head = facts([
    ['Name', row.name],
    ['E-mail', row.email],
    ['Account id', row.vendorId],
    ['Row', `#${row.id}`],
    ['Status', row.status],
    ['Type', row.accountType + (row.looksLikeService ? ', looks like a service account' : '')],
    ['Managed', row.claim],
    ['Added', row.addedOn],
    ['Roles', account.roles.length === 0 ? null : account.roles.map(({ role, on }) => `${role} on ${on}`).join(', ')],
    ['Protected', row.protectedBy],
    ['Exempt', account.exemptions.length === 0 ? null : account.exemptions.map(({ reason, via, endsOn }) => `${reason} (${via}${endsOn === null ? '' : `, until ${endsOn}`})`).join('; ')],
    ['Read alone', account.observed === null ? null : `${clockTime(account.observed.at)}, after the last sync${account.observed.by === 'recheck' ? ', by a re-check' : account.observed.runId === null ? ', by a run' : `, by run ${shortId(account.observed.runId)}`}`],
    ['Directories', account.directories.length === 0 ? null : account.directories.map(({ name, suspended }) => name + (suspended ? ' (suspended)' : '')).join(', ')],
  ]);
  return [head, `${periodText(account.period)}\n`, accesses(account, output), groups(account, output), history(account, output)].filter((part) => part !== '').join('\n');
}

function accesses({ accesses }: Account, { paint }: Output): string {
  if (accesses.length === 0) return 'No access to any app.\n';
  type Access = Account['accesses'][number];
  const paths = ({ paths }: Access): string => paths.map(({ kind, groupName, role, modifiable }) => `${kind === 'group' ? `group ${groupName ?? ''}` : kind} (${role})${modifiable ? '' : ' by identity provider'}`).join(', ');
  return table(
    [
      { title: 'App', value: (one: Access) => one.title },
      { title: 'Site', value: (one) => one.site },
      { title: 'Use', value: (one) => usageWords[one.usage] },
      { title: 'Last active', value: (one) => one.lastActive.on ?? one.lastActive.kind },
      { title: 'Why', value: (one) => one.sentence, widest: 200 },
      { title: 'Granted by', value: paths, widest: 90 },
    ],
    accesses,
    paint,
  );
}

function groups({ groups }: Account, { paint }: Output): string {
  if (groups.length === 0) return '';
  type Group = Account['groups'][number];
  return table(
    [
      { title: 'Group', value: (one: Group) => one.name },
      { title: 'Managed by', value: (one) => one.managedBy ?? (one.modifiable ? '' : 'identity provider') },
      { title: 'Grants', value: (one) => one.grants.map(({ app, site, role }) => `${app} on ${site} (${role})`).join(', '), widest: 90 },
    ],
    groups,
    paint,
  );
}

function history({ history }: Account, { paint }: Output): string {
  if (history.length === 0) return '';
  type Done = Account['history'][number];
  return table(
    [
      { title: 'When', value: (one: Done) => clockTime(one.at) },
      { title: 'Action', value: (one) => one.action + (one.undo ? ' (undo)' : '') },
      { title: 'Result', value: (one) => one.state },
      { title: 'Reason', value: (one) => one.reason ?? '' },
      { title: 'Run', value: (one) => shortId(one.runId) },
    ],
    history,
    paint,
  );
}
