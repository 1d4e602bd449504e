import { routes } from '@rollcall/contract';
import type { RouteAnswer } from '@rollcall/contract';
import type { Command } from 'commander';
import { command, online } from '../command.ts';
import type { Context, Session } from '../context.ts';
import { periodName } from '../inventory/inventory-table.ts';
import { table } from '../terminal/table.ts';
import { clockTime } from '../terminal/times.ts';
import { counted } from '../terminal/words.ts';

type Home = RouteAnswer<typeof routes.session.home>;

/** `rollcall status`: what Home shows. */
export function statusCommand(context: Context): Command {
  return command('status', 'Show where things stand: who asks, sources, apps, runs under way', ['rollcall status', 'rollcall status --json']).action(
    online(context, async (session) => {
      const [me, home] = await Promise.all([session.client.call(routes.session.me, {}), session.client.call(routes.session.home, {})]);
      session.answer({ server: session.connection.url, me, home }, () => `${me.workspace.name}: ${counted(home.accounts, 'account')}. Signed in as ${me.name} (${me.role}).\n${homeText(home, session)}`);
    }),
  );
}

function homeText({ paused, sources, apps, period, openRuns, gettingStarted }: Home, { paint }: Session): string {
  const next = { addSource: 'rollcall source add', sync: 'rollcall sync SOURCE', lookAtInventory: 'rollcall inventory --totals', addExemptions: 'rollcall exempt add', makePlan: 'rollcall plan remove-app-access', applyPlan: 'rollcall apply latest' } as const;
  const todo = gettingStarted.find(({ done }) => !done);
  return [
    paused === null ? '' : `${paint('red', `Everything is paused since ${clockTime(paused.at)} by ${paused.by}: ${paused.reason}`)}\n`,
    ...sources.flatMap(({ name, warnings }) => warnings.map(({ text }) => `${paint('yellow', `${name}: ${text}`)}\n`)),
    apps.length === 0 ? '' : `\n${periodName(period.text)}, ${period.from} to ${period.to}\n${table(
      [
        { title: 'App', value: (app: Home['apps'][number]) => app.title },
        { title: 'Have access', value: (app) => app.holders, align: 'right' },
        { title: 'Active', value: (app) => app.active, align: 'right' },
        { title: 'Inactive', value: (app) => app.inactive, align: 'right' },
        { title: 'Never', value: (app) => app.never, align: 'right' },
        { title: 'Unknown', value: (app) => app.unknown, align: 'right' },
      ],
      apps,
      paint,
    )}`,
    ...openRuns.map((run) => `Under way: ${run.action} on ${run.sourceName}, ${run.done} of ${run.total} (${run.state})\n`),
    todo === undefined ? '' : `Next: ${next[todo.step]}\n`,
  ].join('');
}
