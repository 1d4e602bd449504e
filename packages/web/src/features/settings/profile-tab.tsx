import type { ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMe } from '../../api/index.ts';
import { Card, DescriptionList, SectionMessage, Stack } from '../../ui/index.ts';
import { ChangePassword } from './change-password.tsx';
import { roleDescriptions, roleNames } from './role-words.ts';
import { TwoFactor } from './two-factor.tsx';
import { useLimits } from './use-limits.ts';
import './settings.css';

/** Who one is here, and how one signs in. */
export function ProfileTab(): ReactNode {
  const { t, i18n } = useLingui();
  const me = useMe();
  const limitsOf = useLimits();
  return (
    <div className="settings-form">
      <Card title={me.name}>
        <DescriptionList
          facts={[
            { label: t`E-mail`, value: me.email ?? '–' },
            { label: t`Role`, value: <Stack gap={2}><span>{i18n._(roleNames[me.role])}</span><span className="rc-small rc-subtle">{i18n._(roleDescriptions[me.role])}</span></Stack> },
            { label: t`Limits`, value: limitsOf(me) },
            { label: t`Version of Rollcall`, value: me.version },
          ]}
        />
      </Card>
      {me.kind === 'person' ? (
        <>
          <TwoFactor />
          <ChangePassword />
        </>
      ) : (
        <SectionMessage>
          <Trans>You are signed in with a token: it has no password and no second factor.</Trans>
        </SectionMessage>
      )}
    </div>
  );
}
