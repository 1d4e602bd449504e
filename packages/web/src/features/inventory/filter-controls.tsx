import { Suspense, lazy, useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import type { FieldName } from '@rollcall/core';
import { useRead } from '../../api/index.ts';
import { MultiSelect, Skeleton } from '../../ui/index.ts';
import type { Option } from '../../ui/index.ts';
import { chosenValues, withValues } from './filters.ts';
import type { Filters } from './filters.ts';
import { useFieldName, useValueName } from './field-words.ts';

export interface FilterControlProps {
  readonly field: FieldName;
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

const FlagFilter = lazy(() => import('./select-filters.tsx').then(({ FlagFilter: component }) => ({ default: component })));
const AgeFilter = lazy(() => import('./select-filters.tsx').then(({ AgeFilter: component }) => ({ default: component })));

type ServedField = 'app' | 'site' | 'source' | 'group' | 'domain' | 'role' | 'status' | 'type';
const served: ReadonlySet<string> = new Set(['app', 'site', 'source', 'group', 'domain', 'role']);
const searched: ReadonlySet<string> = new Set(['group', 'domain']);
function isServed(field: string): field is ServedField {
  return served.has(field);
}

/** One filter of the bar; what it does is a term of the query. */
export function FilterControl({ field, filters, onChange }: FilterControlProps): ReactNode {
  if (isServed(field)) return <ServedFilter field={field} filters={filters} onChange={onChange} />;
  if (field === 'managed' || field === 'protected' || field === 'service' || field === 'idp' || field === 'hasEmail') return <Suspense fallback={<Skeleton width="152px" height={32} />}><FlagFilter field={field} filters={filters} onChange={onChange} /></Suspense>;
  if (field === 'lastActive' || field === 'added') return <Suspense fallback={<Skeleton width="152px" height={32} />}><AgeFilter field={field} filters={filters} onChange={onChange} /></Suspense>;
  return <ChoiceFilter field={field} filters={filters} onChange={onChange} />;
}

const choices: Partial<Record<FieldName, readonly string[]>> = {
  usage: ['active', 'lowUsage', 'inactive', 'never', 'unknown'],
  status: ['active', 'suspended', 'deactivated', 'invited', 'not_invited', 'for_deletion', 'unknown'],
  type: ['atlassian', 'app', 'customer', 'unknown'],
};

function ChoiceFilter({ field, filters, onChange }: FilterControlProps): ReactNode {
  const { t } = useLingui();
  const name = useFieldName()(field);
  const valueName = useValueName();
  const options = (choices[field] ?? []).map((id) => ({ id, label: valueName(field, id) }));
  return <MultiSelect label={name} isLabelHidden placeholder={t`${name}: all`} options={options} value={chosenValues(filters, field) ?? []} onChange={(ids) => onChange(withValues(filters, field, ids))} />;
}

function ServedFilter({ field, filters, onChange }: FilterControlProps & { readonly field: ServedField }): ReactNode {
  const { t } = useLingui();
  const name = useFieldName()(field);
  const [typed, setTyped] = useState('');
  const prefix = searched.has(field) ? typed : '';
  const found = useRead(routes.inventory.values, { query: { field, prefix } }).data?.items ?? [];
  const value = chosenValues(filters, field) ?? [];
  const known: readonly Option[] = found.map((one) => ({ id: one.value, label: one.label }));
  const missing = value.filter((id) => !known.some((option) => option.id === id)).map((id) => ({ id, label: id }));
  const search = searched.has(field) ? { onSearch: setTyped } : {};
  return <MultiSelect {...search} label={name} isLabelHidden placeholder={t`${name}: all`} options={[...missing, ...known]} value={value} onChange={(ids) => onChange(withValues(filters, field, ids))} />;
}
