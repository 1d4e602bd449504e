import { useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useRead } from '../../api/index.ts';

interface Limits {
  readonly sourceIds: readonly string[] | null;
  readonly sites: readonly string[] | null;
}

/** What somebody is limited to, in words. */
export function useLimits(): (limits: Limits) => string {
  const { t } = useLingui();
  const sources = useRead(routes.sources.list, {}).data?.items ?? [];
  return ({ sourceIds, sites }) => {
    if (sourceIds === null && sites === null) return t`None`;
    const names = sourceIds === null ? [t`All sources`] : sourceIds.map((id) => sources.find((source) => source.id === id)?.name ?? id);
    return [...names, ...(sites ?? [])].join(', ');
  };
}
