import { accountIdOf, indexOfAccountId } from './account-id.ts';
import { Bitset } from './bitset.ts';
import type { Group } from './groups.ts';
import { appName, jobOf, personName, serviceName } from './names.ts';
import type { Organisation } from './organisation.ts';
import { ownDomains } from './organisation.ts';
import { draw, mix32 } from './random.ts';
import type { Staleness } from './staleness.ts';

/** What does the work behind an account. `service` is a human type account that a machine uses; only this world knows. */
export const kinds = ['person', 'service', 'app', 'customer'] as const;
export type Kind = (typeof kinds)[number];

export const accountStatuses = ['active', 'inactive', 'closed'] as const;
export type AccountStatus = (typeof accountStatuses)[number];

/** Membership of a directory. */
export const memberships = ['no_membership', 'active', 'suspended'] as const;
export type Membership = (typeof memberships)[number];

export const managementSources = [null, 'invited', 'synced'] as const;

/** Members of a profile that a request or a test has changed. */
export type ProfileChange = { name?: string; nickname?: string; email?: string | undefined; jobTitle?: string; department?: string; location?: string; organization?: string; timeZone?: string };

/** A role held by accounts directly, without a group. */
export type DirectRole = { readonly resource: string; readonly role: string; readonly members: Bitset };

/**
 * The true state of one organisation. Per account it stores a few bytes in typed arrays; ids, names and addresses are
 * derived from (seed, index). An index is a position in these arrays.
 */
export type World = {
  readonly organisation: Organisation;
  readonly capacity: number;
  /** Accounts with an index below `count` exist. */
  count: number;
  /** Grows with every change. */
  version: number;
  readonly kind: Uint8Array;
  readonly accountStatus: Uint8Array;
  readonly managed: Uint8Array;
  readonly source: Uint8Array;
  readonly emailHidden: Uint8Array;
  /** Per directory, an index into `memberships`. */
  readonly membership: readonly Uint8Array[];
  /** Epoch seconds. */
  readonly addedToOrg: Uint32Array;
  /** Per resource, epoch seconds; 0: never. */
  readonly lastActive: readonly Uint32Array[];
  readonly groups: Group[];
  readonly directRoles: DirectRole[];
  readonly orgAdmins: Set<number>;
  readonly profiles: Map<number, ProfileChange>;
  /** Epoch seconds of deactivation. */
  readonly deactivatedOn: Map<number, number>;
  readonly forDeletion: Set<number>;
  readonly deletedTokens: Set<string>;
  /** Accounts that a test has made vanish altogether. */
  readonly vanished: Set<number>;
  readonly staleness: Staleness;
};

/** The account that made the API keys: an organisation administrator. */
export const keyOwner = 0;

export type Profile = {
  readonly name: string; readonly nickname: string; readonly email: string | undefined; readonly emailVerified: boolean;
  readonly jobTitle: string; readonly department: string; readonly location: string; readonly organization: string | null; readonly timeZone: string;
};

const externalDomains = ['partner.example', 'contractor.test', 'mail.example', 'agency.test'] as const;

function derivedEmail(world: World, index: number, latin: string): string | undefined {
  if (world.emailHidden[index] === 1) return undefined;
  const kind = kinds[world.kind[index] ?? 0] ?? 'person';
  if (kind === 'app') return undefined;
  const lot = mix32(world.organisation.seed, index, 25);
  const own = ownDomains[lot % 5 === 0 ? 1 : 0] ?? 'acme.example';
  const outside = externalDomains[lot % externalDomains.length] ?? 'mail.example';
  const isOwn = world.managed[index] === 1 || (world.organisation.verifiedDomains.length === 0 && lot % 10 < 8);
  return `${latin}.${index}@${kind === 'customer' ? 'customer.example' : isOwn ? own : outside}`;
}

/** Whether a person was invited and never came: no activity, address not verified. */
export function neverAccepted(world: World, index: number): boolean {
  return index > 9 && world.kind[index] === 0 && world.source[index] === 1 && draw(world.organisation.seed, index, 27) < 0.03;
}

/** Name, address and job of an account. A person may have no visible address. */
export function profileOf(world: World, index: number): Profile {
  const { seed } = world.organisation;
  const kind = kinds[world.kind[index] ?? 0] ?? 'person';
  const [shown, latin] = kind === 'app' ? [appName(seed, index), 'app'] : kind === 'service' ? serviceName(seed, index) : personName(seed, index);
  const change = world.profiles.get(index);
  const job = jobOf(seed, index);
  const name = change?.name ?? (kind === 'service' && mix32(seed, index, 26) % 2 === 0 ? `${shown} ${index}` : shown);
  return {
    name,
    nickname: change?.nickname ?? name.slice(0, 30),
    email: change !== undefined && 'email' in change ? change.email : derivedEmail(world, index, latin),
    emailVerified: !neverAccepted(world, index),
    jobTitle: change?.jobTitle ?? job.jobTitle,
    department: change?.department ?? job.department,
    location: change?.location ?? job.location,
    organization: change?.organization ?? null,
    timeZone: change?.timeZone ?? 'Asia/Tokyo',
  };
}

/** Account id of an index. */
export function accountId(world: World, index: number): string {
  return accountIdOf(world.organisation.seed, index);
}

/** Index of an account id, or undefined when this world has no such account (any more). */
export function indexOf(world: World, id: string): number | undefined {
  const index = indexOfAccountId(world.organisation.seed, id, world.count);
  return index === undefined || world.vanished.has(index) ? undefined : index;
}

/** Index of the account with exactly this address, or undefined. */
export function indexOfEmail(world: World, email: string): number | undefined {
  const wanted = email.toLowerCase();
  const index = Number(/\.(\d+)@/.exec(wanted)?.[1] ?? Number.NaN);
  if (index < world.count && profileOf(world, index).email?.toLowerCase() === wanted) return index;
  for (const [changed, profile] of world.profiles) if (profile.email?.toLowerCase() === wanted) return changed;
  return undefined;
}

/** The group with this id, deleted ones not. */
export function groupById(world: World, id: string): Group | undefined {
  return world.groups.find((group) => group.id === id && !group.deleted);
}

/** Holders of a direct role; made on first use. */
export function directRole(world: World, resource: string, role: string): DirectRole {
  const known = world.directRoles.find((entry) => entry.resource === resource && entry.role === role);
  if (known !== undefined) return known;
  const made: DirectRole = { resource, role, members: new Bitset(world.capacity) };
  world.directRoles.push(made);
  return made;
}
