import { sql } from 'kysely';
import { z } from 'zod';
import { transaction } from '../../packages/server/src/db/index.ts';
import { digestPlan } from '../../packages/server/src/features/plans/build/digest.ts';
import { buildPlan } from '../../packages/server/src/features/plans/index.ts';
import { measurePart, readOrder } from '../harness/measure-part.ts';
import { workerDependencies } from '../harness/worker-dependencies.ts';

/** Builds the plan, or writes and digests the rows that such a plan had (kept in `bench_item`) in one bare statement. */
const order = z.object({ connectionString: z.string(), planId: z.string(), kind: z.enum(['rollcall', 'floor']), at: z.string() }).parse(readOrder());
const now = new Date(order.at);
const deps = workerDependencies(order.connectionString, () => now);
await sql`select 1`.execute(deps.db);
await measurePart(async () => {
  if (order.kind === 'rollcall') await buildPlan(deps, order.planId);
  else {
    await transaction(deps.pool, async (trx) => {
      await sql`
        insert into plan_item (workspace_id, plan_id, seq, account_id, resource_ids, decision, reason, reason_data, before, calls, side_effects)
        select workspace_id, ${order.planId}::uuid, seq, account_id, resource_ids, decision, reason, reason_data, before, calls, side_effects from bench_item order by seq`.execute(trx);
      await trx.updateTable('plan').set({ state: 'ready', digest: await digestPlan(trx, order.planId) }).where('id', '=', order.planId).execute();
    });
  }
  return {};
});
await deps.pool.end();
