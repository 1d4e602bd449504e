import { inventoryToday } from '../data/inventory.ts';
import type { ScreenCase } from '../screens/cases.ts';
import type { AskedCase } from './arrivals.ts';

/**
 * Of a hundred requests, so many of each kind: an open inventory asks for a page again and again while it is scrolled, for a count when the filter changes, and Home is
 * opened once. Within a kind every case of the row `screens` has its turn, the worst ones as often as the others.
 */
const shares = { pages: 76, counts: 12, searches: 8, 'Home and totals': 4 } as const;

type Kind = keyof typeof shares;

const kinds: readonly Kind[] = ['pages', 'counts', 'searches', 'Home and totals'];

/** A hundred requests in an order in which each kind is spread evenly; the round of each tells which case of its kind it is, and how often that was asked before. */
export function mixOf(screens: readonly ScreenCase[]): readonly AskedCase[] {
  const ofKind = new Map(kinds.map((kind) => [kind, screens.filter(({ name }) => kindOf(name) === kind)]));
  const taken = new Map<Kind, number>();
  return spread().map((kind) => {
    const cases = ofKind.get(kind) ?? [];
    const place = taken.get(kind) ?? 0;
    taken.set(kind, place + 1);
    return { kind, address: (round) => addressOf(cases, round * shares[kind] + place) };
  });
}

function addressOf(cases: readonly ScreenCase[], index: number): string {
  const one = cases[index % cases.length];
  if (one === undefined) throw new Error('A kind without a case.');
  const asked = one.address(Math.floor(index / cases.length));
  // As of the day the invented organisation was read, so that what is inactive does not depend on the day of the measurement.
  return asked.startsWith('/home') ? asked : `${asked}${asked.endsWith('?') ? '' : '&'}asOf=${inventoryToday}`;
}

function kindOf(name: string): Kind {
  if (name.startsWith('count: ')) return 'counts';
  if (name.startsWith('search: ')) return 'searches';
  return name === 'Home' || name.startsWith('totals') ? 'Home and totals' : 'pages';
}

/** Each time the kind that is furthest behind its share. */
function spread(): readonly Kind[] {
  const given = new Map<Kind, number>();
  return Array.from({ length: 100 }, (_, index) => {
    const behind = (kind: Kind): number => ((index + 1) * shares[kind]) / 100 - (given.get(kind) ?? 0);
    const next = kinds.toSorted((a, b) => behind(b) - behind(a))[0] ?? 'pages';
    given.set(next, (given.get(next) ?? 0) + 1);
    return next;
  });
}
