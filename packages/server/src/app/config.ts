import { homedir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { defaultLimitSettings } from "../http/overload/limits.ts";
import type { LimitSettings } from "../http/overload/limits.ts";

/** Something in the environment is wrong; the message lists every problem, a line each. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(["The settings in the environment cannot be used:", ...problems.map((problem) => `- ${problem}`)].join("\n"));
    this.problems = problems;
  }
}

const port = z.coerce.number("is not a number").int("is not a whole number").min(0, "is below 0").max(65_535, "is above 65535");
const seconds = z.coerce.number("is not a number").int("is not a whole number").min(0, "is below 0").max(300, "is above 300");
const atLeastOne = z.coerce.number("is not a number").int("is not a whole number").min(1, "is below 1").max(100_000, "is above 100000");
const metricsToken = z.string().min(16, "has fewer than 16 characters").regex(/^[\u0021-\u007E]+$/u, "holds a character other than letters, digits and signs");
const gigabytes = z.coerce.number("is not a number").min(0.001, "is below 0.001").max(10_000, "is above 10000");
const atOnce = z.coerce.number("is not a number").int("is not a whole number").min(1, "is below 1").max(10, "is above 10");
const postgresUrl = z.string().regex(/^postgres(?:ql)?:\/\//u, "is not a connection string such as postgresql://user:password@host/database");
const absoluteFolder = z.string().refine((folder) => path.isAbsolute(folder), "is not an absolute path");
const webAddress = z
  .url({ protocol: /^https?$/u, message: "is not an address such as https://rollcall.example.com" })
  .transform((address) => address.replace(/\/+$/u, ""));
/** 32 bytes as 64 hexadecimal digits or as base64, the same as in a key file. */
const secretKey = z
  .string()
  .transform((text) => Buffer.from(text, /^[0-9a-f]{64}$/iu.test(text) ? "hex" : "base64"))
  .refine((key) => key.length === 32, 'is not a key of 32 bytes: make one with "openssl rand -base64 32"');
const secretKeys = z.string().transform((list) => list.split(",").map((item) => item.trim())).pipe(z.array(secretKey));
const trustedProxies = z.string().transform((list) => list.split(",").map((item) => item.trim()));

/**
 * Every variable that Rollcall reads, with its meaning. The table of settings in the reference is made from this.
 * A set but empty variable counts as not set, as container set-ups leave many behind.
 */
export const settings = {
  DATABASE_URL: postgresUrl.optional().describe("PostgreSQL 15 or later to use instead of the embedded one; a direct connection, not a transaction pooler"),
  ROLLCALL_DATA: absoluteFolder.optional().describe("Folder of the embedded database and of the key file (default: /var/lib/rollcall for root, else rollcall in $XDG_DATA_HOME or ~/.local/share)"),
  ROLLCALL_HOST: z.string().default("127.0.0.1").describe("Address to listen on; 0.0.0.0 or :: for all"),
  ROLLCALL_PORT: port.default(7077).describe("Port to listen on; 0 for any free one"),
  ROLLCALL_PUBLIC_URL: webAddress.optional().describe("The address people open, when a proxy stands in front; default: http://host:port"),
  ROLLCALL_TRUSTED_PROXIES: trustedProxies.default([]).describe("Addresses or networks of proxies whose X-Forwarded-* headers are believed, separated by commas"),
  ROLLCALL_ROLE: z.enum(["all", "api", "worker"], "is not one of all, api, worker").default("all").describe("What this node does: answers requests (api), does the work (worker), or both (all)"),
  ROLLCALL_SYNCS_AT_ONCE: atOnce.default(2).describe("How many sources this node reads at the same time (1 to 10); each is mostly a wait for the vendor"),
  ROLLCALL_RUNS_AT_ONCE: atOnce.default(4).describe("In how many sources this node changes something at the same time (1 to 10)"),
  ROLLCALL_STOP_DELAY_SECONDS: seconds.default(0).describe("Seconds for which a node that is to stop goes on answering, with /readyz at 503, so that a proxy takes it out first (0 to 300)"),
  ROLLCALL_REQUESTS_AT_ONCE: atLeastOne.default(defaultLimitSettings.requestsAtOnce).describe("Requests that this node works on at once; a fifth of them may be counts and the like, two fifths downloads and uploads"),
  ROLLCALL_REQUESTS_WAITING: atLeastOne.default(defaultLimitSettings.requestsWaiting).describe("Requests that may wait beyond that, for a few seconds; more are answered 503 with Retry-After"),
  ROLLCALL_EVENT_STREAMS: atLeastOne.default(defaultLimitSettings.eventStreams).describe("Open streams of progress at most; screens without one read again now and then"),
  ROLLCALL_LARGEST_UPLOAD_GB: gigabytes.default(20).describe("Uploaded exports of more gigabytes (1024³ bytes) are refused; 20 GB are some eighty million accounts. Until it is taken or dropped, a file is kept in the database"),
  ROLLCALL_METRICS_TOKEN: metricsToken.optional().describe("Token with which /metrics is read (Authorization: Bearer …); default: only from this machine itself, and only while no proxy is named by ROLLCALL_PUBLIC_URL or ROLLCALL_TRUSTED_PROXIES"),
  ROLLCALL_SECRET_KEY: secretKey.optional().describe("Key that encrypts stored secrets: 32 bytes, base64 or hex; default: the key file in the data folder"),
  ROLLCALL_OLDER_SECRET_KEYS: secretKeys.default([]).describe("Earlier values of ROLLCALL_SECRET_KEY, separated by commas, until everything is sealed with the new one"),
  ROLLCALL_LOG_LEVEL: z.enum(["debug", "info", "warn", "error"], "is not one of debug, info, warn, error").default("info").describe("The least important lines that are logged"),
} as const;

/** Variables of the CLI and of the test suite; they mean nothing here but are no mistakes. */
const foreign = new Set(["ROLLCALL_URL", "ROLLCALL_TOKEN", "ROLLCALL_TEST_POSTGRES"]);

export type Role = "all" | "api" | "worker";

export interface Config {
  /** Undefined: use the embedded database. */
  readonly databaseUrl: string | undefined;
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  /** Without a slash at the end; undefined: http://host:port once the port is known. */
  readonly publicUrl: string | undefined;
  readonly trustedProxies: readonly string[];
  readonly role: Role;
  /** Sources that this node reads at the same time, and in which it changes something at the same time. */
  readonly syncsAtOnce: number;
  readonly runsAtOnce: number;
  readonly stopDelaySeconds: number;
  readonly requests: LimitSettings;
  /** Uploads of more bytes are refused. */
  readonly largestUploadBytes: number;
  /** Undefined: /metrics is read from this machine only. */
  readonly metricsToken: string | undefined;
  /** 32 bytes; undefined: the key file in the data folder. */
  readonly secretKey: Buffer | undefined;
  /** Keys that secretKey has replaced: they open what is not sealed anew yet. */
  readonly olderSecretKeys: readonly Buffer[];
  readonly logLevel: "debug" | "info" | "warn" | "error";
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What the default data folder depends on, besides the environment. */
interface Person {
  readonly root: boolean;
  readonly home: string;
}

/**
 * Reads the settings, all of them or none: throws a ConfigError that lists everything wrong at once, a misspelt ROLLCALL_* name
 * included. Values never appear in its messages: they may be secrets.
 */
export function loadConfig(environment: Environment = process.env, person: Person = whoRuns()): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = z.object(settings).safeParse(given);
  const problems = [
    ...Object.keys(given).filter(isMisspelt).map((name) => `${name} is no setting of Rollcall${suggestion(name)}`),
    ...(parsed.error?.issues ?? []).map((issue) => `${String(issue.path[0])} ${issue.message}`),
  ];
  if (parsed.data === undefined || problems.length > 0) throw new ConfigError(problems);
  const { data } = parsed;
  if (data.DATABASE_URL === undefined && data.ROLLCALL_ROLE !== "all") {
    throw new ConfigError([`ROLLCALL_ROLE=${data.ROLLCALL_ROLE} needs DATABASE_URL: the embedded database serves one node, which does everything`]);
  }
  return {
    databaseUrl: data.DATABASE_URL,
    dataFolder: data.ROLLCALL_DATA ?? defaultDataFolder(given["XDG_DATA_HOME"], person),
    host: data.ROLLCALL_HOST,
    port: data.ROLLCALL_PORT,
    publicUrl: data.ROLLCALL_PUBLIC_URL,
    trustedProxies: data.ROLLCALL_TRUSTED_PROXIES,
    role: data.ROLLCALL_ROLE,
    syncsAtOnce: data.ROLLCALL_SYNCS_AT_ONCE,
    runsAtOnce: data.ROLLCALL_RUNS_AT_ONCE,
    stopDelaySeconds: data.ROLLCALL_STOP_DELAY_SECONDS,
    requests: { requestsAtOnce: data.ROLLCALL_REQUESTS_AT_ONCE, requestsWaiting: data.ROLLCALL_REQUESTS_WAITING, eventStreams: data.ROLLCALL_EVENT_STREAMS },
    largestUploadBytes: Math.round(data.ROLLCALL_LARGEST_UPLOAD_GB * 1024 ** 3),
    metricsToken: data.ROLLCALL_METRICS_TOKEN,
    secretKey: data.ROLLCALL_SECRET_KEY,
    olderSecretKeys: data.ROLLCALL_OLDER_SECRET_KEYS,
    logLevel: data.ROLLCALL_LOG_LEVEL,
  };
}

function isMisspelt(name: string): boolean {
  return name.startsWith("ROLLCALL_") && !(name in settings) && !foreign.has(name);
}

/** The name that was probably meant: the one that shares the longest beginning. */
function suggestion(name: string): string {
  const shared = (known: string): number => {
    let length = 0;
    while (length < known.length && known[length] === name[length]) length += 1;
    return length;
  };
  const best = Object.keys(settings).toSorted((a, b) => shared(b) - shared(a))[0];
  return best !== undefined && shared(best) > "ROLLCALL_".length ? ` (meant: ${best}?)` : `; there are ${Object.keys(settings).join(", ")}`;
}

/** XDG's rule: a relative XDG_DATA_HOME is ignored. */
function defaultDataFolder(xdgDataHome: string | undefined, person: Person): string {
  if (person.root) return "/var/lib/rollcall";
  const base = xdgDataHome !== undefined && path.isAbsolute(xdgDataHome) ? xdgDataHome : path.join(person.home, ".local", "share");
  return path.join(base, "rollcall");
}

function whoRuns(): Person {
  return { root: process.getuid?.() === 0, home: homedir() };
}
