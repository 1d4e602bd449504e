import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { Bird, MoreHorizontal, Pencil, ShieldOff } from 'lucide-react';
import { routes } from '@rollcall/contract';
import { useMay, useMe, useRead } from '../../api/index.ts';
import { CivilDate, RelativeTime } from '../../i18n/index.ts';
import { IconButton, Inline, Lozenge, Menu, Stack, Table } from '../../ui/index.ts';
import type { TableColumn } from '../../ui/index.ts';
import { exemptionKindNames } from './exemption-words.ts';
import type { Exemption } from './exemption-words.ts';

export interface ExemptionTableProps {
  readonly exemptions: readonly Exemption[];
  readonly onEdit: (exemption: Exemption) => void;
  readonly onEnd: (exemption: Exemption) => void;
}

export function ExemptionTable({ exemptions, onEdit, onEnd }: ExemptionTableProps): ReactNode {
  const { t, i18n } = useLingui();
  const me = useMe();
  const mayExempt = useMay('exempt');
  // That of a domain holds in every source.
  const isOwn = ({ kind }: Exemption): boolean => kind !== 'domain' || (me.sourceIds === null && me.sites === null);
  const sources = useRead(routes.sources.list, {}).data?.items ?? [];
  const columns: readonly TableColumn<Exemption>[] = [
    {
      id: 'subject',
      header: t`Who`,
      isRowHeader: true,
      cell: (one) => (
        <Stack gap={2}>
          <Inline gap={8}>
            <span className="rc-strong">{one.label}</span>
            {one.canary && (
              <Lozenge appearance="new">
                <Inline gap={4} canWrap={false}>
                  <Bird size={12} aria-hidden />
                  {t`Canary`}
                </Inline>
              </Lozenge>
            )}
          </Inline>
          <span className="rc-small rc-subtle">
            {one.kind === 'domain' && one.subject.startsWith('*.') ? t`Domain and its sub-domains` : i18n._(exemptionKindNames[one.kind])}
            {one.sourceId !== null && ` · ${sources.find((source) => source.id === one.sourceId)?.name ?? ''}`}
          </span>
        </Stack>
      ),
    },
    { id: 'reason', header: t`Reason`, cell: (one) => one.reason },
    { id: 'owner', header: t`Owner`, cell: (one) => one.owner },
    { id: 'ends', header: t`Until`, cell: (one) => (one.ended ? <Lozenge>{t`Ended`}</Lozenge> : one.endsOn === null ? t`No end` : <CivilDate date={one.endsOn} />) },
    { id: 'added', header: t`Added`, cell: (one) => <span className="rc-subtle">{one.createdBy}, <RelativeTime at={one.createdAt} /></span> },
    {
      id: 'act',
      isAction: true,
      header: <span className="rc-visually-hidden">{t`Actions`}</span>,
      align: 'end',
      cell: (one) =>
        mayExempt &&
        !one.ended &&
        isOwn(one) && (
          <Menu
            label={t`Actions for ${one.label}`}
            trigger={<IconButton label={t`Actions for ${one.label}`} spacing="compact" icon={<MoreHorizontal aria-hidden />} />}
            groups={[{ id: 'exemption', items: [{ id: 'edit', label: t`Edit`, icon: <Pencil aria-hidden /> }, { id: 'end', label: t`End the exemption`, icon: <ShieldOff aria-hidden />, isDanger: true }] }]}
            onAction={(id) => (id === 'edit' ? onEdit(one) : onEnd(one))}
          />
        ),
    },
  ];
  return <Table label={t`Exemptions`} columns={columns} rows={exemptions} rowKey={(one) => one.id} empty={t`None matches these filters.`} />;
}
