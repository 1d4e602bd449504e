import { msg, plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { MessageDescriptor } from '@lingui/core';
import { parsePeriod } from '@rollcall/core';
import type { PeriodPreset } from '@rollcall/core';

export const presetNames: Readonly<Record<PeriodPreset, MessageDescriptor>> = {
  'this-month': msg`This month`,
  'last-3-months': msg`Last 3 months`,
  'last-6-months': msg`Last 6 months`,
  'last-9-months': msg`Last 9 months`,
  'last-1-year': msg`Last 1 year`,
  'last-2-years': msg`Last 2 years`,
};

/** The name of a period as it stands in addresses. */
export function usePeriodName(): (period: string) => string {
  const { i18n } = useLingui();
  return (period) => {
    const spec = parsePeriod(period);
    if (spec === null) return period;
    if (spec.kind === 'preset') return i18n._(presetNames[spec.preset]);
    if (spec.kind === 'range') return `${spec.from} – ${spec.to}`;
    const { count } = spec;
    switch (spec.unit) {
      case 'days':
        return i18n._(msg`${plural(count, { one: '# day', other: '# days' })}`);
      case 'weeks':
        return i18n._(msg`${plural(count, { one: '# week', other: '# weeks' })}`);
      case 'months':
        return i18n._(msg`${plural(count, { one: '# month', other: '# months' })}`);
      case 'years':
        return i18n._(msg`${plural(count, { one: '# year', other: '# years' })}`);
    }
  };
}
