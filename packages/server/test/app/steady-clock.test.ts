import { afterAll, expect, it, onTestFinished, vi } from 'vitest';
import { followDatabaseClock } from '../../src/app/steady-clock.ts';
import { createPool } from '../../src/db/index.ts';
import { testDatabase } from '../support/database.ts';
import { giveClock } from '../support/shifting-clock.ts';

const hourMs = 3_600_000;
const database = await testDatabase();
const clock = await giveClock(database);
const pool = createPool({ connectionString: database.connectionString, applicationName: 'clock', onError: () => undefined });
afterAll(async () => {
  await pool.end();
  await clock.close();
  await database.drop();
});

it('follows the database’s clock and not that of this machine, and says when either is off', async () => {
  const said: string[] = [];
  const log = { info: () => undefined, warn: (_facts: object, message: string) => void said.push(message), error: () => undefined };
  const real = Date.now.bind(Date);
  const wrong = vi.spyOn(Date, 'now').mockImplementation(() => real() + 7 * hourMs);
  onTestFinished(() => wrong.mockRestore());
  const steady = await followDatabaseClock(pool, log, { lookEveryMs: 50 });
  onTestFinished(() => steady.stop());
  const offMs = () => steady.now().getTime() - real();
  expect(Math.abs(offMs())).toBeLessThan(hourMs);
  expect(said.join()).toContain('differs from the database');
  await clock.set(-3 * hourMs);
  await expect.poll(() => Math.round(offMs() / hourMs), { timeout: 20_000 }).toBe(-3);
  expect(said.join()).toContain('The database\'s clock was set');
});
