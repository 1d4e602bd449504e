import { combineReadings, laterOf } from '@rollcall/core';
import type { LastActive } from '@rollcall/core';
import type { ExportAccess, ExportGroup, ExportRecord } from './record.ts';
import { agreed } from './record-reader.ts';

/** Two records of one account as one, and which facts they disagreed on (names of fields or of columns; no values). */
export interface MergedRecord {
  readonly record: ExportRecord;
  readonly disagreements: readonly string[];
}

/**
 * Merges records with the same key: groups and accesses are united, the latest date wins (of last activity and of the day added, from which
 * the clock runs), and a status or an answer about access that differs becomes unknown. `a` is the earlier in the file.
 */
export function mergeRecords(a: ExportRecord, b: ExportRecord): MergedRecord {
  const disagreements: string[] = [];
  const differs = (name: string, one: unknown, other: unknown): boolean => {
    if (one === other) return false;
    disagreements.push(name);
    return true;
  };
  const record: ExportRecord = {
    ...a,
    vendorId: a.vendorId ?? b.vendorId,
    name: a.name ?? b.name,
    email: a.email ?? b.email,
    username: a.username ?? b.username,
    orgRole: a.orgRole ?? b.orgRole,
    accountType: differs('account type', a.accountType, b.accountType) ? 'unknown' : a.accountType,
    status: differs('status', a.status, b.status) ? 'unknown' : a.status,
    addedOn: differs('added to org', a.addedOn, b.addedOn) ? laterOf(a.addedOn, b.addedOn) : a.addedOn,
    groups: a.groups.length === 0 ? b.groups : mergeGroups(a.groups, b.groups),
    lastActive: mergeAccountDates(a.lastActive, b.lastActive, differs),
    accesses: mergeAccesses(a.accesses, b.accesses, differs),
  };
  return { record, disagreements };
}

type Differs = (name: string, one: unknown, other: unknown) => boolean;

function mergeGroups(a: readonly ExportGroup[], b: readonly ExportGroup[]): readonly ExportGroup[] {
  const added = b.filter((group) => !a.some((known) => known.id === group.id && known.name === group.name));
  return added.length === 0 ? a : [...a, ...added];
}

function mergeAccountDates(a: LastActive | null, b: LastActive | null, differs: Differs): LastActive | null {
  if (a === null || b === null) return a ?? b;
  return differs('last active', dateText(a), dateText(b)) ? later(a, b) : a;
}

function mergeAccesses(a: readonly ExportAccess[], b: readonly ExportAccess[], differs: Differs): readonly ExportAccess[] {
  const others = [...b];
  const merged = a.map((one) => {
    const at = others.findIndex((other) => other.app === one.app && other.title === one.title && other.site === one.site);
    const other = others[at];
    if (other === undefined) return one;
    others.splice(at, 1);
    return mergeAccess(one, other, differs);
  });
  return [...merged, ...others];
}

function mergeAccess(a: ExportAccess, b: ExportAccess, differs: Differs): ExportAccess {
  const name = a.site === null ? a.title : `${a.title} - ${a.site}`;
  const holding = differs(name, a.holding, b.holding) ? agreed(a.holding, b.holding) : a.holding;
  const lastActive = differs(`Last seen in ${name}`, dateText(a.lastActive), dateText(b.lastActive)) ? later(a.lastActive, b.lastActive) : a.lastActive;
  return holding === a.holding && lastActive === a.lastActive ? a : { ...a, holding, lastActive };
}

function later(a: LastActive, b: LastActive): LastActive {
  return combineReadings({ lastActive: a, knownThrough: null }, { lastActive: b, knownThrough: null }).lastActive;
}

function dateText(lastActive: LastActive): string {
  if (lastActive.kind === 'at') return lastActive.at ?? lastActive.on;
  return lastActive.kind === 'never' ? 'never' : lastActive.why;
}
