import { routes } from '@rollcall/contract';
import type { Sandbox } from '@rollcall/sandbox';
import type { RunningServer } from '@rollcall/server';
import { CliError } from '../cli-error.ts';
import type { Session } from '../context.ts';
import { periodText, totalsTable } from '../inventory/inventory-table.ts';
import type { Plan } from '../names/find-plan.ts';
import { findResources } from '../names/find-resources.ts';
import type { Source } from '../names/find-source.ts';
import { planItemsText, planText } from '../plans/plan-text.ts';
import { watchPlan } from '../plans/watch-plan.ts';
import { syncSentence, watchSync } from '../sources/watch-sync.ts';
import { shortId } from '../terminal/words.ts';

export interface DemoParts {
  readonly sandbox: Sandbox;
  readonly server: RunningServer;
  readonly users: number;
  /** Of a demo that ends now: what starts it again. Null: it stays up. */
  readonly goOn: string | null;
}

const period = 'last-3-months';

/** Everything the demo does and prints, through the same API that people use. */
export async function showDemo(session: Session, { sandbox, server, users, goOn }: DemoParts): Promise<void> {
  const source = await connected(session, sandbox);
  const sync = await watchSync(session, await session.client.call(routes.sources.sync, { params: { sourceId: source.id } }));
  if (sync.state !== 'done') throw new CliError(syncSentence(sync));
  session.note(syncSentence(sync));
  const [totals, page, read] = await Promise.all([
    session.client.call(routes.inventory.totals, { query: { period } }),
    session.client.call(routes.inventory.page, { query: { period, limit: 1 } }),
    session.client.call(routes.sources.get, { params: { sourceId: source.id } }),
  ]);
  const plan = await dryRun(session, read);
  const { items } = await session.client.call(routes.plans.items, { params: { planId: plan.id }, query: { decision: 'act', limit: 5 } });
  const { items: looks } = await session.client.call(routes.plans.items, { params: { planId: plan.id }, query: { decision: 'look', limit: 3 } });
  const signIn = server.setupLink ?? server.url;
  const reached = goOn === null ? { url: server.url, signIn } : { url: null, signIn: null };
  session.answer({ ...reached, goOn, source: read, sync, totals, plan }, () =>
    [
      `\n${session.paint('bold', `${source.name}: ${users.toLocaleString('en-US')} people. Who uses what?`)}  ${periodText(totals.period)}\n`,
      totalsTable(totals, page.columns, session),
      `\n${session.paint('bold', 'A dry run: nothing has been changed')}\n`,
      planText(plan, session),
      items.length + looks.length === 0 ? '' : `\nSome of its rows\n${planItemsText([...items, ...looks], session)}`,
      `\n${session.paint('bold', 'Go on')}\n`,
      goOn === null
        ? `  In the browser   ${signIn}${server.setupLink === null ? '  (sign in with the account you made)' : '\n                   (the link makes your account; it works once)'}\n`
        : `  Start it again   ${goOn}\n                   (with this data; it stays up and says where the web app is)\n`,
      `  In a terminal    ${terminalSteps(plan)}\n`,
    ].join(''),
  );
}

function terminalSteps(plan: Plan): string {
  const rollcall = 'npm run -s rollcall --';
  return [`${rollcall} plan items ${shortId(plan.id)}`, `${rollcall} apply ${shortId(plan.id)}`, `${rollcall} undo latest --apply`].join('\n                   ');
}

async function connected(session: Session, sandbox: Sandbox): Promise<Source> {
  const { items } = await session.client.call(routes.sources.list, {});
  const existing = items.find(({ organisationId }) => organisationId === sandbox.orgId);
  if (existing !== undefined) return existing;
  return session.client.call(routes.sources.create, {
    body: {
      kind: 'atlassian-org', name: sandbox.organisation.name, organisationId: sandbox.orgId, baseUrl: sandbox.url, apiKey: sandbox.keys.full,
      keyOwner: sandbox.keyOwnerAccountId, requestsPerMinute: 60_000,
    },
  });
}

async function dryRun(session: Session, source: Source): Promise<Plan> {
  const site = source.sites[0] ?? source.apps[0]?.site;
  const resourceIds = findResources(source, 'jira', site).map(({ resourceId }) => resourceId);
  const q = `app = jira AND site = ${site} AND usage = inactive AND status = active`;
  const plan = await session.client.call(routes.plans.create, {
    body: { sourceId: source.id, action: 'remove-app-access', params: { resourceIds }, selection: { kind: 'query', q, period }, note: 'The dry run of the demo' },
  });
  return watchPlan(session, plan);
}
