import { existsSync } from 'node:fs';
import { loadConfig, startServer } from '@rollcall/server';

/**
 * A whole node as a process of its own. Its waits for the vendor in runs are short, and it freezes itself (SIGSTOP) once the file `freeze` is in its data folder: right after it
 * has committed the intent of a call, before the call is sent. Nothing else differs from `rollcall serve`.
 */
const config = loadConfig();
const server = await startServer(config, {
  webFolder: null,
  runTiming: { requestTimeoutMs: 300, consistencyMs: 300, verifyAfterMs: [0, 100, 300, 1_000], peopleAtOnce: { first: 2, most: 2 } },
  atCommit: async (point, write) => {
    const written = await write();
    if (point === 'run.intent' && existsSync(`${config.dataFolder}/freeze`)) process.kill(process.pid, 'SIGSTOP');
    return written;
  },
});
process.once('SIGTERM', () => { void server.close().then(() => process.exit(0)); });
process.stdout.write(`${JSON.stringify({ url: server.url, setupLink: server.setupLink })}\n`);
