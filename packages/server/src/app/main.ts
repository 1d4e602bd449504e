import { loadConfig } from './config.ts';
import { startServer } from './serve.ts';
import type { RunningServer } from './serve.ts';

/**
 * `rollcall serve`: runs until SIGTERM or SIGINT, then stops in order; a second signal ends at once.
 * `onReady` gets the running server to tell people its address. @returns the exit code
 */
export async function runUntilSignal(onReady: (server: RunningServer) => void): Promise<number> {
  const server = await startServer(loadConfig());
  onReady(server);
  const { promise: asked, resolve } = Promise.withResolvers<undefined>();
  let signals = 0;
  const onSignal = (): void => {
    signals += 1;
    // What runs is safe: intents are in the database before each call, and a restart settles them.
    if (signals > 1) process.exit(1);
    resolve(undefined);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  try {
    await asked;
    await server.close();
    return 0;
  } finally {
    process.off('SIGTERM', onSignal);
    process.off('SIGINT', onSignal);
  }
}
