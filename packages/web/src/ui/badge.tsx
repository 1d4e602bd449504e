import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react';
import './display.css';

export interface BadgeProps {
  readonly value: number;
  /** Greater numbers are shown as "99+". */
  readonly max?: number;
  readonly appearance?: 'default' | 'primary' | 'important' | 'added';
}

/** A small count. */
export function Badge({ value, max, appearance = 'default' }: BadgeProps): ReactNode {
  const { i18n } = useLingui();
  const text = max !== undefined && value > max ? `${i18n.number(max)}+` : i18n.number(value);
  return <span className={`rc-badge rc-badge-${appearance}`}>{text}</span>;
}
