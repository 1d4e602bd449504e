import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useWrite } from '../../api/index.ts';
import { Button, Inline, RadioGroup, SectionMessage, TextField } from '../../ui/index.ts';
import { useProblem } from '../../words/index.ts';
import type { RunItem } from './run-rows.tsx';

export interface SettleFormProps {
  readonly params: { readonly runId: string; readonly itemId: number };
  readonly onSettled: (item: RunItem) => void;
}

/** The contract's shortest note, in characters. */
const shortestNote = 3;

/** A person's word about a row of which the vendor cannot say whether it took effect. Nothing is chosen beforehand. */
export function SettleForm({ params, onSettled }: SettleFormProps): ReactNode {
  const { t } = useLingui();
  const problem = useProblem();
  const [as, setAs] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const settle = useWrite(routes.runs.settle, [routes.runs.get]);
  const act = (): void => settle.mutate({ params, body: { as: as === 'applied' ? 'applied' : 'failed', note: note.trim() } }, { onSuccess: onSettled });
  return (
    <section className="rc-stack rc-gap-12">
      <h3><Trans>Settle by hand</Trans></h3>
      <RadioGroup label={t`What does Atlassian's administration show?`} isRequired value={as} onChange={setAs} options={[{ id: 'applied', label: t`The change took effect` }, { id: 'failed', label: t`It did not` }]} />
      <TextField label={t`How do you know?`} description={t`Stands in the run log and the audit trail.`} isRequired value={note} onChange={setNote} maxLength={500} />
      {settle.error !== null && <SectionMessage tone="error" isAnnounced title={problem(settle.error).title}>{problem(settle.error).detail}</SectionMessage>}
      <Inline><Button isDisabled={as === null || note.trim().length < shortestNote} isPending={settle.isPending} onPress={act}>{t`Settle`}</Button></Inline>
    </section>
  );
}
