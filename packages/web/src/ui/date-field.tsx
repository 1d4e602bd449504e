import type { ReactNode } from 'react';
import { parseDate } from '@internationalized/date';
import { CalendarDays } from 'lucide-react';
import { Button, Calendar, DateInput, DatePicker as AriaDatePicker, DateSegment, Dialog, Group, Popover } from 'react-aria-components';
import { CalendarMonth } from './calendar.tsx';
import { FieldLabel, FieldNotes } from './field.tsx';
import type { FieldProps } from './field.tsx';

/** A civil date, `yyyy-MM-dd`. It names a day, not an instant, so no time zone can move it. */
export type CivilDateText = string;

export interface DatePickerProps extends FieldProps {
  readonly value: CivilDateText | null;
  readonly onChange: (date: CivilDateText | null) => void;
  readonly min?: CivilDateText;
  readonly max?: CivilDateText;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
}

/** A day, typed part by part or picked from a calendar. */
export function DatePicker({ value, onChange, min, max, label, isLabelHidden = false, description, errorMessage, isRequired = false, isDisabled = false }: DatePickerProps): ReactNode {
  const field = { label, isLabelHidden, description, errorMessage };
  return (
    <AriaDatePicker
      className="rc-field"
      value={value === null ? null : parseDate(value)}
      onChange={(date) => onChange(date === null ? null : date.toString())}
      minValue={min === undefined ? null : parseDate(min)}
      maxValue={max === undefined ? null : parseDate(max)}
      isInvalid={errorMessage !== undefined}
      isRequired={isRequired}
      isDisabled={isDisabled}
    >
      <FieldLabel {...field} isRequired={isRequired} />
      <Group className="rc-input rc-input-group">
        <DateInput className="rc-date-input">{(segment) => <DateSegment segment={segment} className="rc-date-segment" />}</DateInput>
        <Button className="rc-input-button">
          <CalendarDays aria-hidden />
        </Button>
      </Group>
      <FieldNotes {...field} />
      <Popover className="rc-popover" offset={4}>
        <Dialog className="rc-popover-dialog rc-popover-dialog-flush">
          <Calendar className="rc-calendar">
            <CalendarMonth />
          </Calendar>
        </Dialog>
      </Popover>
    </AriaDatePicker>
  );
}
