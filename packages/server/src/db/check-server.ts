import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";

/** A server that Rollcall refuses to run on; the message says what to change. */
export class UnfitServerError extends Error {
  override readonly name = "UnfitServerError";
}

/** What was found out about a server that is fit. */
export interface ServerReport {
  /** e.g. 18 */
  readonly majorVersion: number;
  /** False: a pooler in transaction mode stands between; what a statement leaves on its connection is not there for the next one. */
  readonly direct: boolean;
  /** Things that work but not as well as they could, in sentences for the operator. */
  readonly warnings: readonly string[];
}

const oldestVersion = 15;

/**
 * Refuses a server that is too old, has no pg_trgm, whose connections do not begin as they are asked to, or whose database does not know letters beyond ASCII, where searches
 * would silently miss people: with `lc_ctype C`, `É ILIKE é` is false and Japanese names have no trigrams.
 */
export async function checkServer(pool: pg.Pool): Promise<ServerReport> {
  const majorVersion = await checkVersion(pool).catch(explainRefusedSettings);
  const patient = await checkSession(pool);
  await checkTrigrams(pool);
  await checkLetters(pool);
  const heard = await hearsNotifications(pool);
  return { majorVersion, direct: heard, warnings: [...(heard ? [] : [pooledConnectionWarning]), ...(patient ? [patientConnectionWarning] : [])] };
}

const pooledConnectionWarning =
  "Notifications (LISTEN) do not arrive over this connection: DATABASE_URL seems to lead to a pooler in transaction mode. " +
  "Everything works, but live progress and new jobs are noticed by polling only. Give Rollcall a direct connection.";

const patientConnectionWarning =
  "Connections do not keep the time limits Rollcall asks for: a pooler before the database leaves them out. A node that freezes within a transaction would hold its locks for ever. " +
  "Give Rollcall a direct connection, or run \"ALTER ROLE … SET idle_in_transaction_session_timeout TO '10min'\" for its role.";

/** PgBouncer ends a connection that asks for settings it does not know, in every mode. */
function explainRefusedSettings(error: unknown): never {
  if (!(error instanceof Error && "code" in error && error.code === "08P01" && error.message.includes("startup parameter"))) throw error;
  throw new UnfitServerError(
    `A pooler before the database refuses what Rollcall asks of its connections (${error.message}). Give Rollcall a direct connection. Or let PgBouncer leave it out with ` +
      '"ignore_startup_parameters = options, statement_timeout, idle_in_transaction_session_timeout", and give the same to Rollcall\'s role: ' +
      "\"ALTER ROLE … SET timezone TO 'UTC'\", \"ALTER ROLE … SET datestyle TO 'ISO'\", \"ALTER ROLE … SET idle_in_transaction_session_timeout TO '10min'\".",
    { cause: error },
  );
}

const utc: ReadonlySet<string> = new Set(["UTC", "Etc/UTC", "UCT", "Etc/UCT", "Zulu", "Etc/Zulu", "GMT", "Etc/GMT"]);

/**
 * Refuses connections that do not begin in UTC with ISO dates, as they are asked to: days would end at another hour. Says whether they wait for ever for whoever holds a transaction
 * open.
 */
async function checkSession(pool: pg.Pool): Promise<boolean> {
  const { rows: [found] } = await pool.query<{ zone: string; style: string; idle: string }>(
    "SELECT current_setting('TimeZone') AS zone, current_setting('DateStyle') AS style, current_setting('idle_in_transaction_session_timeout') AS idle",
  );
  if (found !== undefined && utc.has(found.zone) && found.style.startsWith("ISO")) return found.idle === "0";
  throw new UnfitServerError(
    `Connections begin in the time zone ${found?.zone ?? "?"} with dates written ${found?.style ?? "?"}, though Rollcall asks for UTC and ISO: a pooler before the database leaves out what is asked for. ` +
      "Give Rollcall a direct connection, or run \"ALTER ROLE … SET timezone TO 'UTC'\" and \"ALTER ROLE … SET datestyle TO 'ISO'\" for its role.",
  );
}

async function checkVersion(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ number: number; text: string }>(
    "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS text",
  );
  const found = rows[0];
  const majorVersion = Math.trunc((found?.number ?? 0) / 10_000);
  if (majorVersion >= oldestVersion) return majorVersion;
  throw new UnfitServerError(
    `The database server is PostgreSQL ${found?.text ?? "?"}; Rollcall needs ${oldestVersion} or later. Upgrade it, or leave DATABASE_URL out to use the embedded one.`,
  );
}

async function checkTrigrams(pool: pg.Pool): Promise<void> {
  const make = () => pool.query("CREATE EXTENSION IF NOT EXISTS pg_trgm");
  try {
    // Nodes that start together on an empty database all find it missing; then it is there for whoever was second.
    await make().catch(make);
  } catch (error) {
    throw new UnfitServerError(
      `The extension pg_trgm cannot be made (${error instanceof Error ? error.message : "?"}). ` +
        'Install PostgreSQL\'s contrib package, and let an administrator run "CREATE EXTENSION pg_trgm" in Rollcall\'s database.',
      { cause: error },
    );
  }
}

async function checkLetters(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ encoding: string; folds: boolean; trigrams: number }>(
    `SELECT current_setting('server_encoding') AS encoding, 'É' ILIKE 'é' AS folds,
            cardinality(show_trgm('山田太郎')) AS trigrams`,
  );
  const found = rows[0];
  if (found?.encoding === "UTF8" && found.folds && found.trigrams > 0) return;
  throw new UnfitServerError(
    `The database does not know letters beyond ASCII (encoding ${found?.encoding ?? "?"}): searches would miss people. Make it anew with ` +
      "\"CREATE DATABASE rollcall TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'\" (or another UTF-8 locale).",
  );
}

/** Whether a notification sent by one connection reaches another that listens, as it does on direct connections. */
async function hearsNotifications(pool: pg.Pool): Promise<boolean> {
  const channel = `rollcall_check_${randomBytes(6).toString("hex")}`;
  const listener = await pool.connect();
  const waited = new AbortController();
  try {
    const heard = new Promise<boolean>((resolve) => {
      listener.once("notification", () => {
        resolve(true);
      });
    });
    await listener.query(`LISTEN ${channel}`);
    await pool.query(`NOTIFY ${channel}`);
    const limitMs = 3000;
    return await Promise.race([heard, sleep(limitMs, false, { signal: waited.signal })]);
  } finally {
    waited.abort();
    await listener.query(`UNLISTEN ${channel}`).catch(() => undefined);
    listener.release();
  }
}
