import type { Clock } from '../clock.ts';
import type { Journal } from '../journal.ts';
import type { Settings } from '../options.ts';
import type { Cause, Changes } from '../world/changes.ts';
import type { Reader } from '../world/reader.ts';
import type { World } from '../world/world.ts';
import type { Answer } from './answer.ts';
import type { ApiKey, KeyRing } from './auth.ts';
import type { FaultEffect, Faults } from './faults.ts';
import type { RateLimiter } from './rate-limit.ts';

/** One organisation and the ways to read and change it. */
export type OrgState = { readonly world: World; readonly reader: Reader; readonly truth: Reader; readonly changes: Changes };

/** Everything a running sandbox holds. */
export type SandboxState = {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly limiter: RateLimiter;
  readonly keys: KeyRing;
  /** By organisation id; the first is the one under test. */
  readonly orgs: ReadonlyMap<string, OrgState>;
  /** Names of keys whose owner no longer administers the organisation. */
  readonly lostAdmins: Set<string>;
  /** Requests by operation name. */
  readonly counts: Map<string, number>;
};

/** A request that has passed routing. */
export type Call = {
  readonly state: SandboxState;
  readonly operation: string;
  /** Path segments by name: orgId, directoryId, accountId, groupId, … */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Parsed JSON object; empty when there was no body. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly key: ApiKey;
  readonly cause: Cause;
  readonly effects: readonly FaultEffect[];
  /** `http://host:port`, and the path with its query. */
  readonly origin: string;
  readonly url: string;
};

/** A call within an organisation that its key administers. */
export type OrgCall = Call & { readonly org: OrgState };

/** `public`: a scoped key may call it. `owner`: needs an unscoped key. */
export type Access = 'public' | 'owner';

type Described = { readonly name: string; readonly method: string; readonly path: string; readonly write: boolean; readonly access: Access; readonly rateGroup?: string };

/** An operation of the organisation API within an organisation, of the organisation API without one, or of the user management API. */
export type Operation =
  | (Described & { readonly family: 'org'; readonly handle: (call: OrgCall) => Answer })
  | (Described & { readonly family: 'orgs'; readonly handle: (call: Call) => Answer })
  | (Described & { readonly family: 'management'; readonly handle: (call: OrgCall & { readonly index: number }) => Answer });
