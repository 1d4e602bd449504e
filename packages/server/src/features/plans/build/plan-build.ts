import type { Database } from '../../../db/index.ts';
import type { CivilDate, Period } from '@rollcall/core';
import type { CompiledQuery } from '../../query/index.ts';
import type { RawBuilder, Transaction } from 'kysely';

export type ActionVerb =
  | 'remove-app-access'
  | 'grant-app-access'
  | 'suspend-access'
  | 'restore-access'
  | 'add-to-group'
  | 'remove-from-group'
  | 'remove-from-organisation';

/** Everything the SQL of a plan is made from. Conditions on accounts speak of alias `a`, those on accesses of alias `x`. */
export interface PlanBuild {
  readonly trx: Transaction<Database>;
  readonly workspaceId: number;
  readonly planId: string;
  readonly source: { readonly id: string; readonly realmId: number };
  readonly verb: ActionVerb;
  readonly resourceIds: readonly number[];
  readonly groupIds: readonly number[];
  readonly selection: { readonly kind: 'accounts'; readonly accountIds: readonly number[] } | { readonly kind: 'query'; readonly condition: CompiledQuery; readonly matched: RawBuilder<boolean> | null; readonly except: readonly number[] };
  /** Accesses that are surely not used in the period: inactive or never accessed. */
  readonly unused: RawBuilder<boolean>;
  readonly restsOnInactivity: boolean;
  readonly period: Period;
  /** A clock that began on or after this day speaks against a plan that rests on inactivity. */
  readonly countsFrom: CivilDate;
  readonly today: CivilDate;
  /** Resources the maker of the plan may see; null: all. What lies outside is counted, not named. */
  readonly visibleResources: readonly number[] | null;
  readonly now: Date;
}

/** Roles on a resource that are no access to its app: a portal customer, an administrator of access. */
export const rolesWithoutAccess: readonly string[] = ['customer', 'user-access-admin', 'org-admin', 'site-admin', 'ai-access'].flatMap((role) => [role, `atlassian/${role}`]);

export const takingVerbs: ReadonlySet<ActionVerb> = new Set(['remove-app-access', 'suspend-access', 'remove-from-group', 'remove-from-organisation']);
