import { routes } from '@rollcall/contract';
import { setTimeout as wait } from 'node:timers/promises';
import { cancelSync, confirmSync } from './end-sync.ts';
import { handler } from '../../http/handler.ts';
import { listSyncs, readSync } from './sync-read-model.ts';
import { requestSync } from './request-sync.ts';
import type { Handler } from '../../http/handler.ts';
import type { Scope } from '../../app/scope.ts';
import type { SyncDto } from './sync-read-model.ts';
import type { SyncRequestDependencies } from './request-sync.ts';

const lookEveryMs = 500;
const open: ReadonlySet<string> = new Set(['queued', 'running', 'finalising']);

export function syncHandlers(deps: SyncRequestDependencies): readonly Handler[] {
  const read = (scope: Scope, syncId: string): Promise<SyncDto> => readSync(deps.db, scope, syncId, deps.now());
  return [
    handler(routes.sources.sync, async ({ scope, params }) => read(scope, await requestSync(deps, scope, params.sourceId))),
    handler(routes.sources.syncs, async ({ scope, params }) => ({ items: [...(await listSyncs(deps.db, scope, params.sourceId, deps.now()))] })),
    handler(routes.sources.getSync, ({ scope, params }) => read(scope, params.syncId)),
    handler(routes.sources.syncEvents, async ({ scope, params, signal }) => follow(() => read(scope, params.syncId), signal)),
    handler(routes.sources.cancelSync, async ({ scope, params }) => {
      await cancelSync(deps, scope, params.syncId);
      return read(scope, params.syncId);
    }),
    handler(routes.sources.confirmSync, async ({ scope, params, body }) => {
      await confirmSync(deps, scope, params.syncId, body.decision);
      return read(scope, params.syncId);
    }),
  ];
}

/** The sync each time it differs, until it ends or is held. */
async function* follow(read: () => Promise<SyncDto>, signal: AbortSignal): AsyncGenerator<SyncDto> {
  let last = '';
  while (!signal.aborted) {
    const sync = await read();
    const text = JSON.stringify(sync);
    if (text !== last) yield sync;
    last = text;
    if (!open.has(sync.state)) return;
    await wait(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
}
