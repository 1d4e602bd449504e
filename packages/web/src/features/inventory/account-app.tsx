import { useState } from 'react';
import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { KeyRound, UsersRound } from 'lucide-react';
import { CivilDate, Instant } from '../../i18n/index.ts';
import { Button, Lozenge } from '../../ui/index.ts';
import { useUsageSentence } from '../../words/usage-sentence.ts';
import type { AccountDetailData } from './account-detail.tsx';
import { ActivityPanel } from './activity-panel.tsx';
import { UsageMark } from './usage-mark.tsx';

type Access = AccountDetailData['accesses'][number];

export interface AccountAppProps {
  readonly access: Access;
  readonly period: AccountDetailData['period'];
  readonly accountId: number;
  readonly name: string;
}

/** One app on one site: its class, why, what it rests on, and every way in which the account comes by it. */
export function AccountApp({ access, period, accountId, name }: AccountAppProps): ReactNode {
  const { t } = useLingui();
  const sentence = useUsageSentence()(access, period);
  const [isOpen, setOpen] = useState(false);
  const { evidence, otherReadings, paths } = access;
  return (
    <div className="acc-app">
      <div className="acc-app-head">
        <strong>{access.title}</strong>
        <span className="rc-subtle">{access.site}</span>
        <UsageMark usage={access.usage} />
        {access.lastActive.on !== null && <CivilDate date={access.lastActive.on} />}
        <Button appearance="link" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>{isOpen ? t`Hide the days` : t`Show the days`}</Button>
      </div>
      <p>{sentence}</p>
      {evidence !== null && (
        <p className="rc-small rc-subtle">
          <Trans>Known from {evidence.sourceName}</Trans>
          {evidence.readAt !== null && <>, <Trans>read <Instant at={evidence.readAt} /></Trans></>}
          {evidence.knownThrough !== null && <>, <Trans>known through <CivilDate date={evidence.knownThrough} /></Trans></>}
        </p>
      )}
      {otherReadings.map((reading) => (
        <p key={`${reading.sourceName}${reading.readAt}`} className="rc-small rc-subtle">
          {reading.sourceName}: {reading.on === null ? (reading.kind === 'never' ? <Trans>never accessed</Trans> : <Trans>says nothing</Trans>) : <CivilDate date={reading.on} />} (<Trans>read <Instant at={reading.readAt} /></Trans>)
        </p>
      ))}
      {paths.length > 0 && (
        <ul className="acc-paths rc-small" aria-label={t`Ways in which the access is granted`}>
          {paths.map((path) => (
            <li key={`${path.kind}${path.groupId ?? ''}${path.role}`} className="inv-name">
              {path.kind === 'group' ? <UsersRound size={14} aria-hidden /> : <KeyRound size={14} aria-hidden />}
              <span>{path.kind === 'group' ? <Trans>Group {path.groupName}</Trans> : path.kind === 'direct' ? <Trans>Direct role</Trans> : <Trans>Inferred by Atlassian</Trans>}</span>
              <code>{path.role}</code>
              {!path.takesSeat && <span className="rc-subtle"><Trans>takes no seat</Trans></span>}
              {!path.modifiable && path.kind === 'group' && <Lozenge appearance="moved">{t`Identity provider`}</Lozenge>}
            </li>
          ))}
        </ul>
      )}
      {isOpen && <ActivityPanel accountId={accountId} name={name} resourceId={access.resourceId} title={access.title} />}
    </div>
  );
}
