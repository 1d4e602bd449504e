import { useLingui } from '@lingui/react/macro';
import { z } from 'zod';
import { auditKindNames } from './audit-kinds.ts';
import type { AuditEvent } from './audit-table.tsx';

const named = z.object({ name: z.string().optional().catch(undefined), label: z.string().optional().catch(undefined), reason: z.string().optional().catch(undefined), fileName: z.string().optional().catch(undefined) });

/** What happened, in the reader's language: English is the server's own sentence. */
export function useAuditSentence(): (event: AuditEvent) => string {
  const { t, i18n } = useLingui();
  return (event) => {
    const kind = auditKindNames[event.kind];
    const isPlain = event.text.endsWith(`: ${event.kind}.`);
    if (kind === undefined || (i18n.locale === 'en' && !isPlain)) return event.text;
    const who = event.actor ?? t`Somebody (erased)`;
    const facts = named.safeParse(event.payload ?? {});
    const about = facts.success ? (facts.data.label ?? facts.data.name ?? facts.data.fileName ?? facts.data.reason) : undefined;
    const what = i18n._(kind);
    return about === undefined ? t`${who}: ${what}` : t`${who}: ${what} (${about})`;
  };
}
