import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi } from '@tanstack/react-router';
import { ListChecks } from 'lucide-react';
import { routes } from '@rollcall/contract';
import type { RouteAnswer } from '@rollcall/contract';
import { useChosenSource } from '../../app/chosen-source.ts';
import { api, useMay, useRead } from '../../api/index.ts';
import { Instant } from '../../i18n/index.ts';
import { BulkBar, Button, EmptyState, LinkButton, Lozenge, Page, VirtualGrid, emptySelection } from '../../ui/index.ts';
import type { GridColumn, GridSelection, GridSource } from '../../ui/index.ts';
import { useProblem } from '../../words/problems.ts';
import { actionNameOf, describeRun, runStateNames, runStateTones } from '../../words/index.ts';
import { HideDialog } from './hide-dialog.tsx';
import { RunFilters } from './run-filters.tsx';
import './runs.css';

type Run = RouteAnswer<typeof routes.runs.get>;
const route = getRouteApi('/shell/run-logs');
const pageSize = 50;

/** What was carried out, newest first. */
export function RunLogsScreen(): ReactNode {
  const { t, i18n } = useLingui();
  const problem = useProblem();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayDelete = useMay('administer');
  const chosenId = useChosenSource();
  const sources = useRead(routes.sources.list, {}).data?.items ?? [];
  const sourceId = sources.some(({ id }) => id === chosenId) ? chosenId : null;
  const [selection, setSelection] = useState<GridSelection>(emptySelection);
  const [isHiding, setHiding] = useState(false);
  const [revision, setRevision] = useState(0);
  const source = useMemo<GridSource<Run>>(() => {
    const filter = { ...search, ...(sourceId === null ? {} : { sourceId }), limit: pageSize };
    return {
      key: JSON.stringify([filter, revision]), total: null, pageSize,
      fetchPage: async (cursor, signal) => {
        const { items, next } = await api.call(routes.runs.list, { query: { ...filter, ...cursor } }, { signal });
        return { rows: items, next };
      },
    };
  }, [search, sourceId, revision]);
  const columns = useMemo<readonly GridColumn<Run>[]>(
    () => [
      { id: 'run', header: t`Run`, width: 340, grow: 3, cell: (run) => <a className="rc-link rc-truncate" tabIndex={-1} href={`/run-logs/${run.id}`} onClick={(event) => { event.preventDefault(); void navigate({ to: '/run-logs/$runId', params: { runId: run.id } }); }}>{describeRun(run)}</a> },
      { id: 'state', header: t`State`, width: 116, cell: (run) => <Lozenge appearance={runStateTones[run.state]}>{i18n._(runStateNames[run.state])}</Lozenge> },
      { id: 'result', header: t`Result`, width: 220, grow: 1, cell: (run) => <Result run={run} /> },
      { id: 'action', header: t`Action`, width: 190, cell: (run) => <span className="rc-truncate">{run.undoOf === null ? '' : `${t`Undo`}: `}{i18n._(actionNameOf(run))}</span> },
      { id: 'source', header: t`Source`, width: 150, grow: 1, cell: (run) => <span className="rc-truncate">{run.sourceName}</span> },
      { id: 'by', header: t`Who`, width: 150, cell: (run) => <span className="rc-truncate">{run.requestedBy}</span> },
      { id: 'at', header: t`When`, width: 190, cell: (run) => <Instant at={run.queuedAt} /> },
    ],
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the words in the columns change with the language
    [i18n.locale, navigate],
  );
  const ids = selection.mode === 'some' ? [...selection.ids] : [];
  const selectable = mayDelete ? { selection, onSelectionChange: (next: GridSelection) => setSelection(next.mode === 'some' ? next : emptySelection) } : {};
  return (
    <Page title={t`Run logs`} layout="fill">
      <div className="run-filters"><RunFilters search={search} onChange={(next) => void navigate({ search: next, replace: true })} /></div>
      {ids.length > 0 && (
        <BulkBar summary={<Plural value={ids.length} one="# run log selected" other="# run logs selected" />} onClear={() => setSelection(emptySelection)}>
          <Button appearance="danger" onPress={() => setHiding(true)}>{t`Delete…`}</Button>
        </BulkBar>
      )}
      <VirtualGrid
        errorText={(failure) => problem(failure).detail}
        {...selectable}
        label={t`Run logs`}
        source={source}
        columns={columns}
        rowKey={(run) => run.id}
        rowName={(run) => `${i18n._(actionNameOf(run))}, ${run.queuedAt}`}
        empty={
          <EmptyState title={t`No run logs`} icon={<ListChecks aria-hidden />} actions={<LinkButton to="/plans" appearance="primary">{t`Go to the plans`}</LinkButton>}>
            <Trans>Apply a plan, and its run log stands here. If you filter, take a filter away.</Trans>
          </EmptyState>
        }
      />
      {isHiding && <HideDialog runIds={ids} onClose={() => setHiding(false)} onHidden={() => { setSelection(emptySelection); setRevision(revision + 1); }} />}
    </Page>
  );
}

function Result({ run }: { readonly run: Run }): ReactNode {
  const { totals } = run;
  return (
    <span className="rc-inline rc-gap-4 rc-small">
      <span><Plural value={totals.verified + totals.alreadySo} one="# verified" other="# verified" /></span>
      {totals.skipped > 0 && <span className="rc-subtle">· <Plural value={totals.skipped} one="# skipped" other="# skipped" /></span>}
      {totals.failed > 0 && <Lozenge appearance="removed"><Plural value={totals.failed} one="# failed" other="# failed" /></Lozenge>}
      {totals.uncertain > 0 && <Lozenge appearance="outline"><Plural value={totals.uncertain} one="# uncertain" other="# uncertain" /></Lozenge>}
    </span>
  );
}
