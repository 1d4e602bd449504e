import { routes } from '@rollcall/contract';
import type { Command } from 'commander';
import { command, online } from '../command.ts';
import type { Context } from '../context.ts';
import { clockTime } from '../terminal/times.ts';

/** `rollcall pause REASON`: the one switch. */
export function pauseCommand(context: Context): Command {
  return command('pause', 'Pause everything: every run stops between two people and no schedule starts', ["rollcall pause 'Atlassian has an incident'"])
    .argument('<reason>', 'why, for everybody who meets the pause')
    .action(
      online(context, async ({ client, answer }, reason: string) => {
        const { paused } = await client.call(routes.session.pause, { body: { reason } });
        answer({ paused }, () => `Everything is paused since ${clockTime(paused?.at ?? null)}. Go on with: rollcall resume\n`);
      }),
    );
}

export function resumeCommand(context: Context): Command {
  return command('resume', 'End the pause of everything', ['rollcall resume']).action(
    online(context, async ({ client, answer }) => {
      const { paused } = await client.call(routes.session.resume, {});
      answer({ paused }, () => 'Runs and schedules go on.\n');
    }),
  );
}
