import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { ShieldCheck } from 'lucide-react';
import { routes } from '@rollcall/contract';
import { useWrite } from '../../api/index.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { FormattedNumber } from '../../i18n/index.ts';
import { Button, Card, Inline, SectionMessage, Stack } from '../../ui/index.ts';

/** Checks the whole chain on the server, now. */
export function VerifyCard(): ReactNode {
  const { t } = useLingui();
  const verify = useWrite(routes.audit.verify);
  return (
    <Card>
      <Stack gap={12}>
        <Inline gap={12}>
          <Button iconBefore={<ShieldCheck aria-hidden />} isPending={verify.isPending} onPress={() => verify.mutate({})}>{t`Verify the chain`}</Button>
          <span className="rc-small rc-subtle">
            <Trans>
              An export is verified offline, without this server: <code>rollcall audit verify FILE</code>
            </Trans>
          </span>
        </Inline>
        <ProblemMessage error={verify.error} />
        {verify.data?.ok === true && (
          <SectionMessage tone="success" isAnnounced title={t`The chain is whole`}>
            <Trans>
              <FormattedNumber value={verify.data.events} /> events follow each other; none was changed, removed or moved. Head: <code>{verify.data.head ?? '–'}</code>
            </Trans>
          </SectionMessage>
        )}
        {verify.data?.ok === false && (
          <SectionMessage tone="error" isAnnounced title={t`The chain is broken`}>
            <Trans>{verify.data.problem?.text ?? ''} Keep a copy of the database and of the last export, and find out who had access to the database.</Trans>
          </SectionMessage>
        )}
      </Stack>
    </Card>
  );
}
