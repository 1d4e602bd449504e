import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { LinkProps } from '@tanstack/react-router';
import type { Permission } from '@rollcall/contract';
import { ClipboardList, House, ListChecks, ScrollText, Settings, ShieldCheck, SquareStack, Users } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';

export interface NavigationItem {
  readonly to: NonNullable<LinkProps['to']>;
  readonly label: MessageDescriptor;
  readonly icon: LucideIcon;
  /** Left out for people without it. */
  readonly needs?: Permission;
}

/** The left navigation, in order. */
export const navigation: readonly NavigationItem[] = [
  { to: '/', label: msg`Home`, icon: House },
  { to: '/inventory', label: msg`Inventory`, icon: Users },
  { to: '/plans', label: msg`Plans`, icon: ClipboardList },
  { to: '/run-logs', label: msg`Run logs`, icon: ListChecks },
  { to: '/sources', label: msg`Sources`, icon: SquareStack },
  { to: '/exemptions', label: msg`Exemptions`, icon: ShieldCheck },
  { to: '/audit', label: msg`Audit`, icon: ScrollText, needs: 'audit' },
  { to: '/settings', label: msg`Settings`, icon: Settings },
];
