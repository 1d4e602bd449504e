import { z } from 'zod';
import { RequestProblem } from '../../app/problem.ts';

/** Where a page begins or ends: the sort it belongs to, the part of the list, the sort key of the row there and its id. */
export interface Position {
  readonly order: string;
  readonly part: number;
  readonly key: string;
  readonly id: number;
}

const written = z.tuple([z.literal(1), z.string().max(60), z.number().int().min(0).max(1), z.string().max(1_000), z.number().int().min(0)]);

export function writeCursor({ order, part, key, id }: Position): string {
  return Buffer.from(JSON.stringify([1, order, part, key, id])).toString('base64url');
}

/** Throws RequestProblem `badRequest` for what is no cursor of ours, or one of another sort. */
export function readCursor(text: string, order: string): Position {
  const parsed = written.safeParse(parseJson(Buffer.from(text, 'base64url').toString('utf8')));
  if (!parsed.success || parsed.data[1] !== order) {
    throw new RequestProblem({ code: 'badRequest', title: 'Not a position in this list', detail: 'This position belongs to another list or another sort order. Begin again at the first page.' });
  }
  const [, , part, key, id] = parsed.data;
  return { order, part, key, id };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
