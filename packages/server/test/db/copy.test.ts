import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { copyIn, copyOut, copyTextIn, type CopyValue } from "../../src/db/index.ts";
import { testDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await database.pool.query(
    "CREATE TABLE loaded (text text, n int8, yes boolean, at timestamptz, bytes bytea, tags text[], \"odd \"\"name\" jsonb, day date)",
  );
  await database.pool.query("CREATE TABLE again (LIKE loaded)");
});
afterAll(() => database.drop());

const columns = ["text", "n", "yes", "at", "bytes", "tags", 'odd "name', "day"];

async function load(rows: Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>): Promise<number> {
  const client = await database.pool.connect();
  try {
    return await copyIn(client, { schema: "public", table: "loaded", columns }, rows);
  } finally {
    client.release();
  }
}

/** Everything that PostgreSQL can store: no NUL, and lone halves of characters are replaced on the way in by Node itself. */
const text = fc.string({ unit: fc.oneof(fc.constantFrom("\\", "\n", "\r", "\t", '"', ",", "{", "}", "\\N", "\\.", "N"), fc.string({ unit: "binary", maxLength: 3 })) }).map((value) => value.replaceAll("\0", "").toWellFormed());
const row = fc.record({
  text: fc.option(text),
  n: fc.option(fc.maxSafeInteger()),
  yes: fc.option(fc.boolean()),
  at: fc.option(fc.date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T00:00:00Z"), noInvalidDate: true })),
  bytes: fc.option(fc.uint8Array()),
  tags: fc.option(fc.array(fc.option(text))),
  json: fc.option(fc.json().filter((json) => !json.includes("\\u0000") && json.isWellFormed() && !/\\ud[89a-f]/iu.test(json))),
  day: fc.option(fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10))),
});

it("loads any value as it is, and copies it out and in again the same", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
      await database.pool.query("TRUNCATE loaded, again");
      const loaded = await load(rows.map(({ text, n, yes, at, bytes, tags, json, day }) => [text, n, yes, at, bytes, tags, json, day]));
      expect(loaded).toBe(rows.length);
      const stored = await database.pool.query('SELECT text, n, yes, at, bytes, tags, "odd ""name" AS json, day FROM loaded');
      const expected = rows.map((given) => ({ ...given, bytes: given.bytes && Buffer.from(given.bytes), json: given.json === null ? null : (JSON.parse(given.json) as unknown) }));
      expect(stored.rows).toEqual(expected.map((given) => ({ ...given, json: negativeZeroIsZero(given.json) })));

      const [reader, writer] = [await database.pool.connect(), await database.pool.connect()];
      await copyTextIn(writer, { table: "again", columns }, copyOut(reader, "SELECT * FROM loaded"));
      reader.release();
      writer.release();
      const { rows: differences } = await database.pool.query("(TABLE loaded EXCEPT ALL TABLE again) UNION ALL (TABLE again EXCEPT ALL TABLE loaded)");
      expect(differences).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

/** jsonb has no -0. */
function negativeZeroIsZero(value: unknown): unknown {
  return value === null ? null : (JSON.parse(JSON.stringify(value)) as unknown);
}

it("asks for rows no faster than the database takes them", async () => {
  await database.pool.query("TRUNCATE loaded");
  const locker = await database.pool.connect();
  await locker.query("BEGIN; LOCK TABLE loaded IN ACCESS EXCLUSIVE MODE");
  let asked = 0;
  async function* rows(): AsyncGenerator<CopyValue[]> {
    for (let n = 0; n < 20_000; n += 1) {
      asked += 1;
      yield await Promise.resolve(["x".repeat(1000), n, null, null, null, null, null, null]);
    }
  }
  const loading = load(rows());
  await expect.poll(() => database.pool.query("SELECT 1 FROM pg_locks WHERE NOT granted").then(({ rowCount }) => rowCount)).toBeGreaterThan(0);
  await expect.poll(() => asked).toBeGreaterThan(60);
  // 20 MB are on offer; pieces of 64 K wait in a few buffers.
  expect(asked).toBeLessThan(2000);
  await locker.query("COMMIT");
  locker.release();
  expect(await loading).toBe(20_000);
});

it("leaves no row and a usable connection when the rows or the database fail", async () => {
  await database.pool.query("TRUNCATE loaded");
  async function* broken(): AsyncGenerator<CopyValue[]> {
    yield await Promise.resolve(["a", 1, null, null, null, null, null, null]);
    throw new Error("the file ended in the middle");
  }
  await expect(load(broken())).rejects.toThrow("the file ended in the middle");
  await expect(load([["a", "one", null, null, null, null, null, null]])).rejects.toThrow("invalid input syntax for type bigint");
  await expect(load([["a\0b", 1, null, null, null, null, null, null]])).rejects.toThrow("invalid byte sequence");
  expect((await database.pool.query("SELECT count(*) AS n FROM loaded")).rows).toEqual([{ n: 0 }]);
});
