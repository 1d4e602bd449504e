import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMay, useMe } from '../../api/index.ts';
import { Page, Tabs } from '../../ui/index.ts';
import { BackupTab } from './backup-tab.tsx';
import { PeopleTab } from './people-tab.tsx';
import { ProfileTab } from './profile-tab.tsx';
import { settingsTabs } from './settings-tabs.ts';
import { TokensTab } from './tokens-tab.tsx';
import { WorkspaceTab } from './workspace-tab.tsx';
import './settings.css';

const route = getRouteApi('/shell/settings');

/** One's own sign-in, the rules of the workspace, its people, API tokens. */
export function SettingsScreen(): ReactNode {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { tab = 'profile' } = route.useSearch();
  const mayAdminister = useMay('administer');
  const mayRead = useMay('read');
  const me = useMe();
  const mayBackUp = useMay('backup') && me.sourceIds === null && me.sites === null;
  return (
    <Page title={t`Settings`}>
      <Tabs
        label={t`Settings`}
        value={tab}
        onChange={(id) => void navigate({ to: '/settings', search: { tab: settingsTabs.find((one) => one === id) }, replace: true })}
        tabs={[
          { id: 'profile', label: t`Your profile`, content: <ProfileTab /> },
          ...(mayRead ? [{ id: 'workspace', label: t`Workspace`, content: <WorkspaceTab /> }] : []),
          ...(mayAdminister ? [{ id: 'people', label: t`People`, content: <PeopleTab /> }] : []),
          { id: 'tokens', label: t`API tokens`, content: <TokensTab /> },
          ...(mayBackUp ? [{ id: 'backup', label: t`Backup`, content: <BackupTab /> }] : []),
        ]}
      />
    </Page>
  );
}
