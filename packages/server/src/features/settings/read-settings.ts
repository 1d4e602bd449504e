import { settings } from '@rollcall/contract';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { keptPlan } from '../../db/index.ts';
import type { Database } from '../../db/index.ts';

export type Settings = z.output<typeof settings>;

/** Careful to begin with: a first plan that takes away a tenth of an organisation should be a decision, not an accident. */
const defaults: Omit<Settings, 'workspaceName'> = {
  caps: { people: 500, percent: 10 },
  minimumPeriodDays: 30,
  freshnessHours: 48,
  lowUsageDays: 3,
  planExpiryHours: 72,
  typeBackFrom: 25,
  approverApplies: false,
  breaker: { people: 20, percent: 50 },
  mostUnknownPercent: 75,
};

/** Stored values may come from another version: each is taken when it is valid today, else its default. */
const stored = z.object({
  caps: settings.shape.caps.catch(defaults.caps),
  minimumPeriodDays: settings.shape.minimumPeriodDays.catch(defaults.minimumPeriodDays),
  freshnessHours: settings.shape.freshnessHours.catch(defaults.freshnessHours),
  lowUsageDays: settings.shape.lowUsageDays.catch(defaults.lowUsageDays),
  planExpiryHours: settings.shape.planExpiryHours.catch(defaults.planExpiryHours),
  typeBackFrom: settings.shape.typeBackFrom.catch(defaults.typeBackFrom),
  approverApplies: settings.shape.approverApplies.catch(defaults.approverApplies),
  breaker: settings.shape.breaker.catch(defaults.breaker),
  mostUnknownPercent: settings.shape.mostUnknownPercent.catch(defaults.mostUnknownPercent),
});

/** The settings of a workspace, defaults filled in. */
export async function readSettings(db: Kysely<Database>, workspaceId: number): Promise<Settings> {
  const { rows: [row] } = await sql<{ name: string; settings: object }>`${keptPlan} select name, settings from workspace where id = ${workspaceId}::int`.execute(db);
  if (row === undefined) throw new Error('The workspace is not there.');
  return settingsOf(row);
}

/** The same of a row of the table `workspace` that was read with other things. */
export function settingsOf(row: { readonly name: string; readonly settings: object }): Settings {
  return { ...stored.parse(row.settings), workspaceName: row.name };
}
