import { actionVerbs, planState, routes } from '@rollcall/contract';
import { Argument, InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { command, online } from '../command.ts';
import { download } from '../connection/download.ts';
import { allItems } from '../connection/pages.ts';
import type { Context, Session } from '../context.ts';
import { withQuestion } from '../inventory/question.ts';
import { findPlan } from '../names/find-plan.ts';
import type { Plan } from '../names/find-plan.ts';
import { findSource } from '../names/find-source.ts';
import { wholeNumber } from '../sources/source-options.ts';
import { shortId } from '../terminal/words.ts';
import { makePlan } from './make-plan.ts';
import type { ActionVerb, PlanOptions } from './make-plan.ts';
import { planItemsText, planList, planText } from './plan-text.ts';
import type { PlanItem } from './plan-text.ts';
import { watchPlan } from './watch-plan.ts';

const shownRows = 10;

/** `rollcall plan ACTION …` and `rollcall plan list|show|items|export|removal-file|discard` */
export function planCommand(context: Context): Command {
  const made = command('plan', 'Make a plan (a dry run: nothing is changed), and look at plans', [
    'rollcall plan remove-app-access --source Acme --app jira --site acme --inactive --period 90d',
    'rollcall plan show latest',
    'rollcall plan items latest --decision look',
  ]);
  for (const action of actionVerbs) made.addCommand(planAction(context, action));
  return made
    .addCommand(list(context))
    .addCommand(show(context))
    .addCommand(items(context))
    .addCommand(file(context, 'export', 'Write a plan as CSV', routes.plans.export))
    .addCommand(file(context, 'removal-file', 'Write what the identity provider has to take away as CSV', routes.plans.removalFile))
    .addCommand(discard(context));
}

const actionTexts: Readonly<Record<ActionVerb, readonly [summary: string, example: string]>> = {
  'remove-app-access': ['Plan to take away access to an app, by every path', 'rollcall plan remove-app-access --source Acme --app jira --site acme --inactive'],
  'grant-app-access': ['Plan to give access to an app', "rollcall plan grant-app-access 'domain = acme.example' --source Acme --app confluence --site acme"],
  'suspend-access': ['Plan to suspend access to the whole organisation', "rollcall plan suspend-access 'no access(usage = active) AND domain = contractor.example' --source Acme"],
  'restore-access': ['Plan to restore suspended access', "rollcall plan restore-access 'status = suspended' --source Acme"],
  'add-to-group': ['Plan to add to a group', "rollcall plan add-to-group 'domain = acme.example' --source Acme --group staff"],
  'remove-from-group': ['Plan to remove from a group', 'rollcall plan remove-from-group --source Acme --group contractors --users leavers.csv'],
  'remove-from-organisation': ['Plan to remove from the organisation', 'rollcall plan remove-from-organisation --source Acme --users leavers.csv'],
};

function planAction(context: Context, action: ActionVerb): Command {
  const [summary, example] = actionTexts[action];
  const made = command(action, summary, [example]).argument('[query]', 'who, as in rollcall inventory');
  withQuestion(made)
    .option('--source <source>', 'name or id; may be left out when there is one source')
    .option('--users <file>', 'who, by a file with an account id or e-mail on each line (text or CSV)')
    .option('--note <text>', 'why, for those who read the plan later')
    .option('--cap-people <number>', 'refuse the plan above this many people (tighter than the settings, never looser)', wholeNumber)
    .option('--cap-percent <percent>', 'refuse the plan above this share of the active accounts', percent)
    .option('--short-period-reason <text>', 'why a period shorter than the minimum is right for this plan');
  if (action.endsWith('-group')) made.addOption(new Option('--group <name...>', 'the group, by name or id; may be given several times').makeOptionMandatory());
  return made.action(
    online(context, async (session, text: string | undefined, options: PlanOptions) => {
      const plan = await watchPlan(session, await makePlan(session, action, text, options));
      await showPlan(session, plan);
    }),
  );
}

async function showPlan(session: Session, plan: Plan): Promise<void> {
  const rows = session.json ? [] : await firstRows(session, plan);
  session.answer(plan, () => `${planText(plan, session)}${rows.length === 0 ? '' : `\nThe first rows\n${planItemsText(rows, session)}`}`);
  if (plan.state === 'ready' && (plan.totals?.act ?? 0) > 0) session.note(`Nothing has been changed. Carry it out with: rollcall apply ${shortId(plan.id)}`);
}

async function firstRows({ client }: Session, plan: Plan): Promise<readonly PlanItem[]> {
  const { items } = await client.call(routes.plans.items, { params: { planId: plan.id }, query: { limit: shownRows } });
  return items;
}

function list(context: Context): Command {
  return command('list', 'List plans, newest first', ['rollcall plan list', 'rollcall plan list --state ready --source Acme'])
    .option('--source <source>', 'of this source')
    .addOption(new Option('--state <state>', 'in this state').choices(planState.options))
    .option('--limit <number>', 'at most this many', wholeNumber, 50)
    .action(
      online(context, async (session, { source, state, limit }: { source?: string; state?: Plan['state']; limit: number }) => {
        const sourceId = source === undefined ? undefined : (await findSource(session.client, source)).id;
        const page = (after: string | undefined) => session.client.call(routes.plans.list, { query: { sourceId, state, after, limit: Math.min(limit, 500) } });
        const plans = await Array.fromAsync(allItems(page, limit));
        session.answer(plans, () => planList(plans, session));
      }),
    );
}

function show(context: Context): Command {
  return command('show', 'Show a plan: totals, reasons, guards, first rows', ['rollcall plan show latest', 'rollcall plan show 01936f2a-7b3c'])
    .argument('<plan>', 'id, a beginning of it, or latest')
    .action(online(context, async (session, name: string) => showPlan(session, await findPlan(session.client, name))));
}

interface ItemsOptions {
  readonly decision?: PlanItem['decision'];
  readonly reason?: string;
  readonly limit: number;
  readonly all?: true;
}

function items(context: Context): Command {
  return command('items', 'List the rows of a plan with their reasons', ['rollcall plan items latest --decision look', 'rollcall plan items latest --all --json'])
    .argument('<plan>', 'id, a beginning of it, or latest')
    .addOption(new Option('--decision <decision>', 'only these').choices(['act', 'skip', 'look']))
    .option('--reason <code>', 'only rows with this reason')
    .option('--limit <number>', 'at most this many', wholeNumber, 50)
    .option('--all', 'every row')
    .action(
      online(context, async (session, name: string, { decision, reason, limit, all }: ItemsOptions) => {
        const { id } = await findPlan(session.client, name);
        const page = (after: string | undefined) => session.client.call(routes.plans.items, { params: { planId: id }, query: { decision, reason, after, limit: 500 } });
        const rows = await Array.fromAsync(allItems(page, all === true ? undefined : limit));
        session.answer(rows, () => (rows.length === 0 ? 'No rows.\n' : planItemsText(rows, session)));
      }),
    );
}

function file(context: Context, name: string, summary: string, route: typeof routes.plans.export): Command {
  return command(name, summary, [`rollcall plan ${name} latest --output plan.csv`])
    .argument('<plan>', 'id, a beginning of it, or latest')
    .option('--output <file>', 'write to a file (default: standard output)')
    .action(
      online(context, async (session, plan: string, { output }: { output?: string }) => {
        const { id } = await findPlan(session.client, plan);
        await download(session.client, session, route, { params: { planId: id } }, output);
      }),
    );
}

function discard(context: Context): Command {
  return command('discard', 'Discard a plan: it can no longer be applied', ['rollcall plan discard latest'])
    .addArgument(new Argument('<plan>', 'id, a beginning of it, or latest'))
    .action(
      online(context, async ({ client, answer }, name: string) => {
        const { id } = await findPlan(client, name);
        const plan = await client.call(routes.plans.discard, { params: { planId: id } });
        answer(plan, () => `Plan ${shortId(plan.id)} is discarded.\n`);
      }),
    );
}

function percent(text: string): number {
  const number = Number(text);
  if (!(number > 0 && number <= 100)) throw new InvalidArgumentError('Write a share from 0.1 to 100.');
  return number;
}
