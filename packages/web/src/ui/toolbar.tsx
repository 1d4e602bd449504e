import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Button } from './button.tsx';
import './display.css';

export interface ToolbarProps {
  readonly label: string;
  readonly children: ReactNode;
  /** Right side: export, columns. */
  readonly end?: ReactNode;
}

/** A row of filters and actions over a list; wraps on narrow screens. */
export function Toolbar({ label, children, end }: ToolbarProps): ReactNode {
  return (
    <div className="rc-toolbar" role="group" aria-label={label}>
      {children}
      {end !== undefined && <div className="rc-toolbar-end">{end}</div>}
    </div>
  );
}

export interface BulkBarProps {
  /** Words such as "All 3,412 matching selected". */
  readonly summary: ReactNode;
  readonly onClear: () => void;
  /** Buttons for what can be done with the selected rows. */
  readonly children: ReactNode;
}

/** What can be done with the selected rows; stands over the list while something is selected. */
export function BulkBar({ summary, onClear, children }: BulkBarProps): ReactNode {
  const { t } = useLingui();
  return (
    <div className="rc-bulk" role="group" aria-label={t`Actions for the selected rows`}>
      <span className="rc-bulk-count" role="status">
        {summary}
      </span>
      {children}
      <span className="rc-bulk-end">
        <Button appearance="subtle" onPress={onClear}>{t`Clear selection`}</Button>
      </span>
    </div>
  );
}
