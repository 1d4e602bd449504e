import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { routes } from '@rollcall/contract';
import { useRead } from '../../api/index.ts';
import { Reading } from '../../app/reading.tsx';
import { Card, LinkButton, Page, SectionMessage } from '../../ui/index.ts';
import { Checklist } from './checklist.tsx';

/** The way from nothing to the first seats taken back. */
export function GettingStartedScreen(): ReactNode {
  const { t } = useLingui();
  const home = useRead(routes.session.home, {});
  return (
    <Page title={t`Getting started`} layout="narrow" description={t`Rollcall reads who holds an account, says who really uses which app, and takes back the access that nobody uses: with a plan first, proof after, and undo.`}>
      <Reading of={home}>
        {(found) => (
          <>
            {found.gettingStarted.every((step) => step.done) && (
              <SectionMessage tone="success" title={t`All steps are done`} actions={<LinkButton to="/" appearance="link">{t`Go to Home`}</LinkButton>} />
            )}
            <Card>
              <Checklist home={found} />
            </Card>
            <SectionMessage tone="discovery" title={t`No key at hand?`}>
              <Trans>Start Rollcall with "npm run demo" for a simulated organisation of 5,000 people, or upload a CSV export from admin.atlassian.com: it needs no key.</Trans>
            </SectionMessage>
          </>
        )}
      </Reading>
    </Page>
  );
}
