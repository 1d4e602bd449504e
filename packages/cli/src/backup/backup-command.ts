import { Readable } from 'node:stream';
import { routes } from '@rollcall/contract';
import type { Command } from 'commander';
import { command, offline, online, whereItRuns } from '../command.ts';
import type { Connection } from '../connection/connection.ts';
import type { Context } from '../context.ts';
import type { Output } from '../terminal/output.ts';
import { facts } from '../terminal/table.ts';
import { clockTime } from '../terminal/times.ts';
import { checkFile, factsOf, factsText } from './check-file.ts';
import { megabytes } from './megabytes.ts';
import { receiveBackup } from './receive-backup.ts';

/** `rollcall backup …`: without a word of its own it makes one. */
export function backupCommand(context: Context): Command {
  return command('backup', 'Write the whole database into one file, check such a file', ['rollcall backup rollcall.backup'])
    .addCommand(make(context), { isDefault: true })
    .addCommand(verify(context))
    .addCommand(status(context));
}

function make(context: Context): Command {
  return command('make', 'Make a backup while the server serves; the word "make" can be left out', ['rollcall backup rollcall.backup', 'rollcall backup - | ssh vault "cat > rollcall.backup"'])
    .argument('<file>', 'the file to write; - for standard output. It appears under this name when it is whole and checked')
    .action(whereItRuns(context, backUp));
}

async function backUp(output: Output, connection: Connection | null, file: string): Promise<void> {
  const made = connection === null ? await fromDatabase(output, file) : await fromServer(output, connection, file);
  // With the file itself on standard output, what is said about it goes beside it.
  if (file === '-') output.note(`${made.rows} rows in ${megabytes(made.fileBytes)}.`);
  else output.answer(made, () => `${file}: ${made.rows.toLocaleString('en-US')} rows in ${megabytes(made.fileBytes)}, checked.\n`);
  output.note('The key that opens the stored API keys is not in it. Keep secret.key (or ROLLCALL_SECRET_KEY) apart from it: whoever restores needs both.');
}

async function fromServer(output: Output, connection: Connection, file: string) {
  const answer = await connection.client.open(routes.backup.download, {}, { signal: output.terminal.signal });
  const expected = Number(answer.headers.get('x-rollcall-rows') ?? 0);
  return receiveBackup(output, answer.body === null ? Readable.from([]) : Readable.from(answer.body), expected, file);
}

async function fromDatabase(output: Output, file: string) {
  const { backupDatabase, createLog, loadConfig } = await import('@rollcall/server');
  const begun = await backupDatabase(loadConfig(output.terminal.environment), createLog('error'));
  try {
    return await receiveBackup(output, begun.chunks, begun.rows, file);
  } finally {
    await begun.close();
  }
}

function verify(context: Context): Command {
  return command('verify', 'Check a backup file to its last byte, without a server', ['rollcall backup verify rollcall.backup'])
    .argument('<file>', 'the backup')
    .action(
      offline(context, async (output, file: string) => {
        const summary = await checkFile(output, file);
        output.answer(factsOf(file, summary), () => factsText(file, summary));
      }),
    );
}

function status(context: Context): Command {
  return command('status', 'Show the size of the database and the last backup', ['rollcall backup status']).action(
    online(context, async (session) => {
      const found = await session.client.call(routes.backup.status, {});
      session.answer(found, () => facts([['Database', megabytes(found.databaseBytes)], ['Last backup', found.last === null ? 'never' : `${clockTime(found.last.at)}, ${found.last.rows.toLocaleString('en-US')} rows in ${megabytes(found.last.bytes)}`]]));
    }),
  );
}
