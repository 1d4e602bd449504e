import { routes } from '@rollcall/contract';
import type { Command } from 'commander';
import { command, online } from '../command.ts';
import type { Context } from '../context.ts';
import { findRun } from '../names/find-plan.ts';
import { applyPlan } from '../plans/apply-plan.ts';
import type { ApplyOptions } from '../plans/apply-plan.ts';
import { planText } from '../plans/plan-text.ts';
import { watchPlan } from '../plans/watch-plan.ts';
import { wholeNumber } from '../sources/source-options.ts';
import { shortId } from '../terminal/words.ts';

interface UndoOptions extends ApplyOptions {
  readonly apply?: true;
}

/** `rollcall undo RUN` */
export function undoCommand(context: Context): Command {
  return command('undo', 'Make the plan that gives back what a run took; with --apply, carry it out', [
    'rollcall undo latest',
    'rollcall undo latest --apply',
    'rollcall undo 01936f2a-7b3c --apply --confirm 412 --yes',
  ])
    .argument('<run>', 'id, a beginning of it, or latest')
    .option('--apply', 'carry the undo plan out')
    .option('--confirm <people>', 'with --apply: the number of people, instead of typing it back', wholeNumber)
    .option('--pilot <people>', 'with --apply: only the first so many people, then pause', wholeNumber)
    .option('--yes', 'with --apply: do not ask')
    .option('--wait', 'with --apply: wait for the end (the default)', true)
    .option('--no-wait', 'with --apply: return once the run is under way')
    .action(
      online(context, async (session, name: string, options: UndoOptions) => {
        const { id } = await findRun(session.client, name);
        const plan = await watchPlan(session, await session.client.call(routes.runs.undo, { params: { runId: id } }));
        if (options.apply === true) {
          if (!session.json) session.note(planText(plan, session).trimEnd());
          await applyPlan(session, plan, options);
          return;
        }
        session.answer(plan, () => planText(plan, session));
        if (plan.state === 'ready') session.note(`Nothing has been changed. Give it back with: rollcall apply ${shortId(plan.id)}`);
      }),
    );
}
