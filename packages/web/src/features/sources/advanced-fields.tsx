import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { ComboBox, NumberField, Select } from '../../ui/index.ts';
import type { DraftFieldsProps } from './basic-fields.tsx';
import { StaleAfterField } from './stale-after-field.tsx';
import { useSyncSchedules } from './use-sync-schedules.ts';
import './sources.css';

/** Schedule, time zone and limits: all have a careful default. */
export function AdvancedFields({ draft, onChange }: DraftFieldsProps): ReactNode {
  const { t } = useLingui();
  const schedules = useSyncSchedules(draft.syncEveryMinutes);
  const zones = useMemo(() => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((zone) => ({ id: zone, label: zone })), []);
  return (
    <div className="source-form-two">
      <Select
        label={t`Sync`}
        description={t`Reads accounts, groups and last activity again by itself.`}
        options={schedules}
        value={String(draft.syncEveryMinutes)}
        onChange={(id) => onChange({ ...draft, syncEveryMinutes: id === 'null' ? null : Number(id) })}
      />
      <ComboBox
        label={t`Time zone`}
        description={t`Days of activity and periods are counted in it.`}
        options={zones}
        value={draft.timeZone}
        onChange={(timeZone) => onChange({ ...draft, timeZone: timeZone ?? 'UTC' })}
      />
      <StaleAfterField draft={draft} onChange={onChange} />
      <NumberField
        label={t`Requests a minute`}
        description={t`To each group of addresses at Atlassian. Empty: a careful 600.`}
        minValue={1}
        maxValue={1_000_000}
        value={draft.requestsPerMinute}
        onChange={(requestsPerMinute) => onChange({ ...draft, requestsPerMinute })}
      />
    </div>
  );
}
