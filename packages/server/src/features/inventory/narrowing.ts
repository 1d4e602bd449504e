import { accountStatusChoices, accountTypeChoices, conjuncts } from '@rollcall/core';
import type { Query, Term } from '@rollcall/core';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { requiredValues } from '../query/index.ts';

/**
 * A condition on `account a` that every match fulfils, and for which a small index holds the accounts by name: who looks for suspended accounts need not pass everybody. Written
 * without values, so that the index is seen whenever the statement is planned. `true` where the query requires nothing of the kind.
 */
export function narrowing({ where }: Query): RawBuilder<boolean> {
  if (conjuncts(where).some((part) => part.kind === 'term' && part.field === 'role' && part.op === 'isNotEmpty')) return sql<boolean>`a.platform_roles <> '{}'`;
  const only = (field: Term['field']): string | null => {
    const values = requiredValues(where, field);
    return values?.length === 1 ? (values[0] ?? null) : null;
  };
  if (only('protected') === 'true') return sql<boolean>`a.protected_by is not null`;
  if (only('service') === 'true') return sql<boolean>`a.looks_like_service`;
  const type = accountTypeChoices.find((one) => one === only('type'));
  if (type !== undefined && type !== 'atlassian') return sql<boolean>`a.account_type = ${sql.lit(type)}`;
  const status = accountStatusChoices.find((one) => one === only('status'));
  return status !== undefined && status !== 'active' ? sql<boolean>`a.status = ${sql.lit(status)}` : sql<boolean>`true`;
}
