import { routes } from '@rollcall/contract';
import { follow } from '../connection/follow.ts';
import type { Session } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Plan } from '../names/find-plan.ts';

/** Waits until a plan is built. Sets the exit code when guards refuse it or building fails. */
export async function watchPlan(session: Session, plan: Plan): Promise<Plan> {
  const progress = session.progress();
  try {
    const built = await follow(
      { client: session.client, events: routes.plans.events, get: routes.plans.get, input: { params: { planId: plan.id } }, signal: session.terminal.signal },
      ({ state }) => state !== 'building',
      ({ totals }) => { progress.show({ text: 'Making the plan', done: totals === null ? 0 : totals.act + totals.skip + totals.look, total: null }); },
    );
    if (built.state === 'refused') session.end(exitCodes.refused);
    if (built.state === 'failed') session.end(exitCodes.failed);
    return built;
  } finally {
    progress.end();
  }
}
