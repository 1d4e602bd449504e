import { useState } from 'react';
import type { ReactNode } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { SquareStack } from 'lucide-react';
import { ProblemError, routes } from '@rollcall/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useWrite } from '../../api/index.ts';
import { formatNumber } from '../../i18n/index.ts';
import { Button, Checkbox, Dialog, NumberField, SectionMessage, Stack, TextField } from '../../ui/index.ts';
import { describePlan, useProblem } from '../../words/index.ts';
import { actionWarnings } from '../../words/warnings.ts';
import type { Plan } from './plan-screen.tsx';
import { useReadOnly } from './use-read-only.ts';

const pilotOf = 10;

/** The last look before something changes: where, how many, what to know; the number typed back for a large plan. */
export function ApplyDialog({ plan, onClose }: { readonly plan: Plan; readonly onClose: () => void }): ReactNode {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const problem = useProblem();
  const people = plan.totals?.act ?? 0;
  const [typed, setTyped] = useState('');
  const [isPilot, setPilot] = useState(false);
  const [pilot, setPilotSize] = useState(Math.min(pilotOf, people));
  const isReadOnly = useReadOnly(plan.sourceId);
  const apply = useWrite(routes.plans.apply, [routes.plans.get, routes.plans.list, routes.runs.list, routes.session.home]);
  const digits = typed.replaceAll(/[\s,.]/g, '');
  const isTyped = plan.typeBack === null || digits === String(plan.typeBack);
  // Half of the right number is no mistake yet.
  const isMistyped = plan.typeBack !== null && !String(plan.typeBack).startsWith(digits);
  const isPilotRight = !isPilot || (Number.isInteger(pilot) && pilot >= 1 && pilot <= people);
  const number = formatNumber(i18n.locale, people);
  const go = (): void => {
    if (plan.digest === null) return;
    apply.mutate(
      { params: { planId: plan.id }, body: { digest: plan.digest, sourceName: plan.sourceName, people: plan.typeBack === null ? null : plan.typeBack, pilot: isPilot ? pilot : null } },
      {
        onSuccess: ({ id }) => void navigate({ to: '/run-logs/$runId', params: { runId: id } }),
        // What the screen shows was not so any more: the pause, the source, or the plan itself.
        onError: () => { for (const { path } of [routes.session.me, routes.sources.list, routes.plans.get]) void queries.invalidateQueries({ queryKey: [path] }); },
      },
    );
  };
  const isStale = apply.error instanceof ProblemError && ['digestMismatch', 'planExpired', 'conflict', 'planNotReady'].includes(apply.error.problem.code);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      tone={plan.risk === 'irreversible' ? 'danger' : 'default'}
      title={isPilot && isPilotRight ? <Trans>Apply to the first {formatNumber(i18n.locale, pilot)} of <Plural value={people} one="# person" other="# people" /></Trans> : <Trans>Apply to <Plural value={people} one="# person" other="# people" /></Trans>}
      footer={
        <>
          <Button appearance="subtle" onPress={onClose}>{t`Cancel`}</Button>
          <Button appearance={plan.risk === 'irreversible' ? 'danger' : 'primary'} isDisabled={!isTyped || !isPilotRight || isReadOnly || isStale} isPending={apply.isPending} onPress={go}>
            {isPilot ? <Trans>Apply the pilot</Trans> : <Trans>Apply</Trans>}
          </Button>
        </>
      }
    >
      <Stack gap={16}>
        <div className="plan-source">
          <SquareStack size={16} aria-hidden />
          <span><strong>{plan.sourceName}</strong>: {describePlan(plan)}</span>
        </div>
        {isReadOnly && <SectionMessage tone="error" title={t`The source is in read-only mode`}><Trans>Plans can be made and looked at, not applied. Somebody who manages sources can switch the mode off.</Trans></SectionMessage>}
        <SectionMessage tone={plan.risk === 'irreversible' ? 'error' : 'warning'} title={plan.risk === 'irreversible' ? t`This cannot be undone` : t`Before you apply`}>
          {i18n._(actionWarnings[plan.action])}
        </SectionMessage>
        <p><Trans>Each person is read again at the vendor first: whoever signed in, became an administrator or was exempted since is skipped, with the reason.</Trans></p>
        {people > 1 && (
          <Stack gap={8}>
            <Checkbox isSelected={isPilot} onChange={setPilot} description={t`The run then waits, so that you can look at the result before it goes on.`}>{t`Pilot: only the first few people`}</Checkbox>
            {isPilot && <NumberField label={t`People in the pilot`} value={pilot} minValue={1} maxValue={people} onChange={setPilotSize} />}
          </Stack>
        )}
        {plan.typeBack !== null && (
          <TextField label={t`Type the number of people (${number}) to confirm`} value={typed} onChange={setTyped} inputMode="numeric" isRequired autoComplete="off" {...(isMistyped ? { errorMessage: t`That is not the number of people in this plan.` } : {})} />
        )}
        {apply.error !== null && (
          <SectionMessage tone="error" isAnnounced title={problem(apply.error).title} {...(isStale ? { actions: <Button onPress={onClose}>{t`Look at the plan again`}</Button> } : {})}>
            {problem(apply.error).detail}
          </SectionMessage>
        )}
      </Stack>
    </Dialog>
  );
}
