import { postgresBudgets, standInLine } from '../budgets/index.ts';
import { RequestProblem } from '../../app/problem.ts';
import { atCommit } from '../../app/commit-points.ts';
import { bindVendor } from './bind.ts';
import { sleepUnlessAborted } from './sleep.ts';
import type { Budgets } from '@rollcall/connectors/kit';
import type { Dependencies } from '../../app/dependencies.ts';
import type { Secrets } from '../secrets/index.ts';
import type { OpenVendor, TryVendor } from './vendor.ts';

export interface Vendors {
  readonly openVendor: OpenVendor;
  readonly tryVendor: TryVendor;
}

/** The name under which the key of a Cloud organisation is sealed. */
export const apiKeyField = 'apiKey';

/** Opens connectors on behalf of stored sources and of keys that are being tried. Every node shares one rate budget through PostgreSQL. */
export function createVendors(deps: Dependencies & { readonly secrets: Secrets }, budgets: Budgets = postgresBudgets(deps.db, deps.now), sleep = sleepUnlessAborted): Vendors {
  const named: Budgets = {
    acquire: (request) => atCommit(deps, 'vendor.permit', () => budgets.acquire(request)),
    cool: (rest) => atCommit(deps, 'vendor.cooled', () => budgets.cool(rest)),
  };
  const binding = { budgets: standInLine(named, deps.now), now: deps.now, log: deps.log, sleep, ...(deps.counters === undefined ? {} : { counters: deps.counters }) };
  return {
    openVendor: async (source, lane, signal) => {
      const key = await deps.secrets.open({ workspaceId: source.workspaceId }, source.id, apiKeyField);
      if (key === null) throw new RequestProblem({ code: 'keyRefused', title: 'No key', detail: 'This source has no API key stored. Enter one in Sources.' });
      return bindVendor(binding, { ...source, key, lane, signal, sourceId: source.id });
    },
    tryVendor: (source, key, lane, signal) => bindVendor(binding, { ...source, key, lane, signal, sourceId: null }),
  };
}
