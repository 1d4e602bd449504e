import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import type { RouteAnswer, routes } from '@rollcall/contract';
import { Instant } from '../../i18n/index.ts';
import { Button, Table } from '../../ui/index.ts';
import type { TableColumn } from '../../ui/index.ts';
import { useAuditSentence } from './use-audit-sentence.ts';

export type AuditEvent = RouteAnswer<typeof routes.audit.list>['items'][number];

export function AuditTable({ events, onOpen }: { readonly events: readonly AuditEvent[]; readonly onOpen: (event: AuditEvent) => void }): ReactNode {
  const { t } = useLingui();
  const sentenceOf = useAuditSentence();
  const columns: readonly TableColumn<AuditEvent>[] = [
    { id: 'seq', header: t`No.`, align: 'end', width: '72px', cell: (event) => event.seq },
    { id: 'at', header: t`When`, width: '200px', cell: (event) => <Instant at={event.at} /> },
    { id: 'what', header: t`What happened`, isRowHeader: true, cell: (event) => sentenceOf(event) },
    {
      id: 'more',
      header: <span className="rc-visually-hidden">{t`Details`}</span>,
      align: 'end',
      cell: (event) => <Button appearance="subtle" spacing="compact" aria-label={t`Details of event ${event.seq}`} onPress={() => onOpen(event)}>{t`Details`}</Button>,
    },
  ];
  return <Table label={t`Audit trail`} columns={columns} rows={events} rowKey={(event) => String(event.seq)} empty={t`No event matches these filters.`} />;
}
