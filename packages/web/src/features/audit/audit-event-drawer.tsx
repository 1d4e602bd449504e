import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Instant } from '../../i18n/index.ts';
import { Button, CodeBlock, DescriptionList, Drawer, SectionMessage, Stack } from '../../ui/index.ts';
import type { AuditEvent } from './audit-table.tsx';
import { useAuditSentence } from './use-audit-sentence.ts';

export interface AuditEventDrawerProps {
  readonly event: AuditEvent;
  readonly onClose: () => void;
  readonly onOnlySubject: (subjectId: string) => void;
}

/** One event with everything it says. */
export function AuditEventDrawer({ event, onClose, onOnlySubject }: AuditEventDrawerProps): ReactNode {
  const { t } = useLingui();
  const sentenceOf = useAuditSentence();
  const { subjectId } = event;
  return (
    <Drawer isOpen onClose={onClose} title={t`Event ${event.seq}`}>
      <Stack gap={16}>
        <p>{sentenceOf(event)}</p>
        <DescriptionList
          facts={[
            { label: t`When`, value: <Instant at={event.at} /> },
            { label: t`Who`, value: event.actor ?? t`Erased` },
            { label: t`Kind`, value: <code>{event.kind}</code> },
            { label: t`About`, value: subjectId === null ? '–' : <><code>{`${event.subjectKind ?? ''} ${subjectId}`}</code> <Button appearance="link" onPress={() => onOnlySubject(subjectId)}>{t`Only this one`}</Button></> },
            { label: t`Fingerprint (SHA-256)`, value: <code>{event.hash}</code> },
          ]}
        />
        {event.erased ? (
          <SectionMessage>
            <Trans>The personal part of this event was erased on request. Its fingerprint stays, so the chain is still whole.</Trans>
          </SectionMessage>
        ) : (
          <CodeBlock label={t`What it says`} code={JSON.stringify(event.payload, null, 2)} />
        )}
      </Stack>
    </Drawer>
  );
}
