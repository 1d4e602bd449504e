import type pg from "pg";
import { withConnection, socketAddress } from "./connect.ts";
import { fileErrorCode } from "./file-error-code.ts";
import { waitUntil } from "./wait-until.ts";

/** SQLSTATE cannot_connect_now: starting, recovering after a crash, or shutting down. */
const cannotConnectNow = "57P03";

const notYet = new Set(["ENOENT", "ECONNREFUSED", "ECONNRESET", "EPIPE", cannotConnectNow]);

/** How a wait for a server ended: it answers, its process ended, or (only when asked to give up) it never opened a socket. */
export type Readiness = "ready" | "ended" | "noSocket";

/**
 * Waits until the server takes connections, for as long as its process runs: recovery after a crash may take minutes.
 *
 * @param noSocketLimitMs give up when nothing listens for that long
 */
export async function waitUntilReady(
  socketFolder: string,
  isRunning: () => boolean | Promise<boolean>,
  noSocketLimitMs = Number.POSITIVE_INFINITY,
): Promise<Readiness> {
  const started = performance.now();
  let readiness: Readiness | undefined;
  await waitUntil(async () => {
    const answer = await tryConnect(socketFolder);
    if (answer === "connected") readiness = "ready";
    else if (!(await isRunning())) readiness = "ended";
    else if (answer === "ENOENT" && performance.now() - started > noSocketLimitMs) readiness = "noSocket";
    return readiness !== undefined;
  }, Number.POSITIVE_INFINITY);
  return readiness ?? "ended";
}

/** Whether a server is there that takes no connections for the moment. */
export async function isRecovering(socketFolder: string): Promise<boolean> {
  return (await tryConnect(socketFolder).catch(() => "connected")) === cannotConnectNow;
}

async function tryConnect(socketFolder: string): Promise<string> {
  try {
    await withConnection(socketAddress(socketFolder, "postgres"), (client: pg.Client) => client.query("SELECT 1"));
    return "connected";
  } catch (error) {
    const code = fileErrorCode(error);
    if (code !== undefined && notYet.has(code)) return code;
    // pg's own error for a server that closes the connection during the greeting has no code.
    if (error instanceof Error && /terminated/iu.test(error.message)) return "ECONNRESET";
    throw error;
  }
}
