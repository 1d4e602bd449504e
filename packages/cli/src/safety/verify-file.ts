import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { verifyExport } from '@rollcall/core';
import type { ExportProblem, ExportReport } from '@rollcall/core';
import { usageError } from '../cli-error.ts';

/** Verifies an exported audit trail with nothing but the file: no server is asked. */
export async function verifyFile(file: string): Promise<ExportReport> {
  const facts = await stat(file).catch(() => null);
  if (facts === null || !facts.isFile()) throw usageError(`There is no file ${file}. Make one with: rollcall audit export --output ${file}`);
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  return verifyExport(lines, (bytes) => createHash('sha256').update(bytes).digest());
}

/** What is wrong with an exported audit trail, and where. */
export function problemText(problem: ExportProblem): string {
  switch (problem.kind) {
    case 'unreadable':
      return `Line ${problem.line} is no line of an exported audit trail: the file was changed, or it is another file.`;
    case 'newerVersion':
      return `The file was written by a newer Rollcall (format ${problem.version}). Verify it with that one.`;
    case 'cutFile':
      return `The file ends before event ${problem.seq}: its end is missing. Export it again.`;
    case 'changed':
      return `Event ${problem.seq} is not what was recorded: it was changed.`;
    case 'payloadChanged':
      return `Event ${problem.seq} is in its place, but what it says was changed.`;
    case 'removed':
      return problem.seq === problem.lastSeq ? `Event ${problem.seq} is missing.` : `Events ${problem.seq} to ${problem.lastSeq} are missing.`;
    case 'reordered':
      return `Event ${problem.seq} stands at another place than where it was recorded.`;
    case 'cutTail':
      return `The trail ends too early: events ${problem.seq} to ${problem.lastSeq} are missing.`;
  }
}
