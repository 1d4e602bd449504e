import type { ScreenCase } from './cases.ts';
import type { Recorder, Statement } from './record-statements.ts';

export interface ScreenRow {
  readonly name: string;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Of the same statements sent bare. */
  readonly sqlP95Ms: number;
  readonly promiseMs: number;
  readonly holds: boolean;
}

export interface MeasuredAt {
  readonly url: string;
  readonly recorder: Recorder;
  readonly rounds: number;
}

const warmUp = 3;
/** What HTTP, routing, judging and writing JSON may add to the SQL (design.md section 11). */
const aboveSqlMs = 10;

/** Each round asks through HTTP, then sends the statements of that request again bare. */
export async function measureCase(one: ScreenCase, at: MeasuredAt): Promise<ScreenRow> {
  const http: number[] = [];
  const sql: number[] = [];
  for (let round = 0; round < at.rounds + warmUp; round += 1) {
    at.recorder.take();
    const httpMs = await timed(() => ask(`${at.url}/api/v1${one.address(round)}`));
    const sqlMs = await replay(at.recorder);
    if (round < warmUp) continue;
    http.push(httpMs);
    sql.push(sqlMs);
  }
  const p95Ms = quantile(http, 0.95);
  const sqlP95Ms = quantile(sql, 0.95);
  return { name: one.name, p50Ms: quantile(http, 0.5), p95Ms, sqlP95Ms, promiseMs: one.promiseMs, holds: p95Ms <= sqlP95Ms + aboveSqlMs && p95Ms <= one.promiseMs };
}

async function ask(url: string): Promise<void> {
  const answer = await fetch(url);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${text.slice(0, 300)}`);
}

async function replay(recorder: Recorder): Promise<number> {
  const statements: readonly Statement[] = recorder.take();
  const client = await recorder.pool.connect();
  try {
    return await timed(async () => {
      for (const { text, values } of statements) await client.query(text, [...values]);
    });
  } finally {
    client.release();
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.ceil(share * sorted.length), sorted.length) - 1] ?? 0;
}
