import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, expect, inject, it } from "vitest";
import { checkServer, createPool, UnfitServerError } from "../../src/db/index.ts";
import { withDatabase } from "../support/test-server.ts";

const { connectionString, postgres } = inject("testServer");
const made: string[] = [];

afterAll(async () => {
  for (const name of made) await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
});

async function onServer(text: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(text);
  await client.end();
}

async function check(options: string): ReturnType<typeof checkServer> {
  const name = `check_${randomBytes(6).toString("hex")}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE template0 ${options}`);
  made.push(name);
  const pool = createPool({ connectionString: withDatabase(connectionString, name), applicationName: "check", onError: () => undefined });
  try {
    return await checkServer(pool);
  } finally {
    await pool.end();
  }
}

it("takes a database that knows letters, without a warning on a direct connection", async () => {
  const report = await check("ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'");
  expect(report).toEqual({ majorVersion: postgres === "embedded" ? 18 : Number(postgres), direct: true, warnings: [] });
});

it.each(["ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'", "ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'"])(
  "refuses %s, which would miss people in searches",
  async (options) => {
    const refusal = check(options);
    await expect(refusal).rejects.toThrow(UnfitServerError);
    await expect(refusal).rejects.toThrow(/searches would miss people|pg_trgm/u);
  },
);
