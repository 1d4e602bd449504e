import { z } from 'zod';
import type { VendorRequest } from '../../kit/connector.ts';
import { VendorError } from '../../kit/errors.ts';
import type { ErrorKind } from '../../kit/errors.ts';
import type { Context } from '../context.ts';
import { unexpectedShape } from './read-rows.ts';

/** Reads `{data: …}` of one thing. Throws VendorError, also for an answer of another shape. */
export async function readOne<Row>(context: Context, request: VendorRequest, row: z.ZodType<Row>): Promise<Row> {
  const response = await context.request(request);
  const parsed = z.looseObject({ data: row }).safeParse(response.body);
  if (!parsed.success) throw unexpectedShape(request.operation, response);
  return parsed.data.data;
}

/** Null where what was asked for is not there. An organisation that the key cannot reach is `forbidden`, and stays an error. */
export async function orAbsent<Value>(reading: Promise<Value>): Promise<Value | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof VendorError && error.facts.kind === 'notFound') return null;
    throw error;
  }
}

/** Null where the key may not read this or the vendor has no such operation: its facts stay unknown. */
export async function orUnreadable<Value>(reading: Promise<Value>): Promise<Value | null> {
  const kinds: readonly ErrorKind[] = ['scope', 'forbidden', 'unsupported'];
  try {
    return await reading;
  } catch (error) {
    if (error instanceof VendorError && kinds.includes(error.facts.kind)) return null;
    throw error;
  }
}
