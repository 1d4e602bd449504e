import { useState } from 'react';
import type { ReactNode } from 'react';
import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useRead } from '../../api/index.ts';
import { FilterChip, Inline, MultiSelect, Stack } from '../../ui/index.ts';

export interface GroupChoiceProps {
  readonly sourceId: string;
  readonly value: readonly number[];
  readonly onChange: (ids: readonly number[]) => void;
}

/** Groups of the source, found by name. */
export function GroupChoice({ sourceId, value, onChange }: GroupChoiceProps): ReactNode {
  const { t } = useLingui();
  const [prefix, setPrefix] = useState('');
  const [names, setNames] = useState<ReadonlyMap<number, string>>(new Map());
  const found = useRead(routes.inventory.values, { query: { field: 'group', prefix, sourceId } }).data?.items ?? [];
  const options = found.flatMap(({ groupId, label, accounts, modifiable }) => {
    if (groupId === undefined) return [];
    const members = accounts ?? 0;
    const description = modifiable === false ? t`${plural(members, { one: '# member', other: '# members' })}, from an identity provider` : t`${plural(members, { one: '# member', other: '# members' })}`;
    return [{ id: String(groupId), label, description }];
  });
  const choose = (ids: readonly string[]): void => {
    setNames(new Map([...names, ...options.map(({ id, label }) => [Number(id), label] as const)]));
    onChange(ids.map(Number));
  };
  const kept = value.filter((id) => !options.some((option) => option.id === String(id))).map((id) => ({ id: String(id), label: names.get(id) ?? String(id) }));
  return (
    <Stack gap={8}>
      <MultiSelect label={t`Groups`} placeholder={t`Choose groups`} options={[...kept, ...options]} value={value.map(String)} onChange={choose} onSearch={setPrefix} />
      {value.length > 0 && (
        <Inline gap={8}>
          {value.map((id) => (
            <FilterChip key={id} name={t`Group`} value={names.get(id) ?? String(id)} onRemove={() => onChange(value.filter((one) => one !== id))} />
          ))}
        </Inline>
      )}
      <span className="rc-small rc-subtle"><Trans>The plan names the apps that come or go with a group.</Trans></span>
    </Stack>
  );
}
