import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { RouteInput, routes } from '@rollcall/contract';
import { Columns, NumberField, Stack, TextField } from '../../ui/index.ts';
import type { PeriodRule } from './use-period-rule.ts';

/** What a plan is held to beyond the workspace's rules. `people` and `percent` are NaN while they are empty. */
export interface LimitsDraft {
  readonly people: number;
  readonly percent: number;
  readonly reason: string;
}

export const noLimits: LimitsDraft = { people: Number.NaN, percent: Number.NaN, reason: '' };

/** The contract's shortest reason, in characters. */
const shortestReason = 10;

export interface PlanLimitsProps {
  readonly draft: LimitsDraft;
  readonly rule: PeriodRule;
  /** What was changed, alone: fields report in an order of their own. */
  readonly onChange: (part: Partial<LimitsDraft>) => void;
}

/** Tighter caps for this plan alone, and why a short period is right: in plain sight when the period is known to be too short. */
export function PlanLimits({ draft, rule, onChange }: PlanLimitsProps): ReactNode {
  const { t } = useLingui();
  const { minimumDays, spanDays } = rule;
  const isShort = minimumDays !== null && spanDays !== null && spanDays < minimumDays;
  const reason = rule.isAsked && (
    <TextField
      label={t`Why a short period is right`}
      description={isShort ? t`The period is ${spanDays} days, the workspace's shortest is ${minimumDays}: without a reason, a plan that rests on inactivity is refused.` : t`Only for a plan that rests on inactivity over less than the workspace's shortest period.`}
      errorMessage={isReasonTooShort(draft) ? t`Write at least 10 characters.` : undefined}
      value={draft.reason}
      onChange={(text) => onChange({ reason: text })}
      maxLength={500}
    />
  );
  return (
    <>
      {isShort && reason}
      <details className="inv-limits" onToggle={({ currentTarget }) => { if (currentTarget.open) currentTarget.scrollIntoView({ block: 'nearest' }); }}>
        <summary><Trans>More limits</Trans></summary>
        <Stack gap={12}>
          <span className="rc-small rc-subtle"><Trans>A plan that takes something from more people than this is refused as a whole. The workspace's own limits hold as well.</Trans></span>
          <Columns minWidth={200}>
            <NumberField label={t`At most`} unit={t`people`} minValue={1} step={1} maxValue={rule.caps?.people ?? 10_000_000} value={draft.people} onChange={(people) => onChange({ people })} />
            <NumberField label={t`At most, of the active accounts`} unit="%" minValue={0.1} maxValue={rule.caps?.percent ?? 100} step={0.1} value={draft.percent} onChange={(percent) => onChange({ percent })} />
          </Columns>
          {!isShort && reason}
        </Stack>
      </details>
    </>
  );
}

/** A reason that was begun, but that the server would not take. */
export function isReasonTooShort({ reason }: LimitsDraft): boolean {
  const length = reason.trim().length;
  return length > 0 && length < shortestReason;
}

/** The part of the order that the limits make: nothing where nothing was filled in. */
export function orderedLimits({ people, percent, reason }: LimitsDraft): Pick<RouteInput<typeof routes.plans.create>['body'], 'caps' | 'shortPeriodReason'> {
  const caps = { ...(Number.isNaN(people) ? {} : { people }), ...(Number.isNaN(percent) ? {} : { percent }) };
  return { ...(Object.keys(caps).length === 0 ? {} : { caps }), ...(reason.trim() === '' ? {} : { shortPeriodReason: reason.trim() }) };
}
