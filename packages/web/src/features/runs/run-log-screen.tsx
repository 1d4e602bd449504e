import type { ReactNode } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi } from '@tanstack/react-router';
import { Duration, Instant } from '../../i18n/index.ts';
import { Breadcrumbs, Link, Lozenge, Page, SectionMessage, Skeleton } from '../../ui/index.ts';
import { actionNameOf, describeRun, runStateNames, runStateTones, useProblem } from '../../words/index.ts';
import { useBreakerWords } from '../../words/breaker.ts';
import { useHaltWords } from '../../words/halts.ts';
import { isOver, underWay } from './is-over.ts';
import type { Run } from './is-over.ts';
import { RunActions } from './run-actions.tsx';
import { RunRows } from './run-rows.tsx';
import { RunStates } from './run-states.tsx';
import { useRun } from './use-run.ts';
import './runs.css';

const route = getRouteApi('/shell/run-logs/$runId');

/** One run: live while it works, then what came of each person. */
export function RunLogScreen(): ReactNode {
  const { t, i18n } = useLingui();
  const problem = useProblem();
  const halt = useHaltWords();
  const breakerWords = useBreakerWords();
  const { runId } = route.useParams();
  const { run, error } = useRun(runId);
  const breadcrumbs = <Breadcrumbs><Link to="/run-logs">{t`Run logs`}</Link></Breadcrumbs>;
  if (error !== null && run === null) return <Page title={t`Run log`} breadcrumbs={breadcrumbs}><SectionMessage tone="error" title={problem(error).title}>{problem(error).detail}</SectionMessage></Page>;
  if (run === null) return <Page title={t`Run log`} breadcrumbs={breadcrumbs}><Skeleton height={160} /></Page>;
  const action = i18n._(actionNameOf(run));
  const breaker = breakerWords(run.halt);
  return (
    <Page
      title={run.undoOf === null ? action : t`Undo: ${action}`}
      layout="fill"
      breadcrumbs={breadcrumbs}
      titleAfter={<Lozenge appearance={runStateTones[run.state]}>{i18n._(runStateNames[run.state])}</Lozenge>}
      actions={<RunActions run={run} />}
    >
      <div className="rc-stack rc-gap-12">
        {isOver(run) ? <p className="run-sentence" role="status">{describeRun(run)}</p> : <p className="run-sentence"><Progress run={run} /></p>}
        {run.state === 'paused' && (
          <SectionMessage tone={isPilotClean(run) ? 'success' : 'warning'} isAnnounced>
            {breaker ?? (run.stateReason === null ? t`The run is paused.` : (halt(run.stateReason) ?? run.stateReason))}
            {underWay(run) > 0 && <> <Plural value={underWay(run)} one="# person is still being finished." other="# people are still being finished." /></>}
          </SectionMessage>
        )}
        {run.state === 'cancelling' && <SectionMessage isAnnounced><Trans>Nobody further is started. Whoever is being worked on is finished first.</Trans></SectionMessage>}
        {run.state === 'cancelled' && run.totals.cancelled > 0 && <SectionMessage><Plural value={run.totals.cancelled} one="The run was cancelled: # person was not begun." other="The run was cancelled: # people were not begun." /></SectionMessage>}
        {run.state === 'running' && breaker !== null && <SectionMessage tone="warning" isAnnounced>{breaker}</SectionMessage>}
        {run.parkedUntil !== null && !isOver(run) && run.halt !== null && <SectionMessage><Trans>Waits until <Instant at={run.parkedUntil} />.</Trans></SectionMessage>}
        {run.parkedUntil !== null && !isOver(run) && run.halt === null && <SectionMessage><Trans>Waits for the vendor's rate limit until <Instant at={run.parkedUntil} />. It goes on by itself.</Trans></SectionMessage>}
        {run.totals.uncertain > 0 && isOver(run) && <SectionMessage tone="warning"><Trans>Of some people nobody can say whether the change took effect. Open their row to re-check them, or settle it by hand.</Trans></SectionMessage>}
        <RunStates run={run} />
        <p className="rc-small rc-subtle">
          <Trans>{run.sourceName} · started by {run.requestedBy}</Trans> · <Instant at={run.queuedAt} /> · <Link to="/plans/$planId" params={{ planId: run.planId }}>{t`Plan`}</Link>
          {run.undoOf !== null && <> · <Link to="/run-logs/$runId" params={{ runId: run.undoOf }}>{t`The run it undoes`}</Link></>}
          {run.undonePlanId !== null && <> · <Link to="/plans/$planId" params={{ planId: run.undonePlanId }}>{t`Undo plan`}</Link></>}
        </p>
      </div>
      <RunRows run={run} />
    </Page>
  );
}

/** The pilot is done, and nothing in it has to be looked at. */
function isPilotClean({ stateReason, totals }: Run): boolean {
  return stateReason === 'pilotDone' && totals.failed + totals.uncertain === 0;
}

function Progress({ run }: { readonly run: Run }): ReactNode {
  const { total, pending } = run.totals;
  const done = total - pending - underWay(run);
  const ofPilot = run.pilot === null ? total : Math.min(run.pilot, total);
  return (
    <>
      {ofPilot < total
        ? <Trans>Pilot: {done} of <Plural value={ofPilot} one="# person" other="# people" /> done; <Plural value={total - ofPilot} one="# waits" other="# wait" /> for your word</Trans>
        : <Plural value={total} one={`${done} of # person done`} other={`${done} of # people done`} />}
      {run.secondsLeft !== null && run.state === 'running' && <span className="rc-subtle"> · <Trans>about <Duration seconds={run.secondsLeft} /> left</Trans></span>}
    </>
  );
}
