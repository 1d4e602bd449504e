import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { routes } from '@rollcall/contract';
import type { RouteAnswer } from '@rollcall/contract';
import { useMay, useRouteEvents, useWrite } from '../../api/index.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { formatDuration, formatNumber } from '../../i18n/index.ts';
import { Button, Card, Inline, ProgressBar, Stack } from '../../ui/index.ts';
import { syncStepNames } from '../../words/sources.ts';

export type Sync = RouteAnswer<typeof routes.sources.getSync>;

export const openStates: ReadonlySet<Sync['state']> = new Set(['queued', 'running', 'finalising']);

export function isOpen(sync: Sync): boolean {
  return openStates.has(sync.state);
}

/** A sync as it runs, followed live; everything that it changes is read again at its end. */
export function SyncProgress({ sync: first, title }: { readonly sync: Sync; readonly title: string }): ReactNode {
  const { t, i18n } = useLingui();
  const queries = useQueryClient();
  const mayCancel = useMay('sync');
  const { latest } = useRouteEvents(routes.sources.syncEvents, { params: { syncId: first.id } }, (event) => !isOpen(event));
  const cancel = useWrite(routes.sources.cancelSync, [routes.sources.get, routes.sources.list]);
  const sync = latest ?? first;
  const hasEnded = !isOpen(sync);
  const { state } = sync;
  // What is read and taken stands in several lists; a new state alone in that of the syncs.
  useEffect(() => {
    void queries.invalidateQueries(hasEnded ? {} : { queryKey: [routes.sources.syncs.path] });
  }, [state, hasEnded, queries]);
  // The request is taken at once; the sync ends within the page that it is reading.
  const isCancelling = cancel.isPending || cancel.data !== undefined;
  const { progress } = sync;
  const known = progress === null ? undefined : syncStepNames[progress.step];
  const step = known === undefined ? (progress?.text ?? t`Waiting for its turn`) : i18n._(known);
  return (
    <Card title={title} actions={mayCancel && !hasEnded && state !== 'finalising' && <Button spacing="compact" isPending={isCancelling} onPress={() => cancel.mutate({ params: { syncId: sync.id } })}>{isCancelling ? t`Cancelling…` : t`Cancel sync`}</Button>}>
      <Stack gap={8}>
        <ProgressBar label={step} value={progress?.total == null ? null : progress.done} max={progress?.total ?? 1} valueText={countOf(i18n.locale, progress)} />
        <Inline gap={16}>
          {progress?.secondsLeft != null && <span className="rc-small rc-subtle">{t`About ${formatDuration(i18n.locale, progress.secondsLeft)} left`}</span>}
          {Object.entries(progress?.facts ?? {}).map(([name, value]) => (
            <Fact key={name} name={name} value={value} />
          ))}
        </Inline>
        <ProblemMessage error={cancel.error} />
      </Stack>
    </Card>
  );
}

function countOf(language: string, progress: Sync['progress']): string {
  if (progress === null || (progress.total === null && progress.done === 0)) return '';
  const done = formatNumber(language, progress.done);
  return progress.total === null ? done : `${done} / ${formatNumber(language, progress.total)}`;
}

/** Counts that the server gives by name; a name without words of its own is left out. */
function Fact({ name, value }: { readonly name: string; readonly value: number | string }): ReactNode {
  const { t, i18n } = useLingui();
  const names: Readonly<Record<string, string>> = { accounts: t`Accounts`, pages: t`Pages`, requests: t`Requests`, groups: t`Groups`, accesses: t`App accesses`, requestsPerMinute: t`Requests a minute` };
  const label = names[name];
  if (label === undefined) return null;
  return (
    <span className="rc-small rc-subtle rc-numeric">
      {label}: {typeof value === 'number' ? formatNumber(i18n.locale, value) : value}
    </span>
  );
}
