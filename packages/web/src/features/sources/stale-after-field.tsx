import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useRead } from '../../api/index.ts';
import { NumberField } from '../../ui/index.ts';
import type { DraftFieldsProps } from './basic-fields.tsx';

/** After how long a reading is too old. Empty for a new source: what the workspace's settings say, which is named. */
export function StaleAfterField({ draft, onChange }: DraftFieldsProps): ReactNode {
  const { t } = useLingui();
  const settings = useRead(routes.session.settings, {});
  const hours = settings.data?.freshnessHours;
  const rule = t`Plans that rest on inactivity are refused on older data.`;
  return (
    <NumberField
      label={t`Out of date after`}
      unit={t`hours`}
      description={Number.isNaN(draft.staleAfterHours) && hours !== undefined ? `${rule} ${t`Empty: ${hours}, as the settings of the workspace say.`}` : rule}
      minValue={1}
      maxValue={8760}
      value={draft.staleAfterHours}
      onChange={(staleAfterHours) => onChange({ ...draft, staleAfterHours })}
    />
  );
}
