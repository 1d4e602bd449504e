import type { PgBoss } from "pg-boss";
import type { Payload, Queue } from "./queue.ts";

/**
 * For a start at which no other node can be alive: what stands as being worked on was a dead node's, and what waits for another try waited because of it. All of it
 * goes on at once, instead of after the heartbeat's ten seconds and a delay that doubles with each death.
 */
export async function takeBack(boss: PgBoss, schema: string, queues: readonly Queue<Payload>[]): Promise<void> {
  const db = boss.getDb();
  for (const { name } of queues) {
    const { rows } = await db.executeSql(`select id from ${schema}.job where name = $1 and state = 'active'`, [name]);
    const ids = rows.map((row: { readonly id: string }) => row.id);
    if (ids.length > 0) await boss.fail(name, ids, { message: "The node that worked on it died." });
    await db.executeSql(`update ${schema}.job set start_after = now() where name = $1 and state = 'retry' and start_after > now()`, [name]);
  }
}
