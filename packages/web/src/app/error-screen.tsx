import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useRouter } from '@tanstack/react-router';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { ProblemError } from '@rollcall/contract';
import { Button, Page, SectionMessage } from '../ui/index.ts';
import { useProblem } from '../words/problems.ts';

/** What stands in place of a screen that could not be shown. */
export function ErrorScreen({ error, reset }: ErrorComponentProps): ReactNode {
  const { t } = useLingui();
  const router = useRouter();
  const requestId = error instanceof ProblemError ? error.problem.requestId : undefined;
  const problem = useProblem();
  const said = error instanceof ProblemError ? problem(error) : null;
  const again = (): void => {
    reset();
    void router.invalidate();
  };
  return (
    <Page title={said?.title ?? t`Something went wrong`} layout="narrow">
      <SectionMessage tone="error" isAnnounced actions={<Button appearance="link" onPress={again}>{t`Try again`}</Button>}>
        <p>{said?.detail ?? (error instanceof Error ? error.message : String(error))}</p>
        {requestId !== undefined && (
          <p className="rc-small rc-subtle">
            <Trans>Request {requestId}: the server's log says more under this number.</Trans>
          </p>
        )}
      </SectionMessage>
    </Page>
  );
}
