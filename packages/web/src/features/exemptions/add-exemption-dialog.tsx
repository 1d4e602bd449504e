import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useMe, useRead, useWrite } from '../../api/index.ts';
import { useChosenSource } from '../../app/chosen-source.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { Button, Checkbox, Dialog, RadioGroup, Select, Stack, TextField, showFlag } from '../../ui/index.ts';
import { ExemptionFields, isComplete } from './exemption-fields.tsx';
import { exemptionKindNames, exemptionKinds } from './exemption-words.ts';
import type { ExemptionKind } from './exemption-words.ts';

export interface AddExemptionDialogProps {
  /** What the form begins with. */
  readonly start: { readonly kind?: ExemptionKind | undefined; readonly sourceId?: string | undefined; readonly subject?: string | undefined };
  readonly onClose: () => void;
}

export function AddExemptionDialog({ start, onClose }: AddExemptionDialogProps): ReactNode {
  const { t, i18n } = useLingui();
  const me = useMe();
  const chosen = useChosenSource();
  const sources = (useRead(routes.sources.list, {}).data?.items ?? []).filter((source) => source.attachedTo === null);
  const [kind, setKind] = useState<ExemptionKind>(start.kind ?? 'account');
  const [subject, setSubject] = useState((start.subject ?? '').replace(/^\*\./u, ''));
  const [isWide, setWide] = useState(start.subject?.startsWith('*.') === true);
  const [picked, setPicked] = useState(start.sourceId ?? chosen);
  const [why, setWhy] = useState({ reason: '', owner: me.name, endsOn: null as string | null, canary: false });
  const create = useWrite(routes.exemptions.create, [routes.exemptions.list, routes.inventory.page, routes.inventory.account, routes.session.home]);
  const sourceId = sources.some((source) => source.id === picked) ? picked : (sources[0]?.id ?? null);
  const names: Readonly<Record<ExemptionKind, { readonly label: string; readonly description: string }>> = {
    account: { label: t`E-mail or account id`, description: t`Exactly as in the inventory.` },
    group: { label: t`Group name or id`, description: t`Whoever is in the group, also through a nested one.` },
    domain: { label: t`Domain`, description: t`Such as example.com: all accounts whose e-mail address ends with @example.com, in every source.` },
  };
  const name = subject.trim();
  const whom = kind === 'domain' && isWide && !name.startsWith('*.') ? `*.${name.replace(/^@/u, '')}` : name;
  const save = (): void =>
    create.mutate(
      { body: { kind, sourceId: kind === 'domain' ? null : sourceId, subject: whom, ...why, reason: why.reason.trim(), owner: why.owner.trim() } },
      {
        onSuccess: (made) => {
          showFlag({ tone: 'success', title: t`${made.label} is exempt` });
          onClose();
        },
      },
    );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t`Add an exemption`}
      onSubmit={save}
      footer={
        <>
          <Button appearance="subtle" onPress={onClose}>{t`Cancel`}</Button>
          <Button appearance="primary" isDisabled={name === '' || !isComplete(why)} isPending={create.isPending} type="submit">{t`Exempt`}</Button>
        </>
      }
    >
      <Stack gap={16}>
        <RadioGroup label={t`Kind`} orientation="horizontal" value={kind} onChange={(id) => setKind(exemptionKinds.find((one) => one === id) ?? 'account')} options={exemptionKinds.map((id) => ({ id, label: i18n._(exemptionKindNames[id]) }))} />
        {kind !== 'domain' && <Select label={t`Source`} options={sources.map((source) => ({ id: source.id, label: source.name }))} value={sourceId} onChange={setPicked} isRequired placeholder={t`No source yet`} isDisabled={sources.length === 0} />}
        <TextField {...names[kind]} value={subject} onChange={setSubject} isRequired maxLength={300} />
        {kind === 'domain' && <Checkbox isSelected={isWide} onChange={setWide} description={t`Such as @eu.example.com. Without it, only addresses of exactly this domain are covered.`}>{t`Also its sub-domains`}</Checkbox>}
        <ExemptionFields why={why} onChange={setWhy} />
        <ProblemMessage error={create.error} />
      </Stack>
    </Dialog>
  );
}
