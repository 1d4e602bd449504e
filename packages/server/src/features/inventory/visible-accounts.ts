import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { CompileContext } from '../query/index.ts';

/**
 * Which rows of `account a` exist for the asker: those of the workspace that are not gone; where the asker is limited, only accounts that hold
 * or have held access to an app within the limits.
 */
export function visibleAccounts(context: Pick<CompileContext, 'workspaceId' | 'allowedResourceIds'>): RawBuilder<boolean> {
  return sql<boolean>`a.workspace_id = ${context.workspaceId}::int and a.gone_at is null and ${withinLimits(context)}`;
}

/** The asker's limits alone, on `account a`. */
export function withinLimits({ allowedResourceIds }: Pick<CompileContext, 'allowedResourceIds'>): RawBuilder<boolean> {
  if (allowedResourceIds === null) return sql<boolean>`true`;
  return sql<boolean>`exists (select from access seen where seen.account_id = a.id and seen.resource_id = any(${[...allowedResourceIds]}::int[]))`;
}
