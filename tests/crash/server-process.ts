import { loadConfig, startServer } from '@rollcall/server';

/**
 * A whole node as a process of its own, so that a test can kill it. Waits for the vendor are short; nothing else differs from `rollcall serve`.
 * Prints one JSON line when it is ready.
 */
const server = await startServer(loadConfig(), { webFolder: null, runTiming: { requestTimeoutMs: 300, consistencyMs: 300, verifyAfterMs: [0, 100, 300, 1_000], peopleAtOnce: 3 } });
process.stdout.write(`${JSON.stringify({ url: server.url, token: server.localToken })}\n`);
