import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { ChevronDown, UserRoundX } from 'lucide-react';
import { formatNumber } from '../../i18n/index.ts';
import { IconButton, Menu } from '../../ui/index.ts';
import { usageNames } from '../../words/usage.ts';
import type { UsageCounts } from './use-inventory.ts';

const nonUsers = ['inactive', 'never'] as const;
export type Narrowing = readonly string[];

export interface ColumnHeaderProps {
  readonly title: string;
  readonly counts: UsageCounts | undefined;
  /** The classes that the list is narrowed to in this app now. */
  readonly chosen: Narrowing;
  readonly onNarrow: (usages: Narrowing) => void;
}

/** In an app's column header: how many do not use it. One click narrows the list to them; the menu to any class alone. */
export function ColumnHeader({ title, counts, chosen, onNarrow }: ColumnHeaderProps): ReactNode {
  const { t, i18n } = useLingui();
  const number = (value: number | null | undefined): string => (value === null || value === undefined ? '–' : formatNumber(i18n.locale, value));
  const count = counts === undefined ? undefined : counts.inactive + counts.never;
  const isChosen = chosen.length === 2 && nonUsers.every((one) => chosen.includes(one));
  const shown = number(count);
  const holders = number(counts?.holders);
  const label = t`${title}: only the ${shown} non-users of ${holders} with access (inactive and never accessed)`;
  const classes = [
    ['active', counts?.active], ['lowUsage', counts?.lowUsage], ['inactive', counts?.inactive], ['never', counts?.never], ['unknown', counts?.unknown],
  ] as const;
  const act = (id: string): void => onNarrow(id === 'all' ? [] : id === 'nonUsers' ? nonUsers : [id]);
  return (
    <span className="inv-head">
      <button type="button" className="inv-head-count" aria-pressed={isChosen} aria-label={label} title={label} onClick={() => onNarrow(isChosen ? [] : nonUsers)}>
        <UserRoundX size={13} aria-hidden />
        {shown}
      </button>
      <Menu
        label={t`Narrow to a class of ${title}`}
        trigger={<IconButton spacing="compact" hasTooltip={false} label={t`Classes of ${title}`} icon={<ChevronDown aria-hidden />} />}
        groups={[
          { id: 'nonUsers', heading: title, items: [{ id: 'nonUsers', label: t`Non-users`, description: t`${shown}: inactive and never accessed`, isSelected: isChosen }] },
          { id: 'classes', heading: t`One class`, items: classes.map(([id, value]) => ({ id, label: i18n._(usageNames[id]), description: value === null ? t`The history does not reach back far enough` : number(value), isSelected: chosen.length === 1 && chosen[0] === id })) },
          { id: 'all', items: [{ id: 'all', label: t`Everybody`, description: t`${holders} with access`, isDisabled: chosen.length === 0 }] },
        ]}
        onAction={act}
      />
    </span>
  );
}
