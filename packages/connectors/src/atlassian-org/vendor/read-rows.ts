import { z } from 'zod';
import type { VendorResponse } from '../../kit/connector.ts';
import { VendorError } from '../../kit/errors.ts';
import type { Context } from '../context.ts';
import { count, partOf, text } from './loose.ts';

const pageShape = z.object({
  // The rows are looked at one by one below.
  data: z.custom<readonly unknown[]>((value) => Array.isArray(value)),
  links: partOf(z.object({ next: text })),
  meta: partOf(z.object({ total: count })),
});

export interface Rows<Row> {
  readonly rows: readonly Row[];
  /** A bare cursor; null at the end. */
  readonly next: string | null;
  readonly total: number | null;
}

/**
 * Reads a list. A row of another shape is left out and reported; an answer that is no list at all is `transient`: better to read the
 * page again than to take the organisation for empty.
 */
export function readRows<Row>(context: Context, operation: string, response: VendorResponse, row: z.ZodType<Row>): Rows<Row> {
  const page = pageShape.safeParse(response.body);
  if (!page.success) throw unexpectedShape(operation, response);
  const rows: Row[] = [];
  let skipped = 0;
  for (const candidate of page.data.data) {
    const parsed = row.safeParse(candidate);
    if (parsed.success) rows.push(parsed.data);
    else skipped += 1;
  }
  if (skipped > 0) context.report?.({ operation, problem: 'rowSkipped', member: 'data', count: skipped });
  return { rows, next: bareCursor(page.data.links?.next ?? null), total: page.data.meta?.total ?? null };
}

export function unexpectedShape(operation: string, response: VendorResponse): VendorError {
  return new VendorError({
    kind: 'transient',
    operation,
    status: response.status,
    code: 'unexpectedShape',
    message: 'The answer does not have the expected shape',
    retryAt: null,
    surelyWithoutEffect: true,
  });
}

/** The cursor in `links.next`: v2 gives it bare, v1 as a full URL that carries `?cursor=`; empty means the end. */
function bareCursor(next: string | null): string | null {
  if (next === null || next === '') return null;
  if (/^https?:\/\//u.test(next) || next.startsWith('/') || next.startsWith('?')) {
    const url = new URL(next, 'https://api.atlassian.com');
    if (url.searchParams.has('cursor')) return url.searchParams.get('cursor') || null;
    if (next.startsWith('http')) return null;
  }
  return next;
}
