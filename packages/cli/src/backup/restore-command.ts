import type { Restored, RestoreTarget } from '@rollcall/server';
import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { command, offline } from '../command.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { ask } from '../terminal/ask.ts';
import type { Output } from '../terminal/output.ts';
import { counted } from '../terminal/words.ts';
import { asRefusal, checkFile, factsOf, factsText } from './check-file.ts';

interface RestoreCommandOptions {
  readonly check?: true;
  readonly replace?: true;
  readonly confirm?: string;
  readonly withoutKeys?: true;
}

/** `rollcall restore FILE` */
export function restoreCommand(context: Context): Command {
  return command('restore', 'Bring a backup back into the database of the settings; stop the server first', [
    'rollcall restore rollcall.backup',
    'rollcall restore rollcall.backup --check          # only look whether it could be restored',
    'DATABASE_URL=postgres://… rollcall restore rollcall.backup    # move to a server of your own',
    'rollcall restore rollcall.backup --replace --confirm Acme',
  ])
    .argument('<file>', 'the backup')
    .option('--check', 'check the file to its last byte and change nothing')
    .option('--replace', 'replace a database that holds something; its name is asked')
    .option('--confirm <name>', "the name of the workspace that is replaced, typed in advance")
    .option('--without-keys', 'the secret key is lost: leave stored API keys and second factors out')
    .action(
      offline(context, async (output, file: string, options: RestoreCommandOptions) => {
        if (options.check === true) {
          const summary = await checkFile(output, file);
          output.answer(factsOf(file, summary), () => factsText(file, summary));
          return;
        }
        const restored = await restore(output, file, options);
        output.answer(restored, () => restoredText(restored));
        if (restored.auditProblems.length > 0) context.end(exitCodes.partial);
      }),
    );
}

async function restore(output: Output, file: string, options: RestoreCommandOptions): Promise<Restored> {
  const { createLog, loadConfig, restoreDatabase } = await import('@rollcall/server');
  const progress = output.progress();
  try {
    return await restoreDatabase(loadConfig(output.terminal.environment), createLog('error'), file, {
      withoutKeys: options.withoutKeys === true,
      onProgress: (state) => { progress.show(state); },
      mayReplace: async (target) => {
        progress.end();
        await assertMeant(output, target, options);
      },
    });
  } catch (error) {
    throw asRefusal(error);
  } finally {
    progress.end();
  }
}

async function assertMeant(output: Output, target: RestoreTarget, { replace, confirm }: RestoreCommandOptions): Promise<void> {
  const name = target.name ?? '';
  const what = `The database holds the workspace ${name} (${counted(target.sources, 'source')}, ${counted(target.people, 'person', 'people')}, ${counted(target.events, 'audit event')}).`;
  if (replace !== true) throw new CliError(`${what} Nothing was changed. Restore into an empty database, or add --replace to replace everything in it.`, exitCodes.refused);
  const typed = confirm ?? (await ask(output.terminal, `${what}\nType ${name} to replace all of it`, `${what} Add --confirm "${name}" to replace all of it.`));
  if (typed !== name) throw new CliError(`That is not the name of the workspace. Nothing was changed.`, exitCodes.refused);
}

function restoredText({ rows, tables, migrated, pausedRuns, cancelledSyncs, auditProblems }: Restored): string {
  return [
    `Restored ${counted(rows, 'row')} of ${counted(tables, 'table')}, read back and checked.`,
    ...(migrated.length === 0 ? [] : [`Brought up to this version: ${migrated.join(', ')}.`]),
    `Everything is paused: no schedule starts. ${counted(pausedRuns, 'open run')} paused, ${counted(cancelledSyncs, 'open sync', 'open syncs')} cancelled.`,
    ...auditProblems.map((problem) => `The audit trail cannot be trusted, and could not when the backup was made. ${problem}`),
    'Next: rollcall serve; sync the sources, look at the paused runs, then rollcall resume. Everybody signs in again.',
    '',
  ].join('\n');
}
