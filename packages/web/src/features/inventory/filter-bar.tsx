import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { ListFilterPlus } from 'lucide-react';
import { operatorText } from '@rollcall/core';
import type { FieldName, Term } from '@rollcall/core';
import { Button, FilterChip, Inline, Menu, SearchField } from '../../ui/index.ts';
import { useFieldName, useValueName } from './field-words.ts';
import { FilterControl } from './filter-controls.tsx';
import { chosenValues } from './filters.ts';
import type { Filters } from './filters.ts';

export interface FilterBarProps {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

const always: readonly FieldName[] = ['app', 'usage', 'status'];
const further: readonly FieldName[] = ['site', 'source', 'managed', 'type', 'group', 'domain', 'role', 'lastActive', 'added', 'protected', 'service', 'idp', 'hasEmail'];

/** Can a control of the bar show this term? Others are chips. */
function isControlled(one: Term, filters: Filters): boolean {
  if (one.field === 'lastActive' || one.field === 'added') return one.op === '<' && filters.terms.filter(({ field }) => field === one.field).length === 1;
  return (always.includes(one.field) || further.includes(one.field)) && (chosenValues(filters, one.field) ?? []).length > 0;
}

/** The query as controls: search, the filters always there, those added. */
export function FilterBar({ filters, onChange }: FilterBarProps): ReactNode {
  const { t } = useLingui();
  const fieldName = useFieldName();
  const [added, setAdded] = useState<readonly FieldName[]>([]);
  const shown = further.filter((field) => added.includes(field) || filters.terms.some((one) => one.field === field && isControlled(one, filters)));
  const hidden = further.filter((field) => !shown.includes(field));
  return (
    <>
      <WordSearch words={filters.words} onChange={(words) => onChange({ ...filters, words })} />
      {[...always, ...shown].map((field) => (
        <FilterControl key={field} field={field} filters={filters} onChange={onChange} />
      ))}
      <Menu
        label={t`Add a filter`}
        placement="bottom start"
        trigger={<Button appearance="subtle" iconBefore={<ListFilterPlus aria-hidden />}>{t`Filter`}</Button>}
        groups={[{ id: 'fields', heading: t`Filter by`, items: hidden.map((field) => ({ id: field, label: fieldName(field) })) }]}
        onAction={(id) => setAdded([...added, ...further.filter((field) => field === id)])}
      />
    </>
  );
}

/** Terms that no control can show, each removable. */
export function FilterChips({ filters, onChange }: FilterBarProps): ReactNode {
  const fieldName = useFieldName();
  const valueName = useValueName();
  const terms = filters.terms.filter((one) => !isControlled(one, filters));
  if (terms.length === 0) return null;
  return (
    <Inline gap={8}>
      {terms.map((one) => {
        const values = one.values.map((value) => valueName(one.field, value)).join(', ');
        const remove = (): void => onChange({ ...filters, terms: filters.terms.filter((other) => other !== one) });
        return <FilterChip key={`${one.field}${one.op}${values}`} name={fieldName(one.field)} value={one.op === '=' || one.op === 'in' ? values : `${operatorText[one.op]} ${values}`} onRemove={remove} />;
      })}
    </Inline>
  );
}

const restMs = 300;

/** Narrows while one types, a moment after the last letter. */
function WordSearch({ words, onChange }: { readonly words: string; readonly onChange: (words: string) => void }): ReactNode {
  const { t } = useLingui();
  const [text, setText] = useState(words);
  const sent = useRef(words);
  useEffect(() => {
    if (words === sent.current) return;
    sent.current = words;
    setText(words);
  }, [words]);
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    if (text.trim() === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text.trim();
      latest.current(text.trim());
    }, restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return <SearchField label={t`Name or e-mail`} value={text} onChange={setText} />;
}
