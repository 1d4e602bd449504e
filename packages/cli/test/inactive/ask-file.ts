import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { runInactive } from '../../src/inactive/index.ts';
import type { InactiveQuestion } from '../../src/inactive/index.ts';

export interface Asked {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Writes `content` to a file of its own (written on 2026-11-22 unless told otherwise), asks about it, and removes it. */
export async function askFile(
  content: string | Uint8Array,
  question: Partial<InactiveQuestion> = {},
  file: { name?: string; modifiedAt?: string } = {},
): Promise<Asked> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-inactive-'));
  try {
    const path = join(folder, file.name ?? 'export-users.csv');
    writeFileSync(path, content);
    const modified = new Date(file.modifiedAt ?? '2026-11-22T12:00:00Z');
    utimesSync(path, modified, modified);
    return await ask({ file: path, inactiveFor: '90d', format: 'csv', ...question });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function ask(question: InactiveQuestion): Promise<Asked> {
  const out = textSink();
  const err = textSink();
  const code = await runInactive(question, { out: out.stream, err: err.stream });
  return { code, out: out.text(), err: err.text() };
}

function textSink(): { stream: Writable; text: () => string } {
  const parts: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      parts.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(parts).toString('utf8') };
}

/** The account ids of a CSV answer. */
export function listedIds(out: string): string[] {
  return out
    .split('\r\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => line.split(',')[0] ?? '');
}
