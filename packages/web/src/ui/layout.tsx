import type { CSSProperties, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import './display.css';

/** CSS pixels between the parts. */
export type Gap = 2 | 4 | 8 | 12 | 16 | 24;

export interface StackProps {
  readonly gap?: Gap;
  readonly children: ReactNode;
}

/** Parts below each other. */
export function Stack({ gap = 8, children }: StackProps): ReactNode {
  return <div className={`rc-stack rc-gap-${gap}`}>{children}</div>;
}

export interface InlineProps extends StackProps {
  readonly canWrap?: boolean;
}

/** Parts beside each other. */
export function Inline({ gap = 8, canWrap = true, children }: InlineProps): ReactNode {
  return <div className={classNames(`rc-inline rc-gap-${gap}`, canWrap && 'rc-inline-wrap')}>{children}</div>;
}

export interface ColumnsProps {
  /** A column gets narrower than this (CSS pixels) only when the screen is. */
  readonly minWidth?: number;
  readonly children: ReactNode;
}

/** Equal columns, as many as fit. */
export function Columns({ minWidth = 240, children }: ColumnsProps): ReactNode {
  const style: CSSProperties = { '--rc-column-min': `${minWidth}px` };
  return (
    <div className="rc-columns" style={style}>
      {children}
    </div>
  );
}
