import type { AccountStatus } from './records.ts';
import type { CivilDate, VendorId } from '@rollcall/core';

/**
 * One request that changes one thing at the vendor: what plan items are made of, and what intent, outcome, verification and undo are kept
 * for. Stored as JSON in plans and runs: extend, never rename. Names beside ids are for people and are frozen with the plan.
 */
export type Call =
  | { readonly verb: 'removeFromGroup' | 'addToGroup'; readonly directoryId: VendorId; readonly groupId: VendorId; readonly groupName: string }
  | { readonly verb: 'revokeRole' | 'assignRole'; readonly resourceId: VendorId; readonly role: string; readonly app: string; readonly site: string }
  | { readonly verb: 'suspendAccess' | 'restoreAccess' | 'removeFromDirectory'; readonly directoryId: VendorId; readonly directoryName: string };
export type CallVerb = Call['verb'];

/** The call that gives back what a call took; null where the vendor has none (a removed account must be invited again). */
export function inverseOf(call: Call): Call | null {
  switch (call.verb) {
    case 'removeFromGroup':
      return { ...call, verb: 'addToGroup' };
    case 'addToGroup':
      return { ...call, verb: 'removeFromGroup' };
    case 'revokeRole':
      return { ...call, verb: 'assignRole' };
    case 'assignRole':
      return { ...call, verb: 'revokeRole' };
    case 'suspendAccess':
      return { ...call, verb: 'restoreAccess' };
    case 'restoreAccess':
      return { ...call, verb: 'suspendAccess' };
    case 'removeFromDirectory':
      return null;
  }
}

/** `alreadySo`: the vendor says that nothing had to be done. */
export interface CallOutcome {
  readonly result: 'applied' | 'alreadySo';
  readonly status: number;
  readonly message: string | null;
}

export type Verification = 'done' | 'notDone' | 'cannotTell';

/** A look at one account after changes were made. Each kind of thing is asked of the vendor when it is first needed, and once. Everything throws VendorError. */
export interface AccountLook {
  /** Whether a change stands now. Changes spread over seconds: `notDone` may become `done` for a later look. */
  stands(call: Call): Promise<Verification>;
  /** The roles the account holds now by any path: none of an account that is gone; null where the vendor gave no answer. */
  roles(): Promise<readonly ObservedRole[] | null>;
}

/** One path by which an account has a role on a resource. */
export interface ObservedRole {
  readonly resourceId: VendorId;
  readonly role: string;
  readonly methods: readonly ('direct' | 'group' | 'inferred')[];
}

/** What the vendor says about one account now. Lists are null where the vendor gave no answer, which is not the same as empty. */
export interface Observation {
  readonly readAt: string;
  /** Null: the vendor does not know the account (any more). */
  readonly status: AccountStatus | null;
  readonly accountType: 'atlassian' | 'app' | 'customer' | 'unknown';
  readonly platformRoles: readonly string[] | null;
  readonly directories: readonly { readonly directoryId: VendorId; readonly suspended: boolean }[] | null;
  readonly groups: readonly { readonly id: VendorId; readonly name: string }[] | null;
  readonly roles: readonly ObservedRole[] | null;
  readonly lastActive: readonly { readonly resourceId: VendorId; readonly on: CivilDate }[] | null;
}
