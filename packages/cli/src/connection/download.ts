import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client, Route, RouteInput } from '@rollcall/contract';
import { CliError } from '../cli-error.ts';
import type { Output } from '../terminal/output.ts';

/** Streams a download to a file, or to standard output when none is named (`-` too). A file that was not finished is removed. */
export async function download<R extends Route>(client: Client, output: Output, route: R, input: RouteInput<R>, file: string | undefined): Promise<void> {
  const { signal, out } = output.terminal;
  const answer = await client.open(route, input, { signal });
  const chunks = answer.body === null ? Readable.from([]) : Readable.from(answer.body);
  if (file === undefined || file === '-') {
    await pipeline(chunks, out, { end: false });
    return;
  }
  try {
    await pipeline(chunks, createWriteStream(file), { signal });
  } catch (error) {
    await rm(file, { force: true });
    throw new CliError(`${file} could not be written: ${error instanceof Error ? error.message : String(error)}`, undefined, { cause: error });
  }
  output.note(`Written to ${file}.`);
}
