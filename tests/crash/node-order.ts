import { commitPoints } from '@rollcall/server';
import type { CommitPoint } from '@rollcall/server';
import { z } from 'zod';

const isPoint = (name: string): name is CommitPoint => Object.hasOwn(commitPoints, name);
export const commitPoint = z.custom<CommitPoint>((name) => typeof name === 'string' && isPoint(name));

/** Where a node stands still: before the nth COMMIT of that name is sent, or after it was confirmed. */
export const stop = z.object({ point: commitPoint, side: z.enum(['before', 'after']), nth: z.number().int().min(1).default(1) });
export type Stop = z.output<typeof stop>;

/** What a test tells a node: lines of JSON on its standard input. */
export const order = z.object({ kind: z.enum(['start', 'arm']), stop: stop.nullable() });
export type Order = z.input<typeof order>;

/** What a node tells: lines of JSON on its standard output. */
export const nodeReport = z.union([
  z.object({ ready: z.object({ url: z.string(), token: z.string() }) }),
  z.object({ reached: z.object({ point: commitPoint, side: z.enum(['before', 'after']) }) }),
  z.object({ seen: commitPoint }),
  z.object({ unnamed: z.object({ pool: z.string(), statement: z.string() }) }),
]);
export type NodeReport = z.output<typeof nodeReport>;
