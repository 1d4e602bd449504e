import { useState } from 'react';
import { civilDateIn, parsePeriod, periodSpanDays, resolvePeriod } from '@rollcall/core';
import { routes } from '@rollcall/contract';
import type { RouteAnswer } from '@rollcall/contract';
import { useRead } from '../../api/index.ts';
import type { ActionSubject } from './action-dialog.tsx';

export interface PeriodRule {
  /** Only a plan made from a query can rest on inactivity; rows chosen by hand are never asked for a reason. */
  readonly isAsked: boolean;
  /** Days between the ends of the chosen period, as of today in the source's time zone; null while that is not known. */
  readonly spanDays: number | null;
  /** The workspace's shortest period, in days; null while the settings are not read, or cannot be. */
  readonly minimumDays: number | null;
  readonly caps: RouteAnswer<typeof routes.session.settings>['caps'] | null;
}

/** What the workspace's settings say about the period and the size of a plan, as the server's guards will judge it. */
export function usePeriodRule(subject: ActionSubject, timeZone: string | null): PeriodRule {
  const [now] = useState(() => new Date());
  const settings = useRead(routes.session.settings, {}).data;
  const isAsked = subject.kind === 'query';
  const spec = isAsked ? parsePeriod(subject.period) : null;
  const spanDays = spec === null || timeZone === null ? null : periodSpanDays(resolvePeriod(spec, civilDateIn(now, timeZone)));
  return { isAsked, spanDays, minimumDays: settings?.minimumPeriodDays ?? null, caps: settings?.caps ?? null };
}
