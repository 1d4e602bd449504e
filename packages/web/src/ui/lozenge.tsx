import type { ReactNode } from 'react';
import './display.css';

export type LozengeAppearance = 'default' | 'success' | 'inprogress' | 'moved' | 'removed' | 'new' | 'outline';

export interface LozengeProps {
  /** `outline` (dashed) is for what is not known. */
  readonly appearance?: LozengeAppearance;
  readonly children: ReactNode;
}

/** A state in one or two words. The words carry the meaning; the colour only helps. */
export function Lozenge({ appearance = 'default', children }: LozengeProps): ReactNode {
  return (
    <span className={`rc-lozenge rc-lozenge-${appearance}`}>
      <span>{children}</span>
    </span>
  );
}
