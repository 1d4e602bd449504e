import type { Log } from './dependencies.ts';

/**
 * What nobody caught ends the process, as Node has it: nobody knows any more what holds. But it is said as everything else is said, in one line of the log that
 * names nobody, and not in a heap of text. Whoever started the server starts it anew, and what was under way is settled then, as after a kill.
 * Returns how to take the watch away.
 */
export function endOnUncaught(log: Log): () => void {
  const onUncaught = (error: unknown): void => {
    log.error({ error: error instanceof Error ? error : String(error) }, 'Something was thrown that nobody caught: this node ends');
    process.exit(1);
  };
  process.on('uncaughtException', onUncaught);
  return () => { process.off('uncaughtException', onUncaught); };
}
