import type { ReactNode } from 'react';
import { Info, TriangleAlert } from 'lucide-react';
import './display.css';

export interface BannerProps {
  readonly tone?: 'warning' | 'error' | 'announcement';
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** One line over everything, for what concerns all of Rollcall ("Everything is paused"). */
export function Banner({ tone = 'warning', children, action }: BannerProps): ReactNode {
  return (
    <div className={`rc-banner rc-banner-${tone}`} role={tone === 'announcement' ? 'status' : 'alert'}>
      {tone === 'announcement' ? <Info size={16} aria-hidden /> : <TriangleAlert size={16} aria-hidden />}
      <span>{children}</span>
      {action}
    </div>
  );
}
