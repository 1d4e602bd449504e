import type { Dependencies } from './dependencies.ts';
import { logAuditHeads } from '../features/audit/index.ts';
import { forgetOldSignIns } from '../features/people/index.ts';
import { forgetOldKeys } from '../http/index.ts';

const everyMs = 600_000;

/** Small regular work of each node: forgets what is over, and writes the audit heads into the log, where they outlive the database. */
export function startChores(deps: Dependencies): { stop: () => Promise<void> } {
  const once = async (): Promise<void> => {
    try {
      await forgetOldKeys(deps.db, deps.now());
      await forgetOldSignIns(deps.db, deps.now());
      await logAuditHeads(deps);
    } catch (error) {
      deps.log.warn({ error }, 'Regular chores failed and will be tried again');
    }
  };
  let running = once();
  const timer = setInterval(() => { running = running.then(once); }, everyMs);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
      await logAuditHeads(deps);
    },
  };
}
