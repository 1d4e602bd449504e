import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useRead } from '../../api/index.ts';
import { Reading } from '../../app/reading.tsx';
import { FormattedNumber, Duration, Instant, formatNumber } from '../../i18n/index.ts';
import { Lozenge, Stack, Table } from '../../ui/index.ts';
import type { TableColumn } from '../../ui/index.ts';
import { syncStateNames, syncStateTones } from '../../words/sources.ts';
import { useSyncProblem } from '../../words/sync-problems.ts';
import type { Sync } from './sync-progress.tsx';

/** The last syncs of a source: when, how long, what came of it. */
export function SyncHistory({ sourceId }: { readonly sourceId: string }): ReactNode {
  const { t, i18n } = useLingui();
  const problemOf = useSyncProblem();
  const syncs = useRead(routes.sources.syncs, { params: { sourceId } });
  const number = (value: number | undefined): string => formatNumber(i18n.locale, value ?? 0);
  /** What a reading that was held had found, in short: what to do about it stands above. */
  const shrunken = ({ problem, totals }: Sync): string | null => (problem?.code === 'suspiciouslySmall' ? t`${number(totals['read'])} accounts where there were ${number(totals['known'])}` : null);
  const columns: readonly TableColumn<Sync>[] = [
    { id: 'when', header: t`When`, isRowHeader: true, cell: (sync) => <span className="source-cell"><Instant at={sync.startedAt ?? sync.queuedAt} /></span> },
    {
      id: 'state',
      header: t`Result`,
      width: '34%',
      cell: (sync) => (
        <Stack gap={2}>
          <span>
            <Lozenge appearance={syncStateTones[sync.state]}>{isDropped(sync) ? t`Dropped` : i18n._(syncStateNames[sync.state])}</Lozenge>
          </span>
          {sync.problem !== null && <span className="rc-small rc-subtle">{shrunken(sync) ?? problemOf(sync.problem)}</span>}
        </Stack>
      ),
    },
    { id: 'accounts', header: t`Accounts`, align: 'end', cell: (sync) => (sync.state !== 'done' || sync.totals['accounts'] === undefined ? '–' : <FormattedNumber value={sync.totals['accounts']} />) },
    { id: 'took', header: t`Took`, align: 'end', cell: (sync) => (sync.startedAt === null || sync.finishedAt === null ? '–' : <span className="source-cell"><Duration seconds={(Date.parse(sync.finishedAt) - Date.parse(sync.startedAt)) / 1000} /></span>) },
    { id: 'by', header: t`Asked for by`, cell: (sync) => (sync.requestedBy === 'schedule' ? t`Schedule` : sync.requestedBy) },
  ];
  return (
    <Reading of={syncs}>{({ items }) => <Table label={t`Last syncs`} columns={columns} rows={items} rowKey={(sync) => sync.id} empty={t`No sync yet. Choose Sync now.`} />}</Reading>
  );
}

/** A held reading that somebody decided not to take. */
function isDropped({ state, problem }: Sync): boolean {
  return state === 'cancelled' && problem?.code === 'suspiciouslySmall';
}
