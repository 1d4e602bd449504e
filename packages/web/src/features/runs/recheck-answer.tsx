import type { ReactNode } from 'react';
import { Trans } from '@lingui/react/macro';
import { Instant } from '../../i18n/index.ts';
import { SectionMessage } from '../../ui/index.ts';
import type { RunItem } from './run-rows.tsx';

export interface RecheckAnswerProps {
  readonly state: RunItem['state'];
  readonly recheck: NonNullable<RunItem['recheck']>;
}

/** What the vendor said when it was last asked again about a person. */
export function RecheckAnswer({ state, recheck: { at, answer } }: RecheckAnswerProps): ReactNode {
  const when = <Instant at={at} />;
  if (answer === 'done') return <SectionMessage tone="success" isAnnounced><Trans>Read again on {when}: the change is in place.</Trans></SectionMessage>;
  if (answer === 'cannotTell') return <SectionMessage tone="warning" isAnnounced><Trans>Read again on {when}: the vendor cannot tell.</Trans></SectionMessage>;
  const wasDone = state === 'verified' || state === 'alreadySo';
  return (
    <SectionMessage tone={wasDone ? 'warning' : 'info'} isAnnounced>
      {wasDone ? <Trans>Read again on {when}: the change is not in place any more. Access came back, or somebody gave it again.</Trans> : <Trans>Read again on {when}: the change is not in place.</Trans>}
    </SectionMessage>
  );
}
