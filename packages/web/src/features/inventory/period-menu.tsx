import { Suspense, lazy } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { CalendarDays, ChevronDown } from 'lucide-react';
import { formatCivilDate } from '../../i18n/index.ts';
import { Button, Popover, Spinner } from '../../ui/index.ts';
import { usePeriodName } from './period-names.ts';
import type { ResolvedPeriod } from './use-inventory.ts';

const PeriodChoice = lazy(() => import('./period-choice.tsx').then(({ PeriodChoice: component }) => ({ default: component })));

export interface PeriodMenuProps {
  readonly period: string;
  readonly resolved: ResolvedPeriod | null;
  readonly onChange: (period: string) => void;
}

/** The period that activity is judged by, with the days it means. */
export function PeriodMenu({ period, resolved, onChange }: PeriodMenuProps): ReactNode {
  const { t } = useLingui();
  const name = usePeriodName()(period);
  return (
    <Popover
      label={t`Period`}
      trigger={
        <Button iconBefore={<CalendarDays aria-hidden />} iconAfter={<ChevronDown aria-hidden />} aria-label={t`Period: ${name}`}>
          {name}
        </Button>
      }
    >
      {(close) => (
        <Suspense fallback={<Spinner label={t`Loading`} />}>
          <PeriodChoice period={period} today={resolved?.asOf ?? null} onChange={(next) => {
            onChange(next);
            close();
          }} />
        </Suspense>
      )}
    </Popover>
  );
}

/** "1 Sep 2026 – 23 Nov 2026 (UTC)". */
export function ResolvedDates({ period }: { readonly period: ResolvedPeriod }): ReactNode {
  const { t, i18n } = useLingui();
  const from = formatCivilDate(i18n.locale, period.from);
  const to = formatCivilDate(i18n.locale, period.to);
  return <span className="rc-numeric">{t`${from} – ${to}, time zone ${period.timeZone}`}</span>;
}
