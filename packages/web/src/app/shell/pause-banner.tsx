import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { restoredFrom, routes } from '@rollcall/contract';
import { useMayForAll, useMe, useWrite } from '../../api/index.ts';
import { Instant } from '../../i18n/index.ts';
import { Banner, Button, showFlag } from '../../ui/index.ts';
import { useProblem } from '../../words/problems.ts';

/** Says on every screen that everything is paused, by whom and why. */
export function PauseBanner(): ReactNode {
  const { t } = useLingui();
  const { paused } = useMe();
  const mayResume = useMayForAll('approve');
  const resume = useWrite(routes.session.resume, [routes.session.me, routes.session.home]);
  const problem = useProblem();
  if (paused === null) return null;
  const { by, reason } = paused;
  const restored = restoredFrom(reason);
  const act = (): void => resume.mutate({}, { onError: (error) => showFlag({ tone: 'error', title: t`Not resumed`, description: problem(error).detail }) });
  return (
    <Banner action={mayResume && <Button appearance="link" isPending={resume.isPending} onPress={act}>{t`Resume`}</Button>}>
      {restored === null ? (
        <Trans>
          Everything is paused by {by} since <Instant at={paused.at} />: {reason}
        </Trans>
      ) : (
        <Trans>
          Everything is paused since <Instant at={paused.at} />: the backup of <Instant at={restored} /> was restored. Check, sync the sources, look at the paused runs, then resume.
        </Trans>
      )}
    </Banner>
  );
}
