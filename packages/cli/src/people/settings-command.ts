import { routes, settings as settingsSchema } from '@rollcall/contract';
import type { RouteAnswer } from '@rollcall/contract';
import type { Command } from 'commander';
import { usageError } from '../cli-error.ts';
import { command, online } from '../command.ts';
import type { Context } from '../context.ts';
import { facts } from '../terminal/table.ts';

type Settings = RouteAnswer<typeof routes.session.settings>;

/** What can be set, by the name on the command line. */
const names: Readonly<Record<string, string>> = {
  'caps.people': 'at most this many people in one plan that takes something away',
  'caps.percent': 'at most this share, in percent, of the active accounts of the source',
  minimumPeriodDays: 'a plan that rests on inactivity needs a period of at least this many days',
  freshnessHours: 'hours after which a reading proves nothing about today; sources that are added from now on begin with it',
  lowUsageDays: 'fewer distinct active days than this is low usage',
  planExpiryHours: 'hours after which a plan can no longer be applied',
  typeBackFrom: 'from this many people on, the number is typed back',
  mostUnknownPercent: 'a plan that rests on inactivity is refused when more than this share of last activity is unknown',
  'breaker.people': 'a run stops itself by what became of this many people, the last ones',
  'breaker.percent': 'it stops when this share of them, in percent, failed',
  approverApplies: 'true: only approvers and administrators apply plans',
  workspaceName: 'name of the workspace',
};

/** `rollcall settings …` */
export function settingsCommand(context: Context): Command {
  return command('settings', 'The settings of the workspace', ['rollcall settings show']).addCommand(show(context)).addCommand(set(context));
}

function show(context: Context): Command {
  return command('show', 'Show the settings', ['rollcall settings show']).action(
    online(context, async ({ client, answer }) => {
      const found = await client.call(routes.session.settings, {});
      answer(found, () => settingsText(found));
    }),
  );
}

function set(context: Context): Command {
  const list = Object.entries(names).map(([name, meaning]) => `  ${name.padEnd(18)} ${meaning}`);
  return command('set', 'Change settings', ['rollcall settings set caps.people=500 caps.percent=20', 'rollcall settings set approverApplies=true'])
    .argument('<settings...>', 'name=value')
    .addHelpText('after', `\nSettings:\n${list.join('\n')}`)
    .action(
      online(context, async ({ client, answer }, given: readonly string[]) => {
        const before = await client.call(routes.session.settings, {});
        const changed = await client.call(routes.session.changeSettings, { body: changesOf(given, before) });
        answer(changed, () => settingsText(changed));
      }),
    );
}

function changesOf(given: readonly string[], before: Settings) {
  const changes: Record<string, unknown> = {};
  for (const text of given) {
    const at = text.indexOf('=');
    const name = text.slice(0, at);
    if (at < 1 || !(name in names)) throw usageError(`${JSON.stringify(text)} is no setting. Write name=value with one of: ${Object.keys(names).join(', ')}.`);
    const value = valueOf(text.slice(at + 1));
    const group = name.startsWith('caps.') ? 'caps' : name.startsWith('breaker.') ? 'breaker' : null;
    if (group !== null) changes[group] = { ...before[group], ...(typeof changes[group] === 'object' ? changes[group] : {}), [name.slice(group.length + 1)]: value };
    else changes[name] = name === 'workspaceName' ? text.slice(at + 1) : value;
  }
  const parsed = settingsSchema.partial().safeParse(changes);
  if (!parsed.success) throw usageError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  return parsed.data;
}

function valueOf(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function settingsText(found: Settings): string {
  const { caps, breaker, ...rest } = found;
  return facts([
    ['caps.people', caps.people],
    ['caps.percent', caps.percent],
    ['breaker.people', breaker.people],
    ['breaker.percent', breaker.percent],
    ...Object.entries(rest).map(([name, value]) => [name, typeof value === 'boolean' ? String(value) : value] as const),
  ]);
}
