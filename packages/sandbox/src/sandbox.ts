import { operations } from './api/operations.ts';
import { createClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { controlPrefix, createControl } from './control/control.ts';
import { mutate } from './control/mutate.ts';
import type { Mutation } from './control/mutate.ts';
import { statsOf } from './control/stats.ts';
import type { Stats } from './control/stats.ts';
import { createKeyRing } from './http/auth.ts';
import type { KeyName } from './http/auth.ts';
import { selfSigned } from './http/certificate.ts';
import type { Certificate } from './http/certificate.ts';
import type { OrgState, SandboxState } from './http/call.ts';
import { createFaults } from './http/faults.ts';
import type { Faults } from './http/faults.ts';
import { createHandler } from './http/handle.ts';
import { listen } from './http/listen.ts';
import { createRateLimiter } from './http/rate-limit.ts';
import type { RateLimiter } from './http/rate-limit.ts';
import { createRouter } from './http/router.ts';
import { createJournal } from './journal.ts';
import type { Journal } from './journal.ts';
import { settingsOf } from './options.ts';
import type { SandboxOptions, Settings } from './options.ts';
import { createChanges } from './world/changes.ts';
import { createWorld } from './world/create-world.ts';
import { createOrganisation } from './world/organisation.ts';
import type { Organisation } from './world/organisation.ts';
import { createApiReader, createTruthReader } from './world/reader.ts';
import { everyAccount, trueAccount } from './world/truth.ts';
import type { TrueAccount } from './world/truth.ts';
import { accountId, indexOf, indexOfEmail, keyOwner } from './world/world.ts';
import type { World } from './world/world.ts';

/** What is true, for tests to judge by. Reads walk the world's own state, never the API. */
export type Truth = {
  /** By account id or address; undefined when there is none. */
  account(idOrEmail: string): TrueAccount | undefined;
  accounts(): Generator<TrueAccount>;
  stats(): Stats;
};

/** A running sandbox. */
export type Sandbox = {
  readonly url: string;
  /** Base of the organisation API: `<url>/admin`. The user management API stands at `url`. */
  readonly adminBaseUrl: string;
  readonly orgId: string;
  readonly otherOrgId: string;
  readonly organisation: Organisation;
  /** Secrets by key name. */
  readonly keys: Readonly<Record<KeyName, string>>;
  /** The account whose administrator role the keys rest on. */
  readonly keyOwnerAccountId: string;
  readonly world: World;
  readonly truth: Truth;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  /** PEM of the certificate it shows, with the option `tls`. */
  readonly certificate: string | undefined;
  /** Changes the world behind the API's back. */
  mutate(mutation: Mutation): boolean;
  revokeKey(name: KeyName): void;
  /** Requests so far, by operation name. */
  requestCounts(): Readonly<Record<string, number>>;
  close(): Promise<void>;
};

function createOrg(settings: Settings, number: number, clock: Clock, journal: Journal): OrgState {
  const first = number === 0;
  const organisation = createOrganisation({
    seed: settings.seed + number * 7919, name: first ? 'Acme' : `Other ${number}`, apps: settings.apps, verifiedDomain: settings.verifiedDomain, seats: settings.seats,
    sites: first ? settings.sites : [`other-${number}`], directories: first ? settings.directories : 1,
  });
  const world = createWorld(organisation, first ? settings.users : 20, settings.now.getTime(), clock.now);
  return { world, reader: createApiReader(world, clock.now), truth: createTruthReader(world), changes: createChanges(world, journal, clock, settings) };
}

function createState(settings: Settings): { readonly state: SandboxState; readonly org: OrgState; readonly otherOrgId: string } {
  const clock = createClock(settings.now.getTime(), settings.clock);
  const journal = createJournal(clock.iso, settings.journalFile);
  const several = Math.max(2, settings.orgs);
  const all = Array.from({ length: several }, (_, number) => createOrg(settings, number, clock, journal));
  const [org, other] = all;
  if (org === undefined || other === undefined) throw new Error('a sandbox has at least two organisations');
  const ids = all.map((one) => one.world.organisation.id);
  const otherOrgId = other.world.organisation.id;
  const state: SandboxState = {
    settings, clock, journal, faults: createFaults(),
    limiter: createRateLimiter(clock.now, settings.rateLimits, settings.retryAfterStyle, settings.rateWindow),
    keys: createKeyRing(settings.seed, org.world.organisation.id, otherOrgId, ids),
    orgs: new Map(all.map((one) => [one.world.organisation.id, one])),
    lostAdmins: new Set(), counts: new Map(),
  };
  return { state, org, otherOrgId };
}

function truthOf(state: SandboxState, org: OrgState): Truth {
  return {
    account(idOrEmail) {
      const index = indexOf(org.world, idOrEmail) ?? indexOfEmail(org.world, idOrEmail);
      return index === undefined ? undefined : trueAccount(org.truth, index);
    },
    *accounts() {
      for (const index of everyAccount(org.truth)) yield trueAccount(org.truth, index);
    },
    stats: () => statsOf(state, org),
  };
}

const day = 86_400_000;

/** By the real time: TLS knows no virtual clock. */
function certificateOf({ tls }: Settings): Certificate | undefined {
  if (tls === undefined) return undefined;
  const now = Date.now();
  return selfSigned(tls === 'wrongHost' ? 'somewhere-else.example' : 'localhost', new Date(now - 30 * day), new Date(tls === 'expired' ? now - day : now + 30 * day));
}

/** Makes the world and serves it on loopback. Throws a RangeError for an impossible option. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const settings = settingsOf(options);
  const { state, org, otherOrgId } = createState(settings);
  const { organisation } = org.world;
  const { all } = state.keys;
  const keys = { full: all.full.secret, scoped: all.scoped.secret, expired: all.expired.secret, otherOrg: all.otherOrg.secret, several: all.several.secret, site: all.site.secret, spare: all.spare.secret };
  const handler = createHandler(state, createRouter(operations));
  const control = createControl(state, () => describeSandbox(sandbox));
  const certificate = certificateOf(settings);
  const listening = await listen(settings.host, settings.port, state.clock, (path) => (path.startsWith(controlPrefix) ? control : handler), certificate);
  const sandbox: Sandbox = {
    url: listening.url, adminBaseUrl: `${listening.url}/admin`, orgId: organisation.id, otherOrgId, organisation, keys,
    keyOwnerAccountId: accountId(org.world, keyOwner), world: org.world, truth: truthOf(state, org),
    journal: state.journal, faults: state.faults, limiter: state.limiter, clock: state.clock, certificate: certificate?.cert,
    mutate: (mutation) => mutate(org, state, mutation),
    revokeKey: (name) => { all[name].revoked = true; },
    requestCounts: () => Object.fromEntries(state.counts),
    async close() {
      await listening.close();
      state.journal.close();
    },
  };
  return sandbox;
}

/** What a client in another process needs to know: printed by `main.ts` and answered by `GET /_sandbox/info`. */
export function describeSandbox(sandbox: Sandbox): Readonly<Record<string, unknown>> {
  const { url, adminBaseUrl, orgId, otherOrgId, keys, keyOwnerAccountId, organisation } = sandbox;
  return {
    url, adminBaseUrl, orgId, otherOrgId, orgName: organisation.name, keys, keyOwnerAccountId,
    directories: organisation.directories.map(({ id, name }) => ({ id, name })),
    resources: organisation.resources.map((resource) => ({ id: resource.ari, site: resource.site.name, app: resource.app.key })),
  };
}
