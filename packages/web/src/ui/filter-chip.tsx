import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { Button } from 'react-aria-components';
import './display.css';

export interface FilterChipProps {
  /** What is filtered, e.g. "App". */
  readonly name: string;
  /** By what, e.g. "Jira". */
  readonly value: string;
  readonly onRemove?: () => void;
}

/** One filter in force, which can be taken away. */
export function FilterChip({ name, value, onRemove }: FilterChipProps): ReactNode {
  const { t } = useLingui();
  return (
    <span className="rc-chip">
      <span className="rc-chip-text">
        {name}: <b>{value}</b>
      </span>
      {onRemove !== undefined && (
        <Button className="rc-chip-remove" aria-label={t`Remove filter ${name}: ${value}`} onPress={onRemove}>
          <X aria-hidden />
        </Button>
      )}
    </span>
  );
}
