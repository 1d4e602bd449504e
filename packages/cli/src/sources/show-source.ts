import type { capabilityReport } from '@rollcall/contract';
import type { z } from 'zod';
import type { Source } from '../names/find-source.ts';
import type { Output } from '../terminal/output.ts';
import type { Colour } from '../terminal/paint.ts';
import { facts, table } from '../terminal/table.ts';
import { clockTime } from '../terminal/times.ts';
import { counted } from '../terminal/words.ts';

type Report = z.output<typeof capabilityReport>;

export function sourceList(sources: readonly Source[], { paint }: Output): string {
  if (sources.length === 0) return 'No source yet. Add one with: rollcall source add\n';
  const columns = [
    { title: 'Name', value: (one: Source) => one.name },
    { title: 'Kind', value: (one: Source) => kindTitle(one) },
    { title: 'State', value: (one: Source) => stateTitle(one), colour: (one: Source) => stateColour(one) },
    { title: 'Accounts', value: (one: Source) => one.health.accounts, align: 'right' as const },
    { title: 'Unknown', value: (one: Source) => unknownShare(one), align: 'right' as const },
    { title: 'Last full read', value: (one: Source) => clockTime(one.health.lastFullReadAt) || 'never' },
    { title: 'Key expires', value: (one: Source) => keyExpiry(one) },
    { title: 'Id', value: (one: Source) => one.id },
  ];
  return table(columns, sources, paint) + sources.flatMap((one) => one.health.warnings.map(({ text }) => paint('yellow', `${one.name}: ${text}`) + '\n')).join('');
}

export function sourceDetail(one: Source, output: Output): string {
  const head = facts([
    ['Name', one.name],
    ['Id', one.id],
    ['Kind', kindTitle(one)],
    ['Organisation', one.organisationName ?? one.organisationId],
    ['Address', one.baseUrl],
    ['State', stateTitle(one)],
    ['Accounts', one.health.accounts],
    ['Last full read', clockTime(one.health.lastFullReadAt) || 'never'],
    ['Age of the data', one.health.ageHours === null ? null : `${counted(one.health.ageHours, 'hour')}, stale after ${one.staleAfterHours}`],
    ['Unknown activity', one.health.accesses === 0 ? null : `${unknownShare(one)} of ${counted(one.health.accesses, 'app access', 'app accesses')}`],
    ['Last error', one.health.lastError === null ? 'none' : `${clockTime(one.health.lastError.at)}: ${one.health.lastError.problem.text}`],
    ['Requests left', ratesText(one)],
    ['Syncs', one.syncEveryMinutes === null ? 'by hand only' : `every ${intervalText(one.syncEveryMinutes)}${one.nextSyncAt === null ? '' : `, next at ${clockTime(one.nextSyncAt)}`}`],
    ['Time zone', one.timeZone],
    ['Key', one.hasKey ? 'stored, encrypted' : 'none'],
    ['Key owner', one.keyOwner],
    ['Key expires', keyExpiry(one) || null],
    ...(one.kind === 'csv' ? [] : [['Requests a minute', one.requestsPerMinute === null ? "Rollcall's own careful limit (600)" : one.requestsPerMinute.toLocaleString('en-US')] as const]),
    ['Read only', one.readOnly ? 'yes: no action is carried out' : 'no'],
  ]);
  const apps = one.apps.length === 0 ? '' : `\n${table(
    [
      { title: 'App', value: (app: Source['apps'][number]) => app.title },
      { title: 'Key', value: (app) => app.app },
      { title: 'Site', value: (app) => app.site },
      { title: 'Seats used', value: (app) => app.seatsUsed, align: 'right' },
      { title: 'of', value: (app) => app.seatsLimit, align: 'right' },
    ],
    one.apps,
    output.paint,
  )}`;
  const warnings = one.health.warnings.map(({ text }) => `${output.paint('yellow', text)}\n`).join('');
  return `${head}${warnings}${apps}${one.checkReport === null ? '' : `\n${reportText(one.checkReport, output)}`}`;
}

/** What a key can and cannot do, in words, with the remedy. */
export function reportText(report: Report, { paint }: Output): string {
  const marks = { yes: paint('green', 'yes       '), no: paint('red', 'no        '), limited: paint('yellow', 'limited   '), untested: paint('dim', 'not tested') } as const;
  const lines = report.capabilities.flatMap(({ name, state, message, remedy }) => [`  ${marks[state]}  ${name}: ${message}`, ...(remedy === null ? [] : [`              ${remedy}`])]);
  const organisations = report.organisations.length > 1 ? [`The key sees ${counted(report.organisations.length, 'organisation')}:`, ...report.organisations.map(({ id, name }) => `  ${name}  --organisation ${id}`)] : [];
  const verdict = report.usable ? paint('green', 'The key can be used.') : paint('red', 'The key cannot be used.');
  return `${['What the key can do:', ...lines, ...organisations, verdict].join('\n')}\n`;
}

function kindTitle({ kind, attachedTo }: Source): string {
  if (kind === 'atlassian-org') return 'Cloud organisation';
  return attachedTo === null ? 'CSV export' : 'CSV export (evidence)';
}

function stateTitle({ health, readOnly }: Source): string {
  const titles = { new: 'never read', syncing: 'syncing', ready: 'ready', stale: 'stale', failing: 'failing', held: 'held: reading too small' } as const;
  return `${titles[health.state]}${readOnly ? ', read only' : ''}`;
}

function stateColour({ health }: Source): Colour | null {
  if (health.state === 'ready') return 'green';
  return health.state === 'failing' || health.state === 'held' ? 'red' : 'yellow';
}

function unknownShare({ health }: Source): string {
  return health.accesses === 0 ? '' : `${Math.round((health.unknownAccesses / health.accesses) * 100)} %`;
}

/** The endpoint group of which least is left; the others have more. */
function ratesText({ health }: Source): string | null {
  const [least] = health.rates.toSorted((a, b) => a.left / a.allowed - b.left / b.allowed);
  if (least === undefined) return null;
  if (least.coolsUntil !== null) return `none (${least.group}): the vendor asked to wait until ${clockTime(least.coolsUntil)}`;
  return `${least.left.toLocaleString('en-US')} of ${least.allowed.toLocaleString('en-US')} a minute (${least.group})`;
}

function keyExpiry({ keyExpiresOn, health }: Source): string {
  if (keyExpiresOn === null) return '';
  return health.keyDaysLeft === null ? keyExpiresOn : `${keyExpiresOn} (${counted(health.keyDaysLeft, 'day')})`;
}

function intervalText(minutes: number): string {
  const [count, unit] = minutes % 1_440 === 0 ? [minutes / 1_440, 'day'] : minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
  return count === 1 ? unit : counted(count, unit);
}
