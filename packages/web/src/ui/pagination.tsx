import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { IconButton } from './icon-button.tsx';
import './display.css';

export interface PaginationProps {
  /** Words such as "1–50 of 1,204". */
  readonly summary?: ReactNode;
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
}

/** Back and forward through keyset pages; null says there is no such page. */
export function Pagination({ summary, onPrevious, onNext }: PaginationProps): ReactNode {
  const { t } = useLingui();
  return (
    <nav className="rc-pagination" aria-label={t`Pages`}>
      {summary !== undefined && <span className="rc-pagination-info">{summary}</span>}
      <IconButton label={t`Previous page`} icon={<ChevronLeft aria-hidden />} isDisabled={onPrevious === null} onPress={() => onPrevious?.()} />
      <IconButton label={t`Next page`} icon={<ChevronRight aria-hidden />} isDisabled={onNext === null} onPress={() => onNext?.()} />
    </nav>
  );
}
