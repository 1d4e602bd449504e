import type { RateLimit } from './budgets/index.ts';
import type { Call, CallOutcome, Observation, AccountLook } from './calls.ts';
import type { SourceRecord } from './records.ts';
import type { z } from 'zod';

/** What one capability of a key came to, in words that an administrator can act on. `code` is stable and translated by the screens. */
export interface CapabilityReport {
  readonly usable: boolean;
  readonly capabilities: readonly {
    readonly name: 'signIn' | 'organisation' | 'directories' | 'users' | 'activity' | 'groups' | 'apps' | 'managedAccounts' | 'change';
    readonly state: 'yes' | 'no' | 'limited' | 'untested';
    readonly code: string;
    readonly message: string;
    readonly remedy: string | null;
  }[];
  /** Organisations the key may administer, when it says so: the person chooses. */
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
}

/** One page and the token of the next; null at the end. A connector never loops and never sleeps: the host does. */
export interface Page {
  readonly records: readonly SourceRecord[];
  readonly next: string | null;
  /** How many records of the main kind there are in all, when the vendor says so. */
  readonly total: number | null;
  /**
   * What the vendor left out of this page although it was asked: the host then runs the steps over `groupsWithoutMembers`
   * (`members`) or `accountsWithoutActivity` for every account of the page (`accesses`). Left out: nothing is missing.
   */
  readonly missing?: readonly ('members' | 'accesses')[];
}

/**
 * `missingAccounts`: those that the inventory holds and no earlier step named. A page without records says that the account is not there any more.
 */
type Over = 'all' | 'directories' | 'grantingGroups' | 'groupsWithoutMembers' | 'missingAccounts' | 'accountsWithoutActivity';

/**
 * One read of a sync. `scopes` come from what earlier steps recorded (one read per directory, per group, per account);
 * `all` reads once. Steps run in the order given.
 */
export interface ReadStep {
  readonly name: string;
  readonly over: Over;
  /** True: without it the inventory would be wrong, so that a failure fails the sync. False: a failure is reported and its facts stay unknown. */
  readonly required: boolean;
}

/** Everything outside that a connector may use. `request` sends through the pipeline: budgets, retries, error kinds. */
export interface ConnectorContext<Settings> {
  readonly settings: Settings;
  readonly request: SendRequest;
  readonly now: () => Date;
  readonly timeZone: string;
  /** What the vendor answered otherwise than expected. Never holds personal values. */
  readonly report?: (drift: Drift) => void;
}

/** A difference between what a vendor answers and what the connector knows. */
export interface Drift {
  readonly operation: string;
  readonly problem: 'rowSkipped' | 'unknownValue' | 'expandIgnored' | 'smallerPages';
  /** The member concerned: `accountId`, `status`. */
  readonly member: string;
  /** How many rows. */
  readonly count: number;
}

export type Lane = 'interactive' | 'run' | 'verify' | 'sync';

export interface VendorRequest {
  readonly operation: string;
  /** Endpoint group of the rate budget: requests of one group share one limit. */
  readonly budget: string;
  readonly method: 'GET' | 'POST' | 'DELETE' | 'PUT' | 'PATCH';
  /** Path below the base URL of the source, already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: unknown;
  /** A write is never repeated by the pipeline once it can have taken effect. */
  readonly write: boolean;
  /** Asked right before each sending, after the wait for a permit. When it rejects, nothing is sent and its reason is passed on. */
  readonly beforeSending?: () => Promise<void>;
  /** Of a read: whether the body is an answer to it at all. One that is not is `transient` and asked for again: a proxy, or a page that loads too early. */
  readonly fits?: (body: unknown) => boolean;
}
export interface VendorResponse {
  readonly status: number;
  readonly body: unknown;
}
export type SendRequest = (request: VendorRequest) => Promise<VendorResponse>;

export interface Connector<Settings> {
  readonly kind: string;
  readonly title: string;
  readonly settings: z.ZodType<Settings>;
  readonly secretFields: readonly string[];
  /** Hours by which the vendor's activity may be late (Cloud: 24). */
  readonly activityDelayHours: number;
  /** Limits by the endpoint groups that the requests name (`budget`); what is not named has the pipeline's default. */
  rateLimits?(settings: Settings): Readonly<Record<string, RateLimit>>;
  test(context: ConnectorContext<Settings>): Promise<CapabilityReport>;
  steps(settings: Settings): readonly ReadStep[];
  /** `scope` is '' for `all`, else the vendor id of the directory, group or account. `token` null reads the first page. */
  read(context: ConnectorContext<Settings>, step: string, scope: string, token: string | null): Promise<Page>;
  observe(context: ConnectorContext<Settings>, accountId: string): Promise<Observation>;
  apply(context: ConnectorContext<Settings>, accountId: string, call: Call): Promise<CallOutcome>;
  look(context: ConnectorContext<Settings>, accountId: string): AccountLook;
}

/** Keeps the settings type of a connector while checking its shape. */
export function defineConnector<Settings>(connector: Connector<Settings>): Connector<Settings> {
  return connector;
}
