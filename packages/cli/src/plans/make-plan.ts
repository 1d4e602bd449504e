import type { actionVerbs } from '@rollcall/contract';
import { routes } from '@rollcall/contract';
import { usageError } from '../cli-error.ts';
import type { Session } from '../context.ts';
import { queryOf } from '../inventory/question.ts';
import type { QuestionOptions } from '../inventory/question.ts';
import { findGroups } from '../names/find-groups.ts';
import type { Plan } from '../names/find-plan.ts';
import { findResources } from '../names/find-resources.ts';
import { findSourceOrOnly } from '../names/find-source.ts';
import type { Source } from '../names/find-source.ts';
import { counted } from '../terminal/words.ts';
import { readListedPeople } from './listed-people.ts';
import { matchPeople } from './match-people.ts';

export type ActionVerb = (typeof actionVerbs)[number];

export interface PlanOptions extends QuestionOptions {
  readonly source?: string;
  readonly group?: readonly string[];
  readonly users?: string;
  readonly note?: string;
  readonly capPeople?: number;
  readonly capPercent?: number;
  readonly shortPeriodReason?: string;
}

/** Asks the server for a plan. What selects people and what the action is about are told apart: `--app` does both, as on the screen. */
export async function makePlan(session: Session, action: ActionVerb, text: string | undefined, options: PlanOptions): Promise<Plan> {
  const source = await findSourceOrOnly(session.client, options.source);
  const { note, shortPeriodReason, capPeople, capPercent } = options;
  const caps = { ...(capPeople === undefined ? {} : { people: capPeople }), ...(capPercent === undefined ? {} : { percent: capPercent }) };
  return session.client.call(routes.plans.create, {
    body: {
      sourceId: source.id,
      action,
      params: await paramsOf(session, source, action, options),
      selection: await selectionOf(session, source, action, text, options),
      ...(note === undefined ? {} : { note }),
      ...(Object.keys(caps).length === 0 ? {} : { caps }),
      ...(shortPeriodReason === undefined ? {} : { shortPeriodReason }),
    },
  });
}

async function paramsOf({ client }: Session, source: Source, action: ActionVerb, { app, site, group }: PlanOptions) {
  if (action === 'add-to-group' || action === 'remove-from-group') {
    if (group === undefined) throw usageError('Say which group, with --group NAME.');
    return { groupIds: await findGroups(client, source, group) };
  }
  if (group !== undefined) throw usageError(`--group belongs to add-to-group and remove-from-group, not to ${action}. To select the people of a group, write it in the query: 'group = NAME'.`);
  if (action === 'grant-app-access' && app === undefined) throw usageError('Say which app to grant, with --app and --site.');
  const aboutApps = action === 'remove-app-access' || action === 'grant-app-access';
  return aboutApps && app !== undefined ? { resourceIds: findResources(source, app, site).map(({ resourceId }) => resourceId) } : {};
}

async function selectionOf(session: Session, source: Source, action: ActionVerb, text: string | undefined, options: PlanOptions) {
  const when = { period: options.period, ...(options.asOf === undefined ? {} : { asOf: options.asOf }) };
  if (options.users !== undefined) {
    if (text !== undefined) throw usageError('Give either a query or --users FILE.');
    return { kind: 'accounts' as const, accountIds: [...(await listedAccounts(session, source, options.users))], ...when };
  }
  // Who is granted an app does not hold it yet: there --app is what is given, and only the query selects.
  const { app: _app, site: _site, ...withoutApp } = options;
  const q = queryOf(text, action === 'grant-app-access' ? withoutApp : options);
  if (q === '') throw usageError("Say who: a query such as 'app = jira AND usage = inactive', the options --app, --site, --inactive, or --users FILE.");
  return { kind: 'query' as const, q, ...when };
}

async function listedAccounts(session: Session, source: Source, file: string): Promise<readonly number[]> {
  const listed = await readListedPeople(file);
  const { accountIds, none, several } = await matchPeople(session, source, listed);
  const lines = (what: string, people: typeof none): string[] => (people.length === 0 ? [] : [`${counted(people.length, 'line')} of ${file} ${what}:`, ...people.slice(0, 20).map(({ line, text }) => `  line ${line}: ${text}`), ...(people.length > 20 ? [`  … and ${people.length - 20} more`] : [])]);
  const report = [...lines(`matched nobody in ${source.name}`, none), ...lines('matched several accounts and are left out', several)];
  if (report.length > 0) session.terminal.err.write(`${report.join('\n')}\n`);
  if (accountIds.length === 0) throw usageError(`No line of ${file} matched an account of ${source.name}.`);
  return accountIds;
}
