import { addDays, addMonths, parseCivilDate } from '../civil-date.ts';
import type { CivilDate } from '../civil-date.ts';

const distance = /^-(\d{1,5})([dwmy])$/i;

/** The canonical text of a date value (`2026-01-01`, `-90d`, `-6m`); null when it is none. Distances reach back from the as-of date, a century at most. */
export function canonicalDate(text: string): string | null {
  const match = distance.exec(text);
  if (match === null) return parseCivilDate(text);
  const count = Number(match[1]);
  const unit = (match[2] ?? '').toLowerCase();
  const longest = { d: 36_525, w: 5_217, m: 1_200, y: 100 }[unit] ?? 0;
  return count <= longest ? `-${count}${unit}` : null;
}

/** The day a canonical date value means as of a day: `-6m` is the same day six months before. Throws RangeError for text that is no date value. */
export function resolveDateValue(text: string, asOf: CivilDate): CivilDate {
  const match = distance.exec(text);
  if (match === null) {
    const day = parseCivilDate(text);
    if (day === null) throw new RangeError(`"${text}" is no date value. Write a day (2026-01-31) or a distance back (-90d, -6m).`);
    return day;
  }
  const count = Number(match[1]);
  switch ((match[2] ?? '').toLowerCase()) {
    case 'd':
      return addDays(asOf, -count);
    case 'w':
      return addDays(asOf, -7 * count);
    case 'm':
      return addMonths(asOf, -count);
    default:
      return addMonths(asOf, -12 * count);
  }
}
