import { routes } from '@rollcall/contract';
import { CliError, usageError } from '../cli-error.ts';
import type { Session } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Plan } from '../names/find-plan.ts';
import { answerRun, watchRun } from '../runs/watch-run.ts';
import { ask, confirm } from '../terminal/ask.ts';
import { canAsk } from '../terminal/terminal.ts';
import { people, shortId } from '../terminal/words.ts';

export interface ApplyOptions {
  readonly confirm?: number;
  readonly pilot?: number;
  readonly yes?: true;
  readonly wait: boolean;
}

/** Applies a plan that a person has seen: names the source and the people, has them confirmed, then starts the run and waits. */
export async function applyPlan(session: Session, plan: Plan, options: ApplyOptions): Promise<void> {
  const { digest, count } = readyPlan(plan);
  const agreed = await agree(session, plan, count, options);
  const run = await session.client.call(routes.plans.apply, {
    params: { planId: plan.id },
    body: { digest, sourceName: plan.sourceName, people: agreed, ...(options.pilot === undefined ? {} : { pilot: options.pilot }) },
  });
  if (options.wait || session.connection.embedded) await watchRun(session, run);
  else answerRun(session, run);
}

function readyPlan(plan: Plan): { readonly digest: string; readonly count: number } {
  const count = plan.totals?.act ?? 0;
  const failed = plan.guards.filter(({ passed }) => !passed).map(({ text }) => `  ${text}`);
  if (plan.state === 'refused') throw new CliError(`The plan was refused by its guards:\n${failed.join('\n')}`, exitCodes.refused);
  if (plan.problem !== null) throw new CliError(`Plan ${shortId(plan.id)} could not be built: ${plan.problem.text}`, exitCodes.refused);
  if (plan.state !== 'ready' || plan.digest === null) throw new CliError(`Plan ${shortId(plan.id)} is ${plan.state}; only a plan that is ready can be applied.`, exitCodes.refused);
  if (count === 0) throw new CliError(`Plan ${shortId(plan.id)} would change nothing for anybody. rollcall plan items ${shortId(plan.id)} says why.`, exitCodes.refused);
  return { digest: plan.digest, count };
}

/** @returns the number of people to send: what was typed back, or null where the plan does not ask for it */
async function agree(session: Session, plan: Plan, count: number, options: ApplyOptions): Promise<number | null> {
  const { terminal } = session;
  const sentence = `${plan.actionTitle} on ${plan.sourceName}: ${people(count)}${options.pilot === undefined ? '' : `, first ${Math.min(options.pilot, count)} of them`}.`;
  if (options.confirm !== undefined) {
    if (options.confirm !== count) throw new CliError(`The plan is about ${people(count)}, not ${options.confirm}. Nothing was started.`, exitCodes.refused);
    session.note(sentence);
    if (options.yes === true || !canAsk(terminal) || (await confirm(terminal, 'Carry it out?', ''))) return count;
    throw usageError('Nothing was started.');
  }
  session.note(sentence);
  if (plan.typeBack !== null) {
    const typed = await ask(terminal, 'Type the number of people to carry it out', `This plan is about many people. Confirm the number with --confirm ${count} once you have looked at it (rollcall plan show ${shortId(plan.id)}).`);
    if (Number(typed.replaceAll(/[,\s.]/g, '')) !== count) throw new CliError(`The plan is about ${people(count)}. Nothing was started.`, exitCodes.refused);
    return count;
  }
  if (options.yes === true) return null;
  if (await confirm(terminal, 'Carry it out?', 'Give --yes to apply a plan without being asked.')) return null;
  throw usageError('Nothing was started.');
}
