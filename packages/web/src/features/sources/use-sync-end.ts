import { useEffect, useRef } from 'react';
import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { showFlag } from '../../ui/index.ts';
import { openStates } from './sync-progress.tsx';
import type { Sync } from './sync-progress.tsx';

/** Tells whoever is looking that a sync of the source has ended, and reads again what it changed; also one that was over before its progress could be shown. */
export function useSyncEnd(lastSync: Sync | null | undefined): void {
  const { t } = useLingui();
  const queries = useQueryClient();
  const seen = useRef<{ readonly id: string | undefined; readonly state: Sync['state'] | undefined } | null>(null);
  const id = lastSync?.id;
  const state = lastSync?.state;
  const sourceName = lastSync?.sourceName ?? '';
  const wasRead = t`${sourceName} was read`;
  const wasCancelled = t`The sync of ${sourceName} was cancelled`;
  const nothingChanged = t`The inventory is as it was.`;
  const isDecided = state === 'cancelled' && lastSync?.problem?.code === 'suspiciouslySmall';
  const isKnown = lastSync !== undefined;
  useEffect(() => {
    if (!isKnown) return;
    const before = seen.current;
    seen.current = { id, state };
    if (before === null || (before.id === id && before.state === state)) return;
    // The progress may be gone before it has heard of the end: what is read and taken stands in several lists.
    if (state !== undefined && !openStates.has(state)) void queries.invalidateQueries();
    if (state === 'done') showFlag({ tone: 'success', title: wasRead });
    if (state === 'cancelled' && !isDecided) showFlag({ tone: 'info', title: wasCancelled, description: nothingChanged });
  }, [queries, id, state, isKnown, isDecided, wasRead, wasCancelled, nothingChanged]);
}
