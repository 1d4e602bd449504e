import type { ReactNode } from 'react';
import '../field.css';

export interface GridCheckboxProps {
  readonly label: string;
  readonly isChecked: boolean;
  readonly isIndeterminate?: boolean;
  readonly isTabStop?: boolean;
  readonly onToggle: (isShift: boolean) => void;
}

/** The browser's own checkbox: hundreds are mounted while scrolling, and the kit's full one costs ten times as much. */
export function GridCheckbox({ label, isChecked, isIndeterminate = false, isTabStop = false, onToggle }: GridCheckboxProps): ReactNode {
  return (
    <label className="rc-grid-checkbox">
      <input
        type="checkbox"
        aria-label={label}
        tabIndex={isTabStop ? 0 : -1}
        checked={isChecked}
        ref={(input) => {
          if (input !== null) input.indeterminate = isIndeterminate;
        }}
        onChange={(event) => onToggle(event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
        onClick={(event) => event.stopPropagation()}
      />
    </label>
  );
}
