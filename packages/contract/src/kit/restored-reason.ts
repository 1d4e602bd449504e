const before = 'Restored from the backup of ';
const after = '. Check, sync the sources, look at the paused runs, then resume.';

/** Why everything is paused after a restore, as it stands in the database and the audit trail. `madeAt`: the backup's instant (ISO 8601). */
export function restoredReason(madeAt: string): string {
  return `${before}${madeAt}${after}`;
}

/** The instant of the backup where a pause has this reason, so that a reader is told in their own language; else null. */
export function restoredFrom(reason: string): string | null {
  if (!reason.startsWith(before) || !reason.endsWith(after)) return null;
  const madeAt = reason.slice(before.length, -after.length);
  return Number.isNaN(Date.parse(madeAt)) ? null : madeAt;
}
