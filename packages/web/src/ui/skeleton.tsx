import type { ReactNode } from 'react';
import './display.css';

export interface SkeletonProps {
  /** CSS width; default 100%. */
  readonly width?: string;
  /** CSS pixels. */
  readonly height?: number;
}

/** The shape of what is coming. */
export function Skeleton({ width = '100%', height = 16 }: SkeletonProps): ReactNode {
  return <span className="rc-skeleton" style={{ width, height }} aria-hidden />;
}
