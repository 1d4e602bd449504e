import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { CircleStop, Download, Pause, Play, Undo2 } from 'lucide-react';
import { routes } from '@rollcall/contract';
import { useMay, useWrite } from '../../api/index.ts';
import { useDownload } from '../../app/use-download.ts';
import { Button, Dialog, IconButton, showFlag } from '../../ui/index.ts';
import { useProblem } from '../../words/index.ts';
import type { Run } from './is-over.ts';
import { isOver } from './is-over.ts';

/** What can be done with a run: pause, go on, cancel; download; undo. */
export function RunActions({ run }: { readonly run: Run }): ReactNode {
  const { t } = useLingui();
  const navigate = useNavigate();
  const problem = useProblem();
  const mayApply = useMay('apply');
  const mayPlan = useMay('plan');
  const [isCancelling, setCancelling] = useState(false);
  const touched = [routes.runs.get, routes.runs.list, routes.session.home];
  const pause = useWrite(routes.runs.pause, touched);
  const resume = useWrite(routes.runs.resume, touched);
  const cancel = useWrite(routes.runs.cancel, touched);
  const undo = useWrite(routes.runs.undo, [routes.plans.list, routes.runs.get]);
  const csv = useDownload(routes.runs.download);
  const input = { params: { runId: run.id } };
  const onError = (error: Error): void => showFlag({ tone: 'error', title: problem(error).title, description: problem(error).detail });
  const isWorking = run.state === 'running' || run.state === 'queued';
  const isPilot = run.state === 'paused' && run.stateReason === 'pilotDone';
  const hasDone = run.totals.verified + run.totals.applied + run.totals.uncertain > 0;
  const canUndo = mayPlan && hasDone && (isOver(run) || run.state === 'paused') && run.action !== 'remove-from-organisation';
  return (
    <>
      {mayApply && isWorking && <Button iconBefore={<Pause aria-hidden />} isPending={pause.isPending} onPress={() => pause.mutate(input, { onError })}>{t`Pause`}</Button>}
      {mayApply && run.state === 'paused' && <Button appearance="primary" iconBefore={<Play aria-hidden />} isPending={resume.isPending} onPress={() => resume.mutate(input, { onError })}>{isPilot ? t`Go on with the rest` : t`Resume`}</Button>}
      {mayApply && (isWorking || run.state === 'paused') && <Button iconBefore={<CircleStop aria-hidden />} onPress={() => setCancelling(true)}>{t`Cancel the run…`}</Button>}
      {canUndo && <Button iconBefore={<Undo2 aria-hidden />} isPending={undo.isPending} onPress={() => undo.mutate(input, { onSuccess: ({ id }) => void navigate({ to: '/plans/$planId', params: { planId: id } }), onError })}>{t`Undo…`}</Button>}
      <IconButton appearance="default" label={t`Download as CSV`} icon={<Download aria-hidden />} isPending={csv.isPending} onPress={() => csv.start(input)} />
      {isCancelling && (
        <Dialog
          isOpen
          onClose={() => setCancelling(false)}
          width="small"
          tone="warning"
          title={t`Cancel the run?`}
          footer={
            <>
              <Button appearance="subtle" onPress={() => setCancelling(false)}>{t`Let it run`}</Button>
              <Button appearance="warning" isPending={cancel.isPending} onPress={() => cancel.mutate(input, { onError, onSettled: () => setCancelling(false) })}>{t`Cancel the run`}</Button>
            </>
          }
        >
          <p><Trans>Whoever has been dealt with stays as they are now, in the run log, and can be given back by Undo. Nobody further is started.</Trans></p>
        </Dialog>
      )}
    </>
  );
}
