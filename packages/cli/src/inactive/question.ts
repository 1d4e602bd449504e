import { formatPeriod, parseCivilDate, parsePeriod, resolvePeriod } from '@rollcall/core';
import type { CivilDate, Period, PeriodSpec } from '@rollcall/core';
import type { ExportDate } from '@rollcall/connectors/csv';
import { UsageError } from './usage-error.ts';

/** Which accounts are listed by status; `any` lists all. */
export const askedStatuses = ['active', 'suspended', 'deactivated', 'invited', 'unknown', 'any'] as const;
export type AskedStatus = (typeof askedStatuses)[number];
export const outputFormats = ['table', 'csv', 'json'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** What is asked of a file, as it stands on the command line. */
export interface InactiveQuestion {
  readonly file: string;
  /** Any name of the app: `jira`, `Jira Software`, `jsm`. */
  readonly app?: string | undefined;
  readonly site?: string | undefined;
  /** A period as core reads it: `90d`, `6m`, `last-3-months`, `2026-01-01..2026-03-31`. */
  readonly inactiveFor: string;
  /** `with` lists never-accessed accounts beside the inactive ones, `only` lists them alone. */
  readonly never?: 'with' | 'only' | undefined;
  /** YYYY-MM-DD. */
  readonly exported?: string | undefined;
  readonly asOf?: string | undefined;
  readonly status?: AskedStatus | undefined;
  readonly format: OutputFormat;
}

/** The question with its days worked out. */
export interface AskedPeriod {
  readonly spec: PeriodSpec;
  readonly text: string;
  readonly period: Period;
  readonly asOf: CivilDate;
  readonly exported: ExportDate;
}

/** Reads a day given by an option. Throws {@link UsageError} naming the option. */
export function dayOption(option: string, text: string | undefined): CivilDate | undefined {
  if (text === undefined) return undefined;
  const day = parseCivilDate(text);
  if (day === null) throw new UsageError(`${option} ${text} is not a day. Write it as YYYY-MM-DD, for example ${option} 2026-11-22.`);
  return day;
}

/** Reads the period. Throws {@link UsageError}. */
export function periodOption(text: string): PeriodSpec {
  const spec = parsePeriod(text);
  if (spec === null) {
    throw new UsageError(
      `--inactive-for ${text} is not a period. Write 90d, 13w, 6m or 2y, a preset (this-month, last-3-months, last-6-months, last-9-months, last-1-year, last-2-years), or two days: 2026-01-01..2026-03-31.`,
    );
  }
  return spec;
}

/** The days a period means: as of the export's day unless another was asked for. */
export function askedPeriod(spec: PeriodSpec, exported: ExportDate, asOf: CivilDate | undefined): AskedPeriod {
  const day = asOf ?? exported.on;
  return { spec, text: formatPeriod(spec), period: resolvePeriod(spec, day), asOf: day, exported };
}
