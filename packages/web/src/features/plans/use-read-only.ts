import { routes } from '@rollcall/contract';
import { useRead } from '../../api/index.ts';

/** Whether a source takes no changes; false while that is not known: the server decides again. */
export function useReadOnly(sourceId: string): boolean {
  return useRead(routes.sources.list, {}).data?.items.find(({ id }) => id === sourceId)?.readOnly === true;
}
