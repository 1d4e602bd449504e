import type { ReactNode } from 'react';
import { parseDate } from '@internationalized/date';
import { CalendarDays } from 'lucide-react';
import { Button, DateInput, DateRangePicker as AriaDateRangePicker, DateSegment, Dialog, Group, Popover, RangeCalendar } from 'react-aria-components';
import { CalendarMonth } from './calendar.tsx';
import type { CivilDateText } from './date-field.tsx';
import { FieldLabel, FieldNotes } from './field.tsx';
import type { FieldProps } from './field.tsx';

/** First and last day, both included. */
export interface CivilDateRange {
  readonly start: CivilDateText;
  readonly end: CivilDateText;
}

export interface DateRangePickerProps extends FieldProps {
  readonly value: CivilDateRange | null;
  readonly onChange: (range: CivilDateRange | null) => void;
  readonly max?: CivilDateText;
  readonly isDisabled?: boolean;
}

/** Two days and all between them. */
export function DateRangePicker({ value, onChange, max, label, isLabelHidden = false, description, errorMessage, isDisabled = false }: DateRangePickerProps): ReactNode {
  const field = { label, isLabelHidden, description, errorMessage };
  return (
    <AriaDateRangePicker
      className="rc-field"
      value={value === null ? null : { start: parseDate(value.start), end: parseDate(value.end) }}
      onChange={(range) => onChange(range === null ? null : { start: range.start.toString(), end: range.end.toString() })}
      maxValue={max === undefined ? null : parseDate(max)}
      isInvalid={errorMessage !== undefined}
      isDisabled={isDisabled}
    >
      <FieldLabel {...field} />
      <Group className="rc-input rc-input-group">
        <DateInput slot="start" className="rc-date-input">{(segment) => <DateSegment segment={segment} className="rc-date-segment" />}</DateInput>
        <span className="rc-date-dash" aria-hidden>
          –
        </span>
        <DateInput slot="end" className="rc-date-input">{(segment) => <DateSegment segment={segment} className="rc-date-segment" />}</DateInput>
        <Button className="rc-input-button">
          <CalendarDays aria-hidden />
        </Button>
      </Group>
      <FieldNotes {...field} />
      <Popover className="rc-popover" offset={4}>
        <Dialog className="rc-popover-dialog rc-popover-dialog-flush">
          <RangeCalendar className="rc-calendar rc-range">
            <CalendarMonth />
          </RangeCalendar>
        </Dialog>
      </Popover>
    </AriaDateRangePicker>
  );
}
