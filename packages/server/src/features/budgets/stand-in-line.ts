import { paceOf } from '@rollcall/connectors/kit';
import type { Budgets, PermitRequest } from '@rollcall/connectors/kit';

/** Beyond this nobody stands in line: who would wait for longer than its lane allows must hear it from the budget itself, and a vendor may have asked for a long wait. */
const longestLineMs = 5_000;

/**
 * Lets those of this process who wait for permits of one budget and lane come back one after the other, at the pace of the limit. Without it all come back when the next
 * permit falls due, one gets it, and the others have asked the database for nothing: with ten people of a run in work, ten statements a permit.
 *
 * Nothing is reserved: who comes back asks `budgets`, which alone decides.
 */
export function standInLine(budgets: Budgets, now: () => Date): Budgets {
  /** The moments at which somebody comes back, in their order, by tenant, group and lane. */
  const lines = new Map<string, number[]>();
  const keyOf = ({ tenant, group, lane }: PermitRequest): string => JSON.stringify([tenant, group, lane]);
  const lineOf = (request: PermitRequest, at: number): number[] => {
    const key = keyOf(request);
    const line = (lines.get(key) ?? []).filter((moment) => moment > at && moment <= at + longestLineMs);
    if (line.length === 0) lines.delete(key);
    else lines.set(key, line);
    return line;
  };
  const join = (request: PermitRequest, at: number, moment: number): { readonly retryAt: Date } => {
    if (moment > at + longestLineMs) return { retryAt: new Date(at + longestLineMs) };
    const line = [...lineOf(request, at), moment].toSorted((a, b) => a - b);
    lines.set(keyOf(request), line);
    return { retryAt: new Date(moment) };
  };
  return {
    async acquire(request) {
      const { intervalMs } = paceOf(request);
      const asked = now().getTime();
      const last = lineOf(request, asked).at(-1);
      if (request.waited !== true && last !== undefined) return join(request, asked, last + intervalMs);
      const permit = await budgets.acquire(request);
      if ('grantedAt' in permit) return permit;
      const at = now().getTime();
      const due = permit.retryAt.getTime();
      return due > at + longestLineMs ? permit : join(request, at, firstGap(lineOf(request, at), due, intervalMs));
    },
    cool: (scope) => budgets.cool(scope),
  };
}

/** The first moment from `from` on with half an interval around it in which nobody comes back. */
function firstGap(line: readonly number[], from: number, intervalMs: number): number {
  return line.reduce((moment, taken) => (Math.abs(taken - moment) < intervalMs / 2 ? taken + intervalMs : moment), from);
}
