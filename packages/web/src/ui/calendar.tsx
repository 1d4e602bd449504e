import type { ReactNode } from 'react';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button, CalendarCell, CalendarGrid, Heading } from 'react-aria-components';

/** The month head and grid inside a Calendar or RangeCalendar. */
export function CalendarMonth(): ReactNode {
  return (
    <>
      <div className="rc-calendar-header">
        <Button slot="previous" className="rc-input-button">
          <ChevronLeft aria-hidden />
        </Button>
        <Heading />
        <Button slot="next" className="rc-input-button">
          <ChevronRight aria-hidden />
        </Button>
      </div>
      <CalendarGrid className="rc-calendar-grid">{(date) => <CalendarCell date={date} className="rc-calendar-cell" />}</CalendarGrid>
    </>
  );
}
