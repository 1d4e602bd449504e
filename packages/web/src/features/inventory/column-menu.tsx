import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Columns3 } from 'lucide-react';
import { Button, MultiSelect, Popover } from '../../ui/index.ts';
import { detailColumns, detailNames, resourceTitle } from './columns.tsx';
import type { ResourceColumn } from './use-inventory.ts';

export interface ColumnMenuProps {
  readonly resources: readonly ResourceColumn[];
  readonly shown: readonly string[];
  readonly onChange: (shown: readonly string[] | null) => void;
}

/** Which details, apps and sites are columns. */
export function ColumnMenu({ resources, shown, onChange }: ColumnMenuProps): ReactNode {
  const { t, i18n } = useLingui();
  const details = detailColumns.map((id) => ({ id, label: i18n._(detailNames[id]) }));
  const apps = resources.map((resource) => ({ id: `r${resource.resourceId}`, label: resourceTitle(resource, resources), description: `${resource.site} · ${resource.sourceName}` }));
  const inOrder = [...details, ...apps].map(({ id }) => id);
  const choose = (own: readonly { readonly id: string }[], ids: readonly string[]): void => {
    const kept = new Set([...shown.filter((id) => !own.some((option) => option.id === id)), ...ids]);
    onChange(inOrder.filter((id) => kept.has(id)));
  };
  return (
    <Popover label={t`Columns`} placement="bottom end" trigger={<Button iconBefore={<Columns3 aria-hidden />}>{t`Columns`}</Button>}>
      <div className="inv-days">
        <MultiSelect label={t`Apps and sites`} placeholder={t`No app`} options={apps} value={apps.map(({ id }) => id).filter((id) => shown.includes(id))} onChange={(ids) => choose(apps, ids)} />
        <MultiSelect label={t`Details`} placeholder={t`No details`} options={details} value={details.map(({ id }) => id).filter((id) => shown.includes(id))} onChange={(ids) => choose(details, ids)} />
        <Button appearance="link" onPress={() => onChange(null)}>{t`Back to the usual columns`}</Button>
      </div>
    </Popover>
  );
}
