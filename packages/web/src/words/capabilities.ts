import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What a key is tested for. */
export const capabilityNames: Readonly<Record<string, MessageDescriptor>> = {
  signIn: msg`Sign in`,
  organisation: msg`Organisation`,
  directories: msg`Directories`,
  users: msg`Users`,
  activity: msg`Last active dates`,
  groups: msg`Groups`,
  apps: msg`Apps and sites`,
  managedAccounts: msg`Managed accounts`,
  change: msg`Changes`,
};

/** What the test found, by its code. */
export const capabilityFindings: Readonly<Record<string, MessageDescriptor>> = {
  keyAccepted: msg`Atlassian accepts the key.`,
  keyRefused: msg`Atlassian does not accept this key: it is mistyped, expired, revoked, or an API token of a person or a site instead of an organisation key.`,
  unreachable: msg`Atlassian could not be reached.`,
  notTested: msg`Not tested, because something before it failed.`,
  organisationFound: msg`The key administers this organisation.`,
  organisationNotFound: msg`The key does not reach this organisation: the id is wrong, or the key belongs to another organisation.`,
  organisationForbidden: msg`The key may not administer this organisation.`,
  keyWithScopes: msg`The key reaches the organisation but lists none: it is a key with scopes.`,
  oneDirectory: msg`The organisation has one directory.`,
  severalDirectories: msg`The organisation has several directories, one for each site: suspending an account acts in one directory.`,
  usersRead: msg`Users can be read.`,
  usersWithoutGroups: msg`Users can be read, but without their groups: members are read group by group, which takes longer.`,
  noUsers: msg`Users can be read, but there are none.`,
  activityInBulk: msg`Last active dates come with the users.`,
  activityPerAccount: msg`Last active dates must be asked for account by account, at most 200 a minute: the first sync of a large organisation takes hours.`,
  activityRefused: msg`Atlassian does not give this key the last active dates: usage stays unknown, and nobody is ever called inactive.`,
  activityUnproven: msg`There is no account whose last active date could be read as a trial.`,
  groupsRead: msg`Groups and what they grant can be read.`,
  noGroups: msg`Groups can be read, but there are none.`,
  appsRead: msg`Apps and sites can be read.`,
  noApps: msg`Apps can be read, but the organisation has none.`,
  managedRead: msg`Managed accounts can be read.`,
  noVerifiedDomain: msg`There are no managed accounts: the organisation has no verified domain. Accounts can be suspended and removed, but not deactivated.`,
  noManagedAccounts: msg`The organisation has a verified domain but no managed accounts.`,
  refusedByScope: msg`The key lacks the scope for this.`,
  refused: msg`Atlassian refuses this to the key.`,
  unsupported: msg`This organisation has no such interface.`,
  failed: msg`Atlassian answered with an error.`,
  changesLikely: msg`Changes are not tried in a test. A key without scopes can make them.`,
  changesUnlikely: msg`Changes are not tried in a test. A key with scopes is refused most of them.`,
};

const unscoped = msg`Make an API key without scopes in admin.atlassian.com → Organization settings → API keys, and enter it here.`;
const administrator = msg`The key must be made by an organisation administrator who still is one.`;

/** What to do about a finding, by its code. */
export const capabilityRemedies: Readonly<Record<string, MessageDescriptor>> = {
  keyRefused: unscoped,
  keyWithScopes: unscoped,
  activityRefused: unscoped,
  refusedByScope: unscoped,
  changesUnlikely: unscoped,
  organisationForbidden: administrator,
  refused: administrator,
  unreachable: msg`Check the base URL, the proxy and the network of this machine, then test again.`,
  organisationNotFound: msg`Copy the organisation id from the address of admin.atlassian.com (after /o/), or choose one of the organisations of this key.`,
  noUsers: msg`Check that this is the right organisation.`,
  noApps: msg`Check that this is the right organisation.`,
  noVerifiedDomain: msg`Verify your domains in admin.atlassian.com → Settings → Domains, if you want to manage the accounts themselves.`,
  noManagedAccounts: msg`Claim the accounts of your domains in admin.atlassian.com → Settings → Domains.`,
  failed: msg`Test again in a few minutes.`,
};
