import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { LozengeAppearance } from '../ui/index.ts';

export const sourceKindNames: Readonly<Record<string, MessageDescriptor>> = {
  'atlassian-org': msg`Atlassian Cloud organisation`,
  csv: msg`CSV export`,
};

export const healthNames = {
  new: msg`Not read yet`,
  syncing: msg`Syncing`,
  ready: msg`Up to date`,
  stale: msg`Out of date`,
  failing: msg`Failing`,
  held: msg`Waits for you`,
} as const satisfies Readonly<Record<string, MessageDescriptor>>;
export const healthTones: Readonly<Record<keyof typeof healthNames, LozengeAppearance>> = {
  new: 'new', syncing: 'inprogress', ready: 'success', stale: 'moved', failing: 'removed', held: 'moved',
};

export const syncStateNames = {
  queued: msg`Queued`,
  running: msg`Reading`,
  finalising: msg`Saving`,
  held: msg`Held`,
  done: msg`Done`,
  failed: msg`Failed`,
  cancelled: msg`Cancelled`,
} as const satisfies Readonly<Record<string, MessageDescriptor>>;
export const syncStateTones: Readonly<Record<keyof typeof syncStateNames, LozengeAppearance>> = {
  queued: 'default', running: 'inprogress', finalising: 'inprogress', held: 'moved', done: 'success', failed: 'removed', cancelled: 'default',
};

/** What a sync is doing, by the code of its step. */
export const syncStepNames: Readonly<Record<string, MessageDescriptor>> = {
  queued: msg`Waiting for its turn`,
  directories: msg`Reading the directories`,
  workspaces: msg`Reading sites and apps`,
  groups: msg`Reading the groups`,
  grants: msg`Reading what the groups grant`,
  accounts: msg`Reading the accounts`,
  managedAccounts: msg`Reading the managed accounts`,
  members: msg`Reading who is in which group`,
  missing: msg`Asking one by one about accounts that the lists left out`,
  activity: msg`Reading last activity, account by account: Atlassian allows about 200 a minute`,
  file: msg`Reading the file`,
  saving: msg`Taking what was read into the inventory`,
  done: msg`Done`,
};
