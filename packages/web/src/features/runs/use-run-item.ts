import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { routes } from '@rollcall/contract';
import { readKey, useRead } from '../../api/index.ts';
import type { RunItem } from './run-rows.tsx';

/** One row of a run as it stands: as the list had it, then read again at each `beat`. `set`: what a re-check or a settlement answered. */
export function useRunItem(runId: string, listed: RunItem, beat: number): { readonly item: RunItem; readonly set: (item: RunItem) => void } {
  const queries = useQueryClient();
  const input = { params: { runId, itemId: listed.id } };
  const { data } = useRead(routes.runs.item, input);
  const key = readKey(routes.runs.item, input);
  const address = JSON.stringify(key);
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: key });
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key is a new array each time; its text is the same while the row is
  }, [queries, address, beat]);
  return { item: data !== undefined && data.updatedAt >= listed.updatedAt ? data : listed, set: (item) => queries.setQueryData(key, item) };
}
