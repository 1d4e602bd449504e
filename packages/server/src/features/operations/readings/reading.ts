import type { Registry } from 'prom-client';
import type { Pool } from 'pg';

/** Brings the gauges of one question to the database up to date. Each is cheap at any size: it reads small tables or by an index. */
export type Reading = (pool: Pool) => Promise<void>;
/** Registers its gauges, with every known label set at 0, so that an alert never waits for a first value. */
export type MakeReading = (registry: Registry) => Reading;
