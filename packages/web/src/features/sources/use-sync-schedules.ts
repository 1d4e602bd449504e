import { useLingui } from '@lingui/react/macro';
import type { Option } from '../../ui/index.ts';

/** How often a source may sync; an interval set elsewhere (CLI, API) is offered too. The id is the minutes, or `null` for by hand. */
export function useSyncSchedules(current: number | null): readonly Option[] {
  const { t } = useLingui();
  const offered: readonly Option[] = [
    { id: '60', label: t`Every hour` },
    { id: '360', label: t`Every 6 hours` },
    { id: '720', label: t`Every 12 hours` },
    { id: '1440', label: t`Every day` },
    { id: '10080', label: t`Every week` },
    { id: 'null', label: t`Only by hand` },
  ];
  if (current === null || offered.some((option) => option.id === String(current))) return offered;
  return [{ id: String(current), label: t`Every ${current} minutes` }, ...offered];
}
