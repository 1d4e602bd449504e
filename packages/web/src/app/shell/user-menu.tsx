import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { LogOut, UserCog } from 'lucide-react';
import { signOut, useMe } from '../../api/index.ts';
import { Avatar, IconButton, Menu, showFlag } from '../../ui/index.ts';

/** Who is signed in, with which role, and the way out. */
export function UserMenu(): ReactNode {
  const { t } = useLingui();
  const navigate = useNavigate();
  const me = useMe();
  const roleNames = { viewer: t`Viewer`, operator: t`Operator`, approver: t`Approver`, administrator: t`Administrator` };
  const leave = async (): Promise<void> => {
    try {
      await signOut();
      // A full load: nothing that was read stays in memory.
      location.assign('/sign-in');
    } catch (error) {
      showFlag({ tone: 'error', title: t`Not signed out`, description: error instanceof Error ? error.message : undefined });
    }
  };
  const act = (id: string): void => {
    if (id === 'leave') void leave();
    else void navigate({ to: '/settings' });
  };
  const heading = `${me.name} · ${roleNames[me.role]}`;
  return (
    <Menu
      label={t`Your account`}
      trigger={<IconButton label={t`Your account: ${me.name}`} icon={<Avatar name={me.name} />} />}
      groups={[
        { id: 'me', heading, items: [{ id: 'settings', label: t`Settings`, icon: <UserCog aria-hidden /> }] },
        { id: 'leave', items: [{ id: 'leave', label: t`Sign out`, icon: <LogOut aria-hidden /> }] },
      ]}
      onAction={act}
    />
  );
}
