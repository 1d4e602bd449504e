import type { Call, CallOutcome, CapabilityReport, Lane, Observation, Page, ReadStep, AccountLook } from '@rollcall/connectors/kit';

/** A connector bound to one source, its key and a lane of the rate budget: what the rest of the server works with. */
export interface Vendor {
  readonly kind: string;
  readonly steps: () => readonly ReadStep[];
  readonly read: (step: string, scope: string, token: string | null) => Promise<Page>;
  readonly test: () => Promise<CapabilityReport>;
  readonly observe: (accountId: string) => Promise<Observation>;
  /** `beforeWriting` is asked right before each sending of a write; when it rejects, the write is not sent. */
  readonly apply: (accountId: string, call: Call, beforeWriting?: () => Promise<void>) => Promise<CallOutcome>;
  readonly look: (accountId: string) => AccountLook;
  readonly isAdminRole: (role: string) => boolean;
  readonly takesSeat: (role: string) => boolean;
  /** Whether a holder of the role can use the app at all, with or without a seat. */
  readonly givesAccess: (role: string) => boolean;
}

/** What is needed to speak to a source's vendor. */
export interface VendorSource {
  readonly id: string;
  readonly workspaceId: number;
  readonly kind: 'atlassian-org' | 'csv';
  readonly settings: object;
  readonly timeZone: string;
}

/** Binds a stored source, with its stored key. */
export type OpenVendor = (source: VendorSource, lane: Lane, signal: AbortSignal) => Promise<Vendor>;
/** Binds settings and a key that are not stored: for testing a key before it is saved. */
export type TryVendor = (source: Omit<VendorSource, 'id' | 'workspaceId'>, key: string, lane: Lane, signal: AbortSignal) => Vendor;
