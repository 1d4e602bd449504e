import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { RefreshCw } from 'lucide-react';
import { routes } from '@rollcall/contract';
import { useMay, useWrite } from '../../api/index.ts';
import { Instant } from '../../i18n/index.ts';
import { Button, CodeBlock, Drawer, LinkButton, Lozenge, RadioGroup, SectionMessage, Stack, TextField } from '../../ui/index.ts';
import { runItemStateNames, runItemStateTones, useCallWords, useProblem, useReason } from '../../words/index.ts';
import type { RunItem } from './run-rows.tsx';

export interface RunItemDrawerProps {
  readonly runId: string;
  readonly item: RunItem;
  readonly onChanged: (item: RunItem) => void;
  readonly onClose: () => void;
}

/** One person of a run: each call with the vendor's own words; reading again now; settling what is uncertain. */
export function RunItemDrawer({ runId, item, onChanged, onClose }: RunItemDrawerProps): ReactNode {
  const { t, i18n } = useLingui();
  const reason = useReason();
  const callWords = useCallWords();
  const problem = useProblem();
  const mayApply = useMay('apply');
  const maySettle = useMay('approve');
  const recheck = useWrite(routes.runs.recheck, [routes.runs.get]);
  const params = { runId, itemId: item.id };
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
          {mayApply && <Button appearance="primary" iconBefore={<RefreshCw aria-hidden />} isPending={recheck.isPending} onPress={() => recheck.mutate({ params }, { onSuccess: onChanged })}>{t`Re-check now`}</Button>}
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
        {item.message !== null && <CodeBlock label={t`The vendor's own words`} code={item.message} />}
        <section>
          <h3><Trans>Changes</Trans></h3>
          {item.calls.length === 0 && <p className="rc-subtle"><Trans>No request was sent.</Trans></p>}
          {item.calls.map((call) => (
            <div key={call.ordinal} className="run-call">
              <span className="rc-inline rc-gap-8"><strong>{callWords(call.text)}</strong> <span className="rc-subtle">{callStates[call.state] ?? call.state}</span></span>
              {call.outcomeAt !== null && <span className="rc-small rc-subtle"><Instant at={call.outcomeAt} /></span>}
              {(call.vendorStatus !== null || call.vendorMessage !== null) && <code className="rc-small">{[call.vendorStatus, call.vendorCode, call.vendorMessage].filter((part) => part !== null).join(' ')}</code>}
            </div>
          ))}
        </section>
        {item.state === 'uncertain' && maySettle && <Settle params={params} onChanged={onChanged} />}
      </Stack>
    </Drawer>
  );
}

function Settle({ params, onChanged }: { readonly params: { readonly runId: string; readonly itemId: number }; readonly onChanged: (item: RunItem) => void }): ReactNode {
  const { t } = useLingui();
  const problem = useProblem();
  const [as, setAs] = useState<string>('applied');
  const [note, setNote] = useState('');
  const settle = useWrite(routes.runs.settle, [routes.runs.get]);
  const act = (): void => settle.mutate({ params, body: { as: as === 'applied' ? 'applied' : 'failed', note: note.trim() } }, { onSuccess: onChanged });
  return (
    <section className="rc-stack rc-gap-12">
      <h3><Trans>Settle by hand</Trans></h3>
      <RadioGroup label={t`What does Atlassian's administration show?`} value={as} onChange={setAs} options={[{ id: 'applied', label: t`The change took effect` }, { id: 'failed', label: t`It did not` }]} />
      <TextField label={t`How do you know?`} isRequired value={note} onChange={setNote} maxLength={500} />
      {settle.error !== null && <SectionMessage tone="error" isAnnounced title={problem(settle.error).title}>{problem(settle.error).detail}</SectionMessage>}
      <Button isDisabled={note.trim().length < 3} isPending={settle.isPending} onPress={act}>{t`Settle`}</Button>
    </section>
  );
}
