/** How a part of a list was read: in its order through a window of so many rows, or by gathering all matches. */
export type Way = { readonly window: number } | 'gather';

/**
 * How the pages of the same question were read lately: whoever scrolls asks page after page, and where walking did not fill the first, it will hardly fill the next. What
 * is remembered decides how fast an answer is found, never what it is.
 */
export interface WalkMemory {
  recall(key: string): Way | null;
  note(key: string, way: Way): void;
}

/** So many ways are kept, the latest ones. */
const kept = 1_000;
/** After that a way is found out anew: the inventory may have changed, or the reader come to where matches lie close together. */
const keptMilliseconds = 30_000;

/** @param clock milliseconds that never run backwards */
export function createWalkMemory(clock: () => number = () => performance.now()): WalkMemory {
  const ways = new Map<string, { readonly way: Way; readonly until: number }>();
  return {
    recall: (key) => {
      const known = ways.get(key);
      return known === undefined || known.until < clock() ? null : known.way;
    },
    note: (key, way) => {
      ways.delete(key);
      ways.set(key, { way, until: clock() + keptMilliseconds });
      const [oldest] = ways.keys();
      if (ways.size > kept && oldest !== undefined) ways.delete(oldest);
    },
  };
}

/** For questions of which it is known that they have few matches. */
export const gathersAtOnce: WalkMemory = { recall: () => 'gather', note: () => undefined };
