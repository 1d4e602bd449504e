import { Suspense, lazy } from 'react';
import type { ReactNode } from 'react';
import type { DatePickerProps } from './date-field.tsx';
import type { DateRangePickerProps } from './date-range-field.tsx';
import { Skeleton } from './skeleton.tsx';

// Calendars are 32 KB gzipped: a screen that may show one does not wait for them.
const LoadedDatePicker = lazy(async () => ({ default: (await import('./date-field.tsx')).DatePicker }));
const LoadedDateRangePicker = lazy(async () => ({ default: (await import('./date-range-field.tsx')).DateRangePicker }));

/** A day, typed part by part or picked from a calendar. */
export function DatePicker(props: DatePickerProps): ReactNode {
  return (
    <Suspense fallback={<Skeleton height={52} />}>
      <LoadedDatePicker {...props} />
    </Suspense>
  );
}

/** Two days and all between them. */
export function DateRangePicker(props: DateRangePickerProps): ReactNode {
  return (
    <Suspense fallback={<Skeleton height={52} />}>
      <LoadedDateRangePicker {...props} />
    </Suspense>
  );
}
