import { periodSpanDays } from '@rollcall/core';
import { z } from 'zod';
import type { AccessCondition, CivilDate, Condition, Period, Query } from '@rollcall/core';

/** What a plan rests on, frozen with it. Stored as JSON: extend, never rename. */
export const planBasis = z.object({
  kind: z.enum(['query', 'accounts', 'undo']),
  q: z.string().nullable().default(null),
  period: z.object({ text: z.string(), from: z.string(), to: z.string(), asOf: z.string() }).nullable().default(null),
  restsOnInactivity: z.boolean().default(false),
  /** The earliest day on which an activity, or a clock that began, speaks against the plan. */
  countsFrom: z.string().nullable().default(null),
  accountIds: z.array(z.number().int()).default([]),
  except: z.array(z.number().int()).default([]),
  shortPeriodReason: z.string().nullable().default(null),
  caps: z.object({ people: z.number().optional(), percent: z.number().optional() }).default({}),
  /** The limits of whoever made the plan: it sees no more when it is built in the background. */
  sourceIds: z.array(z.string()).nullable().default(null),
  sites: z.array(z.string()).nullable().default(null),
});
export type PlanBasis = z.infer<typeof planBasis>;

/** Does a query speak of activity? Then the plan rests on inactivity, and unknown activity is held for a look. */
export function restsOnInactivity(query: Query): boolean {
  return query.where !== null && speaksOfActivity(query.where);
}

function speaksOfActivity(node: Condition | AccessCondition): boolean {
  switch (node.kind) {
    case 'term':
      return node.field === 'usage' || node.field === 'lastActive';
    case 'access':
      return node.where !== null && speaksOfActivity(node.where);
    case 'not':
      return speaksOfActivity(node.part);
    case 'and':
    case 'or':
      return node.parts.some(speaksOfActivity);
  }
}

/**
 * The days that stand behind the inactivity of a query: the shortest distance of a `lastActive` term from the as-of day, or the period's own span. A query like
 * `lastActive < -5d` is as short as five days, whatever the period says.
 */
export function shortestSpanDays(query: Query, period: Period, daysBack: (value: string) => number | null): number {
  const spans = query.where === null ? [] : activitySpans(query.where, daysBack);
  const ofPeriod = periodSpanDays(period);
  return spans.length === 0 ? ofPeriod : Math.min(...spans, ...(usesUsage(query.where) ? [ofPeriod] : []));
}

/** The start of the period, or the limit of a `lastActive` term when that lies before it: `lastActive < -365d` looks further back than the last 3 months. */
export function earliestDay(query: Query, period: Period, dayOf: (value: string) => CivilDate): CivilDate {
  const limits = query.where === null ? [] : upperLimits(query.where, false).map(dayOf);
  return limits.reduce((first, day) => (day < first ? day : first), period.from);
}

/** The values that a last activity must lie before; what is negated asks the opposite. */
function upperLimits(node: Condition | AccessCondition, negated: boolean): readonly string[] {
  switch (node.kind) {
    case 'term':
      return node.field === 'lastActive' && (negated ? ['>', '>='] : ['<', '<=']).includes(node.op) ? node.values : [];
    case 'access':
      return node.where === null ? [] : upperLimits(node.where, node.quantifier === 'no' ? !negated : negated);
    case 'not':
      return upperLimits(node.part, !negated);
    case 'and':
    case 'or':
      return node.parts.flatMap((part) => upperLimits(part, negated));
  }
}

function activitySpans(node: Condition | AccessCondition, daysBack: (value: string) => number | null): readonly number[] {
  return activityValues(node).flatMap((value) => daysBack(value) ?? []);
}

function activityValues(node: Condition | AccessCondition): readonly string[] {
  switch (node.kind) {
    case 'term':
      return node.field === 'lastActive' ? node.values : [];
    case 'access':
      return node.where === null ? [] : activityValues(node.where);
    case 'not':
      return activityValues(node.part);
    case 'and':
    case 'or':
      return node.parts.flatMap(activityValues);
  }
}

function usesUsage(node: Condition | AccessCondition | null): boolean {
  if (node === null) return false;
  switch (node.kind) {
    case 'term':
      return node.field === 'usage';
    case 'access':
      return usesUsage(node.where);
    case 'not':
      return usesUsage(node.part);
    case 'and':
    case 'or':
      return node.parts.some(usesUsage);
  }
}
