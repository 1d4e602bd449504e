import { parseCivilDate } from '../src/index.ts';
import type { CivilDate } from '../src/index.ts';

/** A day for a test; throws when the calendar has none. */
export function day(text: string): CivilDate {
  const date = parseCivilDate(text);
  if (date === null) throw new Error(`${text} is no day.`);
  return date;
}
