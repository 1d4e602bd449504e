import { civilDateIn, daysBetween } from '@rollcall/core';
import type { CivilDate } from '@rollcall/core';
import type { RouteResult, routes } from '@rollcall/contract';

type SourceDto = RouteResult<typeof routes.sources.get>;
export type SourceHealth = SourceDto['health'];
type Warning = SourceHealth['warnings'][number];

export interface HealthFacts {
  readonly id: string;
  readonly name: string;
  readonly kind: 'atlassian-org' | 'csv';
  readonly attached: boolean;
  readonly timeZone: string;
  readonly staleAfterHours: number;
  readonly lastFullReadAt: Date | null;
  readonly keyExpiresOn: CivilDate | null;
  /** The state of the newest sync; null when there was none. */
  readonly newestSync: { readonly id: string; readonly state: string; readonly problem: { readonly text?: string } | null } | null;
  readonly accounts: number;
  /** Accesses that are held or may be, and how many of them have an unknown last activity. */
  readonly accesses: number;
  readonly unknownAccesses: number;
  readonly lastError: SourceHealth['lastError'];
  readonly rates: SourceHealth['rates'];
}

const keyWarningDays = 30;
const smallUnknownShare = 0.05;
const open: ReadonlySet<string> = new Set(['queued', 'running', 'finalising']);

/** The state of a source and what its people should know. Pure. */
export function healthOf(facts: HealthFacts, now: Date): SourceHealth {
  const today = civilDateIn(now, facts.timeZone);
  const keyDaysLeft = facts.keyExpiresOn === null ? null : daysBetween(today, facts.keyExpiresOn);
  const ageHours = facts.lastFullReadAt === null ? null : (now.getTime() - facts.lastFullReadAt.getTime()) / 3_600_000;
  const stale = ageHours !== null && ageHours > facts.staleAfterHours;
  return {
    sourceId: facts.id,
    name: facts.name,
    kind: facts.kind,
    state: stateOf(facts, stale),
    accounts: facts.accounts,
    lastFullReadAt: facts.lastFullReadAt?.toISOString() ?? null,
    keyExpiresOn: facts.keyExpiresOn,
    keyDaysLeft,
    ageHours: ageHours === null ? null : Math.floor(ageHours),
    staleAfterHours: facts.staleAfterHours,
    accesses: facts.accesses,
    unknownAccesses: facts.unknownAccesses,
    lastError: facts.lastError,
    rates: facts.rates,
    warnings: [keyWarning(facts, keyDaysLeft), syncWarning(facts), stale ? staleWarning(facts, ageHours) : null, unknownWarning(facts)].filter((warning) => warning !== null),
  };
}

function stateOf(facts: HealthFacts, stale: boolean): SourceHealth['state'] {
  const newest = facts.newestSync?.state;
  if (newest === 'held') return 'held';
  if (newest !== undefined && open.has(newest)) return 'syncing';
  if (newest === 'failed') return 'failing';
  if (facts.lastFullReadAt === null) return 'new';
  return stale ? 'stale' : 'ready';
}

/** Thirty, fourteen and seven days before the end the words become plainer. */
function keyWarning({ keyExpiresOn }: HealthFacts, daysLeft: number | null): Warning | null {
  if (daysLeft === null || keyExpiresOn === null || daysLeft > keyWarningDays) return null;
  const data = { on: keyExpiresOn, daysLeft };
  if (daysLeft < 0) return { code: 'keyExpired', text: `The API key expired on ${keyExpiresOn}. Make a new one at admin.atlassian.com and enter it here.`, data };
  const within = daysLeft <= 7 ? 7 : daysLeft <= 14 ? 14 : keyWarningDays;
  const when = daysLeft === 0 ? 'today' : daysLeft === 1 ? 'tomorrow' : `in ${daysLeft} days, on ${keyExpiresOn}`;
  return { code: `keyExpiresWithin${within}`, text: `The API key expires ${when}. Make a new one at admin.atlassian.com before that.`, data };
}

function syncWarning({ newestSync }: HealthFacts): Warning | null {
  if (newestSync?.state === 'held') return { code: 'held', text: newestSync.problem?.text ?? 'The last reading is held. Take it or drop it.', data: { syncId: newestSync.id } };
  if (newestSync?.state === 'failed') return { code: 'failing', text: newestSync.problem?.text ?? 'The last sync failed.', data: { syncId: newestSync.id } };
  return null;
}

function staleWarning(facts: HealthFacts, ageHours: number): Warning {
  const days = Math.floor(ageHours / 24);
  const age = days >= 2 ? `${days} days` : `${Math.floor(ageHours)} hours`;
  const remedy = facts.kind === 'csv' ? 'Upload a newer export' : 'Sync now';
  return { code: 'stale', text: `The data is ${age} old. Nothing newer is known, so nobody counts as inactive since then. ${remedy}.`, data: { hours: Math.floor(ageHours) } };
}

function unknownWarning({ accesses, unknownAccesses, attached }: HealthFacts): Warning | null {
  const share = accesses === 0 ? 0 : unknownAccesses / accesses;
  if (attached || share < smallUnknownShare) return null;
  const percent = Math.round(share * 100);
  return { code: 'manyUnknown', text: `Of ${percent} % of the app accesses the last activity is unknown. Unknown is never inactive: they are in no plan by themselves.`, data: { percent, accesses: unknownAccesses } };
}
