import type { Call } from './call.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

/** Where a page starts: the position asked for, moved when the list is made to shift. Undefined: not a cursor of this list. */
export function startOf(call: Call, list: string, cursor: string | null | undefined): number | undefined {
  const position = decodeCursor(list, cursor);
  if (position === undefined || position === 0) return position;
  let start = position;
  for (const effect of call.effects) if (effect.kind === 'shiftPages') start += effect.by;
  return Math.max(0, start);
}

function keptShare<T>(items: readonly T[], share: number): readonly T[] {
  let carried = 0;
  return items.filter(() => {
    carried += share;
    if (carried < 1) return false;
    carried -= 1;
    return true;
  });
}

/** A page as the faults of this call leave it; `next` is a bare cursor, null on the last page. */
export function pageOf<T>(call: Call, list: string, cursor: string | null | undefined, start: number, items: readonly T[], next: number | null): { readonly data: readonly T[]; readonly next: string | null } {
  let data = items;
  let link = next === null ? null : encodeCursor(list, next);
  for (const effect of call.effects) {
    if (effect.kind === 'partialRead') data = keptShare(data, effect.share);
    if (effect.kind === 'duplicates') data = [...data.slice(0, effect.count), ...data];
    if (effect.kind === 'repeatCursor' && typeof cursor === 'string' && cursor !== '') link = cursor;
    if (effect.kind === 'emptyPageWithCursor') {
      data = [];
      link = encodeCursor(list, start, call.state.counts.get(call.operation) ?? 1);
    }
  }
  return { data, next: link };
}

/** Cuts a page out of a list that is at hand. */
export function slicePage<T>(call: Call, list: string, cursor: string | null | undefined, items: readonly T[], limit: number): { readonly data: readonly T[]; readonly next: string | null } | undefined {
  const start = startOf(call, list, cursor);
  if (start === undefined) return undefined;
  const end = start + limit;
  return pageOf(call, list, cursor, start, items.slice(start, end), end < items.length ? end : null);
}
