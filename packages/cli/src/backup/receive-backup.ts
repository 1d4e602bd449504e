import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Output } from '../terminal/output.ts';
import { factsOf } from './check-file.ts';
import type { BackupFacts } from './check-file.ts';

/** Takes pieces of the file; `close` makes it durable under its name, `drop` leaves nothing. */
interface Destination {
  write(piece: Uint8Array): Promise<void>;
  close(): Promise<void>;
  drop(): Promise<void>;
}

/**
 * Writes a backup that is being made, and reads it at the same time as a restore would: only a whole, checked file gets its name, after it is on the disk. Throws a
 * CliError that says what broke off; then nothing is left.
 */
export async function receiveBackup(output: Output, chunks: AsyncIterable<Uint8Array>, expectedRows: number, file: string): Promise<BackupFacts> {
  const { checkBackup } = await import('@rollcall/server');
  const destination = file === '-' ? toStandardOutput(output) : await beside(file);
  const progress = output.progress();
  let fileBytes = 0;
  const written = async function* written(): AsyncGenerator<Uint8Array, void> {
    for await (const piece of chunks) {
      output.terminal.signal.throwIfAborted();
      await destination.write(piece);
      fileBytes += piece.length;
      yield piece;
    }
  };
  try {
    const summary = await checkBackup(written(), (rows) => { progress.show({ text: 'Backing up', done: rows, total: Math.max(expectedRows, rows) }); });
    await destination.close();
    return factsOf(file, { ...summary, fileBytes });
  } catch (error) {
    await destination.drop();
    throw await brokeOff(error, file);
  } finally {
    progress.end();
  }
}

async function beside(file: string): Promise<Destination> {
  const draft = `${file}.${randomBytes(4).toString('hex')}.part`;
  const handle = await open(draft, 'wx', 0o600).catch(async (error: unknown) => { throw await brokeOff(error, file); });
  return {
    write: async (piece) => { await handle.writeFile(piece); },
    close: async () => {
      await handle.sync();
      await handle.close();
      await rename(draft, file);
      await syncFolder(path.dirname(file));
    },
    drop: async () => {
      await handle.close().catch(() => undefined);
      await rm(draft, { force: true });
    },
  };
}

/** The new name is in the folder, which has its own place on the disk. Windows has no such thing. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function toStandardOutput(output: Output): Destination {
  const { out } = output.terminal;
  return {
    write: (piece) => new Promise((resolve, reject) => {
      out.write(piece, (error) => {
        if (error == null) {
          resolve();
          return;
        }
        // The program ends a moment later (main.ts), and a backup that was cut off is none.
        process.exitCode = exitCodes.failed;
        reject(error);
      });
    }),
    close: () => Promise.resolve(),
    drop: () => Promise.resolve(),
  };
}

async function brokeOff(error: unknown, file: string): Promise<Error> {
  if (error instanceof Error && error.name === 'AbortError') return error;
  const where = file === '-' ? 'standard output to its end' : file;
  return new CliError(`No backup was written to ${where}: ${await reasonOf(error, file)}`, exitCodes.failed, { cause: error });
}

async function reasonOf(error: unknown, file: string): Promise<string> {
  const { asDiskFull } = await import('@rollcall/server');
  const told = asDiskFull(error, file === '-' ? 'standard output' : path.dirname(path.resolve(file)));
  if (!(told instanceof Error)) return String(told);
  // What undici says when an answer ends before its end.
  if (told instanceof TypeError && told.message === 'terminated') return 'the server broke it off. Its log says why.';
  return told.message;
}
