import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { formatPeriod, parseCivilDate, parsePeriod, resolvePeriod } from '@rollcall/core';
import type { PeriodPreset, PeriodSpec } from '@rollcall/core';
import { formatCivilDate } from '../../i18n/index.ts';
import { Button, DateRangePicker, Inline, NumberField, RadioGroup, Select, Stack } from '../../ui/index.ts';
import type { CivilDateRange } from '../../ui/index.ts';
import { presetNames } from './period-names.ts';

export interface PeriodChoiceProps {
  readonly period: string;
  /** Today in the source's time zone; null while it is not known. */
  readonly today: string | null;
  readonly onChange: (period: string) => void;
}

const presets: readonly PeriodPreset[] = ['this-month', 'last-3-months', 'last-6-months', 'last-9-months', 'last-1-year', 'last-2-years'];

/** Chooses the period: a preset, a number of days, weeks, months or years, or two dates. Each says the days it means. */
export function PeriodChoice({ period, today, onChange }: PeriodChoiceProps): ReactNode {
  const { t, i18n } = useLingui();
  const spec = parsePeriod(period);
  const [kind, setKind] = useState<string>(spec === null ? 'preset' : spec.kind);
  const [count, setCount] = useState(spec?.kind === 'rolling' ? spec.count : 90);
  const [unit, setUnit] = useState<string>(spec?.kind === 'rolling' ? spec.unit : 'days');
  const [range, setRange] = useState<CivilDateRange | null>(spec?.kind === 'range' ? { start: spec.from, end: spec.to } : null);
  const asOf = today === null ? null : parseCivilDate(today);
  const daysOf = (one: PeriodSpec): string => {
    if (asOf === null) return '';
    const { from, to } = resolvePeriod(one, asOf);
    return `${formatCivilDate(i18n.locale, from)} – ${formatCivilDate(i18n.locale, to)}`;
  };
  const letters: Readonly<Record<string, string>> = { days: 'd', weeks: 'w', months: 'm', years: 'y' };
  const rolling = parsePeriod(`${count}${letters[unit] ?? 'd'}`);
  const between = range === null ? null : parsePeriod(`${range.start}..${range.end}`);
  const wanted = kind === 'rolling' ? rolling : kind === 'range' ? between : null;
  return (
    <div className="inv-days">
      <RadioGroup
        label={t`Kind of period`}
        isLabelHidden
        value={kind}
        onChange={setKind}
        options={[
          { id: 'preset', label: t`Calendar months`, description: t`The current month and the ones before it` },
          { id: 'rolling', label: t`More than`, description: t`Counted back from today` },
          { id: 'range', label: t`Between two dates`, description: t`Answered from the history kept` },
        ]}
      />
      {kind === 'preset' && (
        <Stack gap={2}>
          {presets.map((preset) => (
            <button key={preset} type="button" className="inv-preset" aria-pressed={preset === period} onClick={() => onChange(preset)}>
              <span>{i18n._(presetNames[preset])}</span> <span className="rc-small rc-subtle rc-numeric">{daysOf({ kind: 'preset', preset })}</span>
            </button>
          ))}
        </Stack>
      )}
      {kind === 'rolling' && (
        <Inline gap={8} canWrap={false}>
          <NumberField label={t`Number`} value={count} minValue={1} maxValue={3660} onChange={setCount} />
          <Select label={t`Unit`} value={unit} onChange={setUnit} options={[{ id: 'days', label: t`days` }, { id: 'weeks', label: t`weeks` }, { id: 'months', label: t`months` }, { id: 'years', label: t`years` }]} />
        </Inline>
      )}
      {kind === 'range' && <DateRangePicker label={t`From – to`} value={range} onChange={setRange} {...(today === null ? {} : { max: today })} />}
      {kind !== 'preset' && (
        <>
          <span className="rc-small rc-subtle rc-numeric">{wanted === null ? <Trans>Choose a number or two dates.</Trans> : daysOf(wanted)}</span>
          <Button appearance="primary" isDisabled={wanted === null} onPress={() => wanted !== null && onChange(formatPeriod(wanted))}>{t`Use this period`}</Button>
        </>
      )}
    </div>
  );
}
