import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Select } from '../../ui/index.ts';
import { useFieldName, useValueName } from './field-words.ts';
import type { FilterControlProps } from './filter-controls.tsx';
import { chosenValues, term, withTerm, withValues, withoutField } from './filters.ts';

const any = 'any';

/** Yes, no, or all. */
export function FlagFilter({ field, filters, onChange }: FilterControlProps): ReactNode {
  const { t } = useLingui();
  const name = useFieldName()(field);
  const valueName = useValueName();
  const value = chosenValues(filters, field)?.[0] ?? any;
  const options = [{ id: any, label: t`${name}: all` }, ...['true', 'false'].map((id) => ({ id, label: valueName(field, id) }))];
  return <Select label={name} isLabelHidden options={options} value={value} onChange={(id) => onChange(id === any ? withoutField(filters, field) : withValues(filters, field, [id]))} />;
}

const ages = ['-30d', '-90d', '-6m', '-1y', '-2y'] as const;

/** How long ago at least. */
export function AgeFilter({ field, filters, onChange }: FilterControlProps): ReactNode {
  const { t } = useLingui();
  const name = useFieldName()(field);
  const names = { '-30d': t`more than 30 days ago`, '-90d': t`more than 90 days ago`, '-6m': t`more than 6 months ago`, '-1y': t`more than 1 year ago`, '-2y': t`more than 2 years ago` };
  const found = filters.terms.find((one) => one.field === field && one.op === '<');
  const options = [{ id: any, label: t`${name}: any time` }, ...ages.map((id) => ({ id, label: `${name}: ${names[id]}` }))];
  return <Select label={name} isLabelHidden options={options} value={found?.values[0] ?? any} onChange={(id) => onChange(id === any ? withoutField(filters, field) : withTerm(filters, term(field, '<', [id])))} />;
}
