import { fromKysely } from "pg-boss";
import type { QueryRunner } from "./create-jobs.ts";

/** Lets the waiting job of a key begin now that was put off to a later moment. Workers find it at their next look, within 2 s. */
export async function bringForward(trx: QueryRunner, schema: string, queue: string, key: string): Promise<void> {
  const text = `update ${schema}.job set start_after = now() where name = $1 and singleton_key = $2 and state = 'created' and start_after > now()`;
  await fromKysely(trx).executeSql(text, [queue, key]);
}
