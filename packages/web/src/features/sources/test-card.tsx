import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useMay, useWrite } from '../../api/index.ts';
import { ProblemMessage } from '../../app/problem-message.tsx';
import { RelativeTime } from '../../i18n/index.ts';
import { Button, Card, Stack } from '../../ui/index.ts';
import { CapabilityList } from './capability-list.tsx';
import type { Source } from './source-draft.ts';

/** What the stored key can do, as last tested, and the button to test again. */
export function TestCard({ source }: { readonly source: Source }): ReactNode {
  const { t } = useLingui();
  const mayTest = useMay('sync');
  const test = useWrite(routes.sources.test, [routes.sources.get]);
  const report = test.data ?? source.checkReport;
  return (
    <Card title={t`What the key can do`} actions={mayTest && <Button spacing="compact" isPending={test.isPending} onPress={() => test.mutate({ params: { sourceId: source.id } })}>{t`Test`}</Button>}>
      <Stack gap={12}>
        <ProblemMessage error={test.error} />
        {report === null ? <p className="rc-subtle">{t`Not tested yet.`}</p> : <CapabilityList report={report} />}
        {source.checkedAt !== null && (
          <p className="rc-small rc-subtle">
            <Trans>
              Tested <RelativeTime at={source.checkedAt} />
            </Trans>
          </p>
        )}
      </Stack>
    </Card>
  );
}
