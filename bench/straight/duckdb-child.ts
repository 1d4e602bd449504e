import { writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

/**
 * The same question to DuckDB, as a whole process: `duckdb-child.ts DATABASE EXPORT ANSWER`. DATABASE is a file to make, or `:memory:`. Loads
 * every column of the export, then lists the accounts with status active that hold Jira on acme and were last active before the period.
 */
const [database = ':memory:', exportFile = '', answerFile = ''] = process.argv.slice(2);
const instance = await DuckDBInstance.create(database);
const connection = await instance.connect();
await connection.run(`CREATE TABLE users AS SELECT * FROM read_csv('${exportFile}', header = true)`);
const answer = await connection.runAndReadAll(`
  WITH read AS (
    SELECT "User id" AS id,
           "User status" AS status,
           try_strptime("Added to org"::VARCHAR, ['%-d %b %Y', '%Y-%m-%d'])::DATE AS added,
           "Jira - acme" = 'User' AS has,
           try_strptime("Last seen in Jira - acme", '%-d %b %Y')::DATE AS seen
    FROM users)
  SELECT id, max(seen)::VARCHAR AS seen FROM read GROUP BY id
  HAVING bool_and(status = 'Active') AND bool_and(has) AND max(seen) < DATE '2026-08-24' AND coalesce(max(added) < DATE '2026-08-24', true)`);
const lines = answer.getRows().map(([id, seen]) => `${String(id)},${String(seen)}\n`);
writeFileSync(answerFile, lines.join(''));
connection.closeSync();
instance.closeSync();
