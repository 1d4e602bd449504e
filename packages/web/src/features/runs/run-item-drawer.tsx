import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { RefreshCw } from 'lucide-react';
import { routes } from '@rollcall/contract';
import { useMay, useWrite } from '../../api/index.ts';
import { Instant } from '../../i18n/index.ts';
import { Button, CodeBlock, Drawer, LinkButton, Lozenge, SectionMessage, Stack } from '../../ui/index.ts';
import { runItemStateNames, runItemStateTones, useCallWords, useProblem, useReason } from '../../words/index.ts';
import { RecheckAnswer } from './recheck-answer.tsx';
import type { RunItem } from './run-rows.tsx';
import { SettleForm } from './settle-form.tsx';
import { useRunItem } from './use-run-item.ts';

export interface RunItemDrawerProps {
  readonly runId: string;
  /** The row as the list had it when it was opened. */
  readonly listed: RunItem;
  /** Rises whenever the run may have gone on: the row is read again. */
  readonly beat: number;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

/** One person of a run, live while the run works: each call with the vendor's own words; reading again now; settling what is uncertain. */
export function RunItemDrawer({ runId, listed, beat, onChanged, onClose }: RunItemDrawerProps): ReactNode {
  const { item, set } = useRunItem(runId, listed, beat);
  const { t, i18n } = useLingui();
  const reason = useReason();
  const callWords = useCallWords();
  const problem = useProblem();
  const mayApply = useMay('apply');
  const maySettle = useMay('approve');
  const recheck = useWrite(routes.runs.recheck, [routes.runs.get]);
  const params = { runId, itemId: item.id };
  const changed = (next: RunItem): void => {
    set(next);
    onChanged();
  };
  const settled = (next: RunItem): void => {
    recheck.reset();
    changed(next);
  };
  const callStates: Readonly<Record<string, string>> = {
    pending: t`not started`, intent: t`under way`, applied: t`done`, alreadySo: t`was so already`, verified: t`verified`, failed: t`failed`, uncertain: t`uncertain`, skipped: t`skipped`,
  };
  return (
    <Drawer
      isOpen
      onClose={onClose}
      width={560}
      title={item.name ?? item.email ?? item.vendorId}
      footer={
        <>
          <LinkButton to="/accounts/$accountId" params={{ accountId: String(item.accountId) }}>{t`Open the account`}</LinkButton>
          {mayApply && <Button appearance="primary" iconBefore={<RefreshCw aria-hidden />} isPending={recheck.isPending} onPress={() => recheck.mutate({ params }, { onSuccess: changed })}>{t`Re-check now`}</Button>}
        </>
      }
    >
      <Stack gap={16}>
        <div className="rc-inline rc-inline-wrap rc-gap-8" role="status">
          <Lozenge appearance={runItemStateTones[item.state]}>{i18n._(runItemStateNames[item.state])}</Lozenge>
          <span>{item.reason === null ? '' : reason(item.reason)}</span>
          <span className="rc-small rc-subtle"><Instant at={item.updatedAt} /></span>
        </div>
        {recheck.error !== null && <SectionMessage tone="error" isAnnounced title={problem(recheck.error).title}>{problem(recheck.error).detail}</SectionMessage>}
        {recheck.error === null && item.recheck !== null && <RecheckAnswer state={item.state} recheck={item.recheck} />}
        {item.message !== null && (
          <section className="rc-stack rc-gap-4">
            <h3><Trans>The vendor's own words</Trans></h3>
            <CodeBlock label={t`The vendor's own words`} code={item.message} />
          </section>
        )}
        <section>
          <h3><Trans>Changes</Trans></h3>
          {item.calls.length === 0 && <p className="rc-subtle"><Trans>No request was sent.</Trans></p>}
          {item.calls.map((call) => (
            <div key={call.ordinal} className="run-call">
              <span className="rc-inline rc-inline-wrap rc-gap-8"><strong>{callWords(call)}</strong> <span className="rc-subtle">{callStates[call.state] ?? call.state}</span></span>
              {call.outcomeAt !== null && <span className="rc-small rc-subtle"><Instant at={call.outcomeAt} /></span>}
              {(call.vendorStatus !== null || call.vendorMessage !== null) && <code className="rc-small">{[call.vendorStatus, call.vendorCode, call.vendorMessage].filter((part) => part !== null).join(' ')}</code>}
            </div>
          ))}
        </section>
        {item.state === 'uncertain' && (maySettle ? <SettleForm params={params} onSettled={settled} /> : <p className="rc-small rc-subtle"><Trans>When the vendor cannot tell either, an approver or administrator can settle it by hand.</Trans></p>)}
      </Stack>
    </Drawer>
  );
}
