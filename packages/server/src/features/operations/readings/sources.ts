import { Gauge } from 'prom-client';
import type { MakeReading } from './reading.ts';

interface KindRow {
  readonly kind: string;
  readonly oldest: number | null;
  readonly stale: number;
  readonly unread: number;
  readonly key_days: number | null;
}

/** How old the data of the sources is, by kind of source: no source is named. */
export const sources: MakeReading = (registry) => {
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[]): Gauge<L> => new Gauge({ name, help, registers: [registry], labelNames: [...labelNames] });
  const kind = ['kind'] as const;
  const lastSync = gauge('rollcall_sources', 'Sources by kind and the state of their newest sync.', ['kind', 'last_sync']);
  const age = gauge('rollcall_source_data_age_seconds', 'Age of the last complete reading, of the source with the oldest.', kind);
  const stale = gauge('rollcall_sources_stale', 'Sources whose last complete reading is older than they allow.', kind);
  const unread = gauge('rollcall_sources_unread', 'Sources that were never read completely.', kind);
  const keyDays = gauge('rollcall_source_key_days_left', 'Days until the first API key of a source expires.', kind);
  return async (pool) => {
    const { rows } = await pool.query<KindRow>(`
      select kind, extract(epoch from now() - min(last_full_read_at))::float8 as oldest,
        count(*) filter (where last_full_read_at < now() - make_interval(hours => stale_after_hours))::integer as stale,
        count(*) filter (where last_full_read_at is null)::integer as unread, min(key_expires_on - current_date)::integer as key_days
      from source where removed_at is null group by kind`);
    const { rows: newest } = await pool.query<{ kind: string; state: string; n: number }>(`
      select s.kind, coalesce(y.state, 'none') as state, count(*)::integer as n from source s
      left join lateral (select state from sync where source_id = s.id order by queued_at desc limit 1) y on true
      where s.removed_at is null group by 1, 2`);
    for (const one of [lastSync, age, stale, unread, keyDays]) one.reset();
    for (const row of newest) lastSync.set({ kind: row.kind, last_sync: row.state }, row.n);
    for (const row of rows) {
      if (row.oldest !== null) age.set({ kind: row.kind }, row.oldest);
      stale.set({ kind: row.kind }, row.stale);
      unread.set({ kind: row.kind }, row.unread);
      if (row.key_days !== null) keyDays.set({ kind: row.kind }, row.key_days);
    }
  };
};
