import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react';
import { formatCivilDate, formatDuration, formatInstant, formatNumber, formatRelative } from './format.ts';
import type { DateStyle } from './format.ts';

/** A day (`yyyy-MM-dd`). */
export function CivilDate({ date, style = 'medium' }: { readonly date: string; readonly style?: DateStyle }): ReactNode {
  const { i18n } = useLingui();
  return (
    <time dateTime={date} className="rc-numeric">
      {formatCivilDate(i18n.locale, date, style)}
    </time>
  );
}

/** An ISO instant, in the reader's time zone. */
export function Instant({ at, style = 'medium' }: { readonly at: string; readonly style?: DateStyle }): ReactNode {
  const { i18n } = useLingui();
  return (
    <time dateTime={at} className="rc-numeric" title={at}>
      {formatInstant(i18n.locale, at, style)}
    </time>
  );
}

/** "3 hours ago", kept up to date each minute; the exact instant is its title. */
export function RelativeTime({ at }: { readonly at: string }): ReactNode {
  const { i18n } = useLingui();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={formatInstant(i18n.locale, at, 'long')}>
      {formatRelative(i18n.locale, at, now)}
    </time>
  );
}

export function FormattedNumber({ value }: { readonly value: number }): ReactNode {
  const { i18n } = useLingui();
  return <span className="rc-numeric">{formatNumber(i18n.locale, value)}</span>;
}

export function Duration({ seconds }: { readonly seconds: number }): ReactNode {
  const { i18n } = useLingui();
  return <span className="rc-numeric">{formatDuration(i18n.locale, seconds)}</span>;
}
