import { civilDate, civilDateIn } from '@rollcall/core';
import type { CivilDate } from '@rollcall/core';

/** What the caller knows about a file before reading it. */
export interface FileFacts {
  /** The day the export was made, as a person said. */
  readonly exportedOn?: CivilDate | undefined;
  readonly fileName?: string | undefined;
  /** When the file was last written. */
  readonly modifiedAt?: Date | undefined;
  /** The source's time zone (IANA), default UTC. */
  readonly timeZone?: string | undefined;
}

/** The day an export was made and how that is known. `newestDate`: the latest date in the file, a lower bound, only suggested. */
export interface ExportDate {
  readonly on: CivilDate;
  readonly from: 'given' | 'fileName' | 'fileTime' | 'newestDate';
}

/** The day an export was made: as given, else the date in the file's name, else the day the file was written; null when nothing says. */
export function exportDateOf(facts: FileFacts): ExportDate | null {
  if (facts.exportedOn !== undefined) return { on: facts.exportedOn, from: 'given' };
  const named = dateInName(facts.fileName ?? '');
  if (named !== null) return { on: named, from: 'fileName' };
  if (facts.modifiedAt === undefined) return null;
  return { on: civilDateIn(facts.modifiedAt, facts.timeZone ?? 'UTC'), from: 'fileTime' };
}

/** `export-users-2026-11-22.csv`, `export-users_20261122.csv`; a name with two different dates says nothing. */
function dateInName(fileName: string): CivilDate | null {
  const name = fileName.split(/[\\/]/).at(-1) ?? '';
  const found = new Set<CivilDate>();
  for (const match of name.matchAll(/(?<!\d)(20\d{2})([-_.]?)(\d{2})\2(\d{2})(?!\d)/g)) {
    const date = civilDate(Number(match[1]), Number(match[3]), Number(match[4]));
    if (date !== null) found.add(date);
  }
  return found.size === 1 ? ([...found][0] ?? null) : null;
}
