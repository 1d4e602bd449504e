import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { routes } from '@rollcall/contract';
import type { RouteAnswer } from '@rollcall/contract';
import { usageError } from '../cli-error.ts';
import { follow } from '../connection/follow.ts';
import type { Session } from '../context.ts';

export type Upload = RouteAnswer<typeof routes.uploads.get>;

const settled = new Set<Upload['state']>(['ready', 'refused', 'taken']);

/** Streams a file to the server and waits for its preview, with progress. */
export async function sendFile(session: Session, file: string): Promise<Upload> {
  const { client, terminal } = session;
  const facts = await stat(file).catch(() => null);
  if (facts === null) throw usageError(`There is no file ${file}.`);
  if (!facts.isFile()) throw usageError(`${file} is no file. Give the CSV file itself.`);
  const upload = await client.call(routes.uploads.create, { body: { fileName: path.basename(file), fileModifiedAt: facts.mtime.toISOString(), sizeBytes: facts.size } });
  const progress = session.progress();
  try {
    await client.call(routes.uploads.send, { params: { uploadId: upload.id } }, { bytes: Readable.toWeb(counted(file, facts.size, progress.show)), signal: terminal.signal });
    return await follow(
      { client, events: routes.uploads.events, get: routes.uploads.get, input: { params: { uploadId: upload.id } }, signal: terminal.signal },
      ({ state }) => settled.has(state),
      (state) => { if (state.progress !== null) progress.show(state.progress); },
    );
  } finally {
    progress.end();
  }
}

function counted(file: string, total: number, show: (state: { text: string; done: number; total: number }) => void): Readable {
  let done = 0;
  const megabytes = (bytes: number): number => Math.round(bytes / 1_000_000);
  return createReadStream(file).on('data', (chunk) => {
    done += chunk.length;
    show({ text: 'MB sent', done: megabytes(done), total: Math.max(1, megabytes(total)) });
  });
}
