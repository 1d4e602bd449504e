import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { DescriptionList, Drawer, LinkButton, Lozenge, Stack } from '../../ui/index.ts';
import { useBeforeWords } from '../../words/before.ts';
import { useCallWords, useEffectWords, useReason } from '../../words/index.ts';
import { decisionTones } from './plan-rows.tsx';
import type { PlanItem } from './plan-rows.tsx';

/** One row of a plan in full. */
export function PlanItemDrawer({ item, onClose }: { readonly item: PlanItem; readonly onClose: () => void }): ReactNode {
  const { t } = useLingui();
  const reason = useReason()(item.reason);
  const call = useCallWords();
  const effect = useEffectWords();
  const before = useBeforeWords();
  const names = { act: t`Act`, skip: t`Skipped`, look: t`Needs a look` };
  const list = (lines: readonly string[]): ReactNode => (lines.length === 0 ? '–' : <ul className="plan-list">{lines.map((line) => <li key={line}>{line}</li>)}</ul>);
  return (
    <Drawer isOpen onClose={onClose} title={item.name ?? item.email ?? item.vendorId} width={560} footer={<LinkButton to="/accounts/$accountId" params={{ accountId: String(item.accountId) }}>{t`Open the account`}</LinkButton>}>
      <Stack gap={16}>
        <div className="rc-inline rc-gap-8"><Lozenge appearance={decisionTones[item.decision]}>{names[item.decision]}</Lozenge> <span>{reason}</span></div>
        <DescriptionList
          facts={[
            { label: t`E-mail`, value: item.email ?? '–' },
            { label: t`Account id`, value: <code>{item.vendorId}</code> },
            { label: t`Before`, value: list(item.before.map(before)) },
            { label: t`Changes`, value: list(item.calls.map(call)) },
            { label: t`It brings with it`, value: list(item.sideEffects.map(effect)) },
          ]}
        />
      </Stack>
    </Drawer>
  );
}
