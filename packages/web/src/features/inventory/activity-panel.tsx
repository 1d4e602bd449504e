import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useRead } from '../../api/index.ts';
import { CivilDate, Instant, formatCivilDate } from '../../i18n/index.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { Spinner } from '../../ui/index.ts';

export interface ActivityPanelProps {
  readonly accountId: number;
  readonly name: string;
  readonly resourceId: number;
  readonly title: string;
}

/** The days a person was seen active in an app: a strip for each month, and the list. */
export function ActivityPanel({ accountId, name, resourceId, title }: ActivityPanelProps): ReactNode {
  const { t } = useLingui();
  const { data, error } = useRead(routes.inventory.activity, { params: { accountId }, query: { resourceId } });
  if (error !== null) return <ProblemMessage error={error} />;
  return (
    <div className="inv-days">
      <h3>
        <Trans>
          {name} in {title}
        </Trans>
      </h3>
      {data === undefined ? (
        <Spinner label={t`Loading`} />
      ) : (
        <>
          {data.lastAt === null ? data.days.length === 0 && <p><Trans>No activity has been seen.</Trans></p> : <p><Trans>Last active: <Instant at={data.lastAt} /></Trans></p>}
          {data.days.length > 0 && <Months days={data.days} />}
          {data.days.length > 0 && <DayList days={data.days} />}
          <p className="rc-small rc-subtle">
            {data.historyFrom === null ? <Trans>No history is kept yet: each sync adds the days it sees.</Trans> : <Trans>History kept since <CivilDate date={data.historyFrom} />. Days in the time zone {data.timeZone}.</Trans>}
          </p>
        </>
      )}
    </div>
  );
}

const mostMonths = 24;

function Months({ days }: { readonly days: readonly string[] }): ReactNode {
  const { t, i18n } = useLingui();
  const seen = new Set(days);
  const months = [...new Set(days.map((day) => day.slice(0, 7)))].toSorted().toReversed().slice(0, mostMonths);
  const format = new Intl.DateTimeFormat(i18n.locale, { year: 'numeric', month: 'short', timeZone: 'UTC' });
  return (
    <div className="inv-months" role="group" aria-label={t`Days seen active, by month`} tabIndex={0}>
      {months.map((month) => {
        const count = days.filter((day) => day.startsWith(month)).length;
        const monthName = format.format(new Date(`${month}-01T00:00:00Z`));
        const length = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
        return (
          <div key={month} className="inv-month">
            <span className="rc-small rc-numeric">{monthName}</span>
            <div className="inv-month-days" role="img" aria-label={t`${monthName}: ${count} days`}>
              {Array.from({ length: 31 }, (_, index) => {
                const day = `${month}-${String(index + 1).padStart(2, '0')}`;
                return <span key={day} className="inv-day" data-active={seen.has(day) || undefined} data-outside={index >= length || undefined} title={formatCivilDate(i18n.locale, index < length ? day : '')} />;
              })}
            </div>
          </div>
        );
      })}
    </div>
  );
}

const mostDays = 12;

function DayList({ days }: { readonly days: readonly string[] }): ReactNode {
  const latest = days.toSorted().toReversed();
  const more = latest.length - mostDays;
  return (
    <p className="rc-small">
      {latest.slice(0, mostDays).map((day, index) => (
        <span key={day}>
          {index > 0 && ' · '}
          <time dateTime={day} className="rc-numeric">{day}</time>
        </span>
      ))}
      {more > 0 && <span className="rc-subtle"> <Trans>and {more} more</Trans></span>}
    </p>
  );
}
