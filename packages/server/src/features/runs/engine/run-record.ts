import { z } from 'zod';
import type { Crowd } from './people-at-once.ts';
import type { Trip } from './breaker.ts';
import type { ActionVerb } from '../../plans/index.ts';
import type { Call } from '@rollcall/connectors/kit';
import type { Dependencies } from '../../../app/dependencies.ts';
import type { OpenVendor, Vendor } from '../../vendor/index.ts';
import type { CivilDate, VendorId } from '@rollcall/core';

/** How long things are waited for. The crash tests shorten it; nothing else differs for them. */
export interface RunTiming {
  /** Longest time a request can still be under way at the vendor after we sent it. */
  readonly requestTimeoutMs: number;
  /** Longest time after which a change is visible to a re-read (Atlassian: roles up to 30 s). */
  readonly consistencyMs: number;
  /** Waits between the re-reads of a verification. */
  readonly verifyAfterMs: readonly number[];
  readonly peopleAtOnce: Crowd;
}
export const runTiming: RunTiming = { requestTimeoutMs: 35_000, consistencyMs: 30_000, verifyAfterMs: [0, 500, 1_500, 4_000, 10_000, 20_000], peopleAtOnce: { first: 6, most: 48 } };

export interface RunDependencies extends Dependencies {
  readonly openVendor: OpenVendor;
  readonly timing: RunTiming;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** A run in the hands of this worker, under its fencing epoch. */
export interface OpenRun {
  readonly id: string;
  readonly workspaceId: number;
  readonly planId: string;
  readonly epoch: number;
  readonly action: ActionVerb;
  readonly isUndo: boolean;
  readonly pilot: number | null;
  readonly requestedBy: string;
  readonly restsOnInactivity: boolean;
  readonly periodFrom: CivilDate | null;
  /** Activity on or after this day, unknown to the plan, stands against it; null where activity does not matter. */
  readonly watchFrom: CivilDate | null;
  readonly source: { readonly id: string; readonly realmId: number; readonly kind: 'atlassian-org' | 'csv'; readonly settings: object; readonly timeZone: string; readonly keyOwner: string | null };
}

/** What an item's work needs; the vendor in the lanes of a run and of verification. */
export interface ItemWork {
  readonly deps: RunDependencies;
  readonly run: OpenRun;
  readonly change: Vendor;
  readonly reread: Vendor;
  readonly signal: AbortSignal;
  /** False once this worker has found a reason to stop: who is begun is finished, and nobody else is begun. */
  readonly mayBegin: () => boolean;
  /** When this worker had raised the epoch, by the clock of this process that never jumps. */
  readonly takenUpMs: number;
}

export interface OpenItem {
  readonly id: number;
  readonly seq: number;
  readonly accountId: number;
  readonly accountVendorId: string;
  readonly attempts: number;
  readonly resourceIds: readonly number[];
  readonly plannedCalls: readonly Call[];
  readonly statusBefore: string | null;
  /** What the plan knew of each access, by resource. */
  readonly known: ReadonlyMap<number, KnownAccess>;
}

export interface KnownAccess {
  readonly kind: string;
  readonly on: CivilDate | null;
  readonly clockOn: CivilDate | null;
}

export type ItemState = 'pending' | 'intent' | 'applied' | 'alreadySo' | 'verified' | 'skipped' | 'failed' | 'uncertain' | 'cancelled';
export interface ItemEnd {
  readonly state: ItemState;
  readonly reason: string | null;
  readonly reasonData?: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

// The brand is given where stored calls are parsed: they hold the vendor's ids as they were given.
const vendorId = z.custom<VendorId>((id) => typeof id === 'string');
/** Calls as they stand in plans and runs. */
export const storedCall: z.ZodType<Call> = z.discriminatedUnion('verb', [
  z.object({ verb: z.enum(['removeFromGroup', 'addToGroup']), directoryId: vendorId, groupId: vendorId, groupName: z.string() }),
  z.object({ verb: z.enum(['revokeRole', 'assignRole']), resourceId: vendorId, role: z.string(), app: z.string(), site: z.string() }),
  z.object({ verb: z.enum(['suspendAccess', 'restoreAccess', 'removeFromDirectory']), directoryId: vendorId, directoryName: z.string() }),
]);

/** Why the work on a run ends before its people do. `keyRefused`, `tooManyFailures`, `readOnlySource`: paused by ourselves, with that reason. */
export type HaltReason = 'fenced' | 'paused' | 'later' | 'keyRefused' | 'tooManyFailures' | 'readOnlySource';

/** Thrown when the work on this run must end here: taken over by another worker, paused, or to be woken again later. */
export class RunHalted extends Error {
  readonly why: HaltReason;
  readonly until: Date | null;
  /** What the circuit breaker saw, when it was the breaker. */
  readonly trip: Trip | null;
  constructor(why: HaltReason, until: Date | null = null, trip: Trip | null = null) {
    super(`The run was halted (${why}).`);
    this.name = 'RunHalted';
    this.why = why;
    this.until = until;
    this.trip = trip;
  }
}
