/** Atlassian's apps that a simulated site can have. */
export type AppKey = 'jira' | 'jira-servicemanagement' | 'confluence';

/** How a 429 answer says when to come back. Which of them api.atlassian.com uses is not documented, so a client must bear all. */
export type RetryAfterStyle = 'seconds' | 'httpDate' | 'rateLimitReset' | 'none';

/** `limit` requests in `windowMs`, counted per organisation. */
export type RateLimit = { readonly limit: number; readonly windowMs: number };

/** What a simulated organisation looks like and how it behaves. Everything has a default; see `defaultOptions`. */
export type SandboxOptions = {
  /** Same seed (and same `now`), same world. */
  readonly seed?: number;
  /** Accounts of the first organisation, 10 to 1,000,000. */
  readonly users?: number;
  /** 1: a centralised organisation. More: an "original" one, with a directory for each site (at most one per site). */
  readonly directories?: number;
  /** Virtual time at the start, ISO 8601 or a Date. Default: the real time. */
  readonly now?: string | Date;
  /** `running`: the virtual clock moves with the real one. `frozen`: only when told to. */
  readonly clock?: 'running' | 'frozen';
  readonly sites?: readonly string[];
  readonly apps?: readonly AppKey[];
  /** Organisations the `several` key administers; those after the first have 20 accounts each. */
  readonly orgs?: number;
  /** Without a verified domain nobody is managed and `GET /v1/orgs/{o}/users` answers an empty list. */
  readonly verifiedDomain?: boolean;
  /** Whether the `productAccess` and `groups` expands of the user search work, or are ignored. */
  readonly expandProductAccess?: boolean;
  readonly expandGroups?: boolean;
  /** In `productAccess`, an app that was never used: left out, there without a timestamp, or there with one that is null. */
  readonly neverActive?: 'omit' | 'withoutTimestamp' | 'nullTimestamp';
  /** Largest `limit` of the POST searches and what happens above it. */
  readonly searchLimitMax?: number;
  readonly searchLimitPolicy?: 'clamp' | 'reject';
  readonly latencyMs?: number;
  /** How long reads still show the state from before a write. */
  readonly consistencyDelayMs?: number;
  /** The same for role changes (Atlassian says up to 30 s); default: `consistencyDelayMs`. */
  readonly roleConsistencyDelayMs?: number;
  /** How long a new last active date stays invisible (Atlassian: up to 24 h). */
  readonly activityDelayMs?: number;
  readonly retryAfterStyle?: RetryAfterStyle;
  /** By rate group: an operation's name, `lastActiveDates`, `events`, or `all`. Null switches a default off. */
  readonly rateLimits?: Readonly<Record<string, RateLimit | null>>;
  readonly rateWindow?: 'fixed' | 'sliding';
  /** Seats by `<app>@<site>`, e.g. `jira@acme`; without an entry there is no limit. */
  readonly seats?: Readonly<Record<string, number>>;
  /** Answer when a member is added again. */
  readonly readdMember?: 204 | 409;
  /** Answer when an identity provider's group is changed. */
  readonly idpRefusal?: 400 | 403;
  /** Whether events answer (needs Atlassian Guard) or 403. */
  readonly guard?: boolean;
  /** Keep rendered pages until the next write: for benchmarks that must not measure this server. */
  readonly cachePages?: boolean;
  /** Every journal entry is appended to this file as one JSON line before the answer leaves. */
  readonly journalFile?: string;
  /**
   * Speaks TLS, as `https://localhost`, with a certificate of its own making (`sandbox.certificate`): a good one, one for another host,
   * or one that has expired. No client trusts any of them unless it is told to.
   */
  readonly tls?: 'good' | 'wrongHost' | 'expired';
  readonly host?: string;
  readonly port?: number;
};

/** The options with every default filled in. */
export type Settings = Required<Omit<SandboxOptions, 'journalFile' | 'now' | 'tls'>> & { readonly journalFile: string | undefined; readonly tls: SandboxOptions['tls']; readonly now: Date };

const documentedLimits: Readonly<Record<string, RateLimit>> = {
  lastActiveDates: { limit: 200, windowMs: 60_000 },
  events: { limit: 10, windowMs: 60_000 },
};

/** Fills in the defaults; throws a RangeError naming the first impossible option. */
export function settingsOf(options: SandboxOptions): Settings {
  const users = options.users ?? 200;
  if (!Number.isInteger(users) || users < 10 || users > 1_000_000) throw new RangeError(`users must be a whole number from 10 to 1000000, not ${users}`);
  const sites = options.sites ?? ['acme', 'acme-labs'];
  if (sites.length === 0) throw new RangeError('sites must name at least one site');
  const directories = options.directories ?? 1;
  if (!Number.isInteger(directories) || directories < 1 || directories > sites.length) throw new RangeError(`directories must be 1 to ${sites.length}, the number of sites`);
  const now = new Date(options.now ?? Date.now());
  if (Number.isNaN(now.getTime())) throw new RangeError('now must be a date');
  const consistencyDelayMs = options.consistencyDelayMs ?? 0;
  return {
    seed: options.seed ?? 1, users, directories, now, sites,
    clock: options.clock ?? 'running',
    apps: options.apps ?? ['jira', 'jira-servicemanagement', 'confluence'],
    orgs: options.orgs ?? 1,
    verifiedDomain: options.verifiedDomain ?? true,
    expandProductAccess: options.expandProductAccess ?? true,
    expandGroups: options.expandGroups ?? true,
    neverActive: options.neverActive ?? 'omit',
    searchLimitMax: options.searchLimitMax ?? 100,
    searchLimitPolicy: options.searchLimitPolicy ?? 'clamp',
    latencyMs: options.latencyMs ?? 0,
    consistencyDelayMs,
    roleConsistencyDelayMs: options.roleConsistencyDelayMs ?? consistencyDelayMs,
    activityDelayMs: options.activityDelayMs ?? 0,
    retryAfterStyle: options.retryAfterStyle ?? 'seconds',
    rateLimits: { ...documentedLimits, ...options.rateLimits },
    rateWindow: options.rateWindow ?? 'fixed',
    seats: options.seats ?? {},
    readdMember: options.readdMember ?? 204,
    idpRefusal: options.idpRefusal ?? 403,
    guard: options.guard ?? false,
    cachePages: options.cachePages ?? false,
    journalFile: options.journalFile,
    tls: options.tls,
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
  };
}
