import type { Command } from 'commander';
import { command, online } from '../command.ts';
import type { Context } from '../context.ts';
import { findPlan } from '../names/find-plan.ts';
import { wholeNumber } from '../sources/source-options.ts';
import { applyPlan } from './apply-plan.ts';
import type { ApplyOptions } from './apply-plan.ts';

/** `rollcall apply PLAN` */
export function applyCommand(context: Context): Command {
  return command('apply', 'Carry out a plan, with progress, and verify it', [
    'rollcall apply latest',
    'rollcall apply 01936f2a-7b3c --pilot 10      # the first 10, then a pause: rollcall run resume latest',
    'rollcall apply latest --confirm 412 --yes    # in a script: the number of people the plan must have',
  ])
    .argument('<plan>', 'id, a beginning of it, or latest')
    .option('--confirm <people>', 'the number of people, instead of typing it back', wholeNumber)
    .option('--pilot <people>', 'only the first so many people, then pause', wholeNumber)
    .option('--yes', 'do not ask')
    .option('--wait', 'wait for the end (the default)', true)
    .option('--no-wait', 'return once the run is under way')
    .action(online(context, async (session, name: string, options: ApplyOptions) => applyPlan(session, await findPlan(session.client, name), options)));
}
