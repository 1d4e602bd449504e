import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyIn, copyOut, createDatabase, createPool, transaction } from "../../src/db/index.ts";
import { testDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;
const zoneBefore = process.env["TZ"];

beforeAll(async () => {
  process.env["TZ"] = "Asia/Tokyo";
  database = await testDatabase();
});
afterAll(async () => {
  if (zoneBefore === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zoneBefore;
  await database.drop();
});

async function value(expression: string): Promise<unknown> {
  const { rows } = await database.pool.query<{ value: unknown }>(`SELECT ${expression} AS value`);
  return rows[0]?.value;
}

describe("type parsers, with the process in Tokyo", () => {
  it("runs in Tokyo", () => {
    expect(new Date("2026-03-01T00:00:00Z").getHours()).toBe(9);
  });

  it.each([
    ["date '2026-03-01'", "2026-03-01"],
    ["date '0044-03-15'", "0044-03-15"],
    ["array[date '2026-03-01', null]", ["2026-03-01", null]],
    ["timestamp '2026-03-01 00:30:00'", "2026-03-01 00:30:00"],
    ["timestamptz '2026-03-01 00:30:00+00'", new Date("2026-03-01T00:30:00Z")],
    ["9007199254740991::int8", Number.MAX_SAFE_INTEGER],
    ["array[-5, null]::int8[]", [-5, null]],
    ["12.50::numeric", "12.50"],
    ["array[12.50, null]::numeric[]", ["12.50", null]],
    ["date(timestamptz '2026-03-01 23:30:00+00')", "2026-03-01"],
  ])("%s", async (expression, expected) => {
    expect(await value(expression)).toEqual(expected);
  });

  it("refuses to round an integer beyond 2^53, and the connection stays usable", async () => {
    await expect(value("9007199254740993::int8")).rejects.toThrow("beyond 2^53");
    expect(await value("1::int8")).toBe(1);
  });

  it("reads counts as numbers through Kysely", async () => {
    const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM workspace`.execute(database.db);
    expect(rows[0]?.n).toBeTypeOf("number");
  });
});

describe("a pool", () => {
  it("ends a statement that takes longer than its limit", async () => {
    const pool = createPool({ connectionString: database.connectionString, applicationName: "api", statementTimeoutMs: 50, onError: () => undefined });
    await expect(pool.query("SELECT pg_sleep(30)")).rejects.toMatchObject({ code: "57014" });
    await pool.end();
  });

  it("survives the end of its connections, busy and idle, and tells of it", async () => {
    const errors: Error[] = [];
    const pool = createPool({
      connectionString: database.connectionString,
      applicationName: "victim",
      onError: (error) => {
        errors.push(error);
      },
    });
    const busy = pool.query("SELECT pg_sleep(30)").catch((error: unknown) => error);
    await pool.query("SELECT 1");
    while ((await database.pool.query("SELECT 1 FROM pg_stat_activity WHERE application_name = 'victim' AND state = 'active'")).rowCount === 0);
    await database.pool.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'victim'");
    expect(await busy).toMatchObject({ code: "57P01" });
    await expect.poll(() => errors.length).toBeGreaterThan(0);
    expect((await pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await pool.end();
  });
});

describe("a transaction", () => {
  it("holds Kysely and COPY together, and rolls both back", async () => {
    await database.pool.query("CREATE TABLE both_ways (n int)");
    const failing = transaction(database.pool, async (trx, client) => {
      await sql`INSERT INTO both_ways VALUES (1)`.execute(trx);
      await copyIn(client, { table: "both_ways", columns: ["n"] }, [[2], [3]]);
      const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM both_ways`.execute(trx);
      throw new Error(`saw ${rows[0]?.n ?? "?"}`);
    });
    await expect(failing).rejects.toThrow("saw 3");
    expect(await value("(SELECT count(*) FROM both_ways)")).toBe(0);
  });

  it("gives its connection back", async () => {
    const pool = createPool({ connectionString: database.connectionString, applicationName: "one", max: 1, onError: () => undefined });
    for (let round = 0; round < 3; round += 1) await transaction(pool, (trx) => sql`SELECT 1`.execute(trx));
    const chunks: Buffer[] = [];
    const client = await pool.connect();
    for await (const chunk of copyOut(client, "SELECT 1, NULL, E'a\\tb'")) chunks.push(chunk);
    client.release();
    expect(Buffer.concat(chunks).toString()).toBe("1\t\\N\ta\\tb\n");
    await createDatabase(pool).destroy();
  });
});
