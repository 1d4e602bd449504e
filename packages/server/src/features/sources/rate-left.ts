import { sql } from 'kysely';
import type { Database } from '../../db/index.ts';
import type { Kysely } from 'kysely';
import type { SourceHealth } from './source-health.ts';

type Rate = SourceHealth['rates'][number];

/** Under which name the permits of an organisation are counted: the host of its address and its id, as the pipeline of connectors writes it. */
export function tenantOf(settings: { readonly baseUrl?: string; readonly organisationId?: string }): string | null {
  const { baseUrl, organisationId } = settings;
  return baseUrl === undefined || organisationId === undefined || !URL.canParse(baseUrl) ? null : `${new URL(baseUrl).host}/${organisationId}`;
}

interface RateRow {
  readonly tenant: string;
  readonly endpoint_group: string;
  readonly allowed: number;
  readonly used: number;
  readonly window_seconds: number;
  readonly cooled_until: Date | null;
}

/**
 * What is left of each rate budget, by tenant, as far as it was ever used. Permits fall due evenly: those of the last window are counted by how far the
 * due time of the next one lies behind or ahead.
 */
export async function readRates(db: Kysely<Database>, tenants: readonly string[]): Promise<ReadonlyMap<string, readonly Rate[]>> {
  const { rows } = await sql<RateRow>`
    with due as (
      select b.*, window_started_at + make_interval(secs => used * window_seconds::double precision / allowed) as due_at from rate_budget b where tenant = any(${[...tenants]}::text[]))
    select tenant, endpoint_group, allowed, window_seconds, case when cooled_until > clock_timestamp() then cooled_until end as cooled_until,
      greatest(0, least(allowed, ceil(allowed * extract(epoch from due_at - greatest(window_started_at, clock_timestamp() - make_interval(secs => window_seconds))) / window_seconds)))::integer as used
    from due order by tenant, endpoint_group`.execute(db);
  const byTenant = new Map<string, Rate[]>();
  for (const row of rows) {
    const rate = { group: row.endpoint_group, allowed: row.allowed, left: row.cooled_until === null ? row.allowed - row.used : 0, windowSeconds: row.window_seconds, coolsUntil: row.cooled_until?.toISOString() ?? null };
    byTenant.set(row.tenant, [...(byTenant.get(row.tenant) ?? []), rate]);
  }
  return byTenant;
}
