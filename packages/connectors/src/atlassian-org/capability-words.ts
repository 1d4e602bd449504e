/** What a key test can say: state, sentence, and what to do. The codes are stable; screens translate them. */
const unscoped = 'Make an API key without scopes in admin.atlassian.com → Organization settings → API keys, and enter it here.';
const admin = 'The key must be made by an organisation administrator who still is one.';

export const capabilityWords = {
  keyAccepted: ['yes', 'Atlassian accepts the key.', null],
  keyRefused: ['no', 'Atlassian does not accept this key: it is mistyped, expired, revoked, or an API token of a person or a site instead of an organisation key.', unscoped],
  unreachable: ['no', 'Atlassian could not be reached.', 'Check the base URL, the proxy and the network of this machine, then test again.'],
  notTested: ['untested', 'Not tested, because something before it failed.', null],
  organisationFound: ['yes', 'The key administers this organisation.', null],
  organisationNotFound: ['no', 'The key does not reach this organisation: the id is wrong, or the key belongs to another organisation.', 'Copy the organisation id from the address of admin.atlassian.com (after /o/), or choose one of the organisations of this key.'],
  organisationForbidden: ['no', 'The key may not administer this organisation.', admin],
  keyWithScopes: ['limited', 'The key reaches the organisation but lists none: it is a key with scopes.', unscoped],
  oneDirectory: ['yes', 'The organisation has one directory.', null],
  severalDirectories: ['yes', 'The organisation has several directories, one for each site: suspending an account acts in one directory.', null],
  usersRead: ['yes', 'Users can be read.', null],
  usersWithoutGroups: ['limited', 'Users can be read, but without their groups: members are read group by group, which takes longer.', null],
  noUsers: ['limited', 'Users can be read, but there are none.', 'Check that this is the right organisation.'],
  activityInBulk: ['yes', 'Last active dates come with the users.', null],
  activityPerAccount: ['limited', 'Last active dates must be asked for account by account, at most 200 a minute: the first sync of a large organisation takes hours.', null],
  activityRefused: ['no', 'Atlassian does not give this key the last active dates: usage stays unknown, and nobody is ever called inactive.', unscoped],
  activityUnproven: ['limited', 'There is no account whose last active date could be read as a trial.', null],
  groupsRead: ['yes', 'Groups and what they grant can be read.', null],
  noGroups: ['limited', 'Groups can be read, but there are none.', null],
  appsRead: ['yes', 'Apps and sites can be read.', null],
  noApps: ['limited', 'Apps can be read, but the organisation has none.', 'Check that this is the right organisation.'],
  managedRead: ['yes', 'Managed accounts can be read.', null],
  noVerifiedDomain: ['limited', 'There are no managed accounts: the organisation has no verified domain. Accounts can be suspended and removed, but not deactivated.', 'Verify your domains in admin.atlassian.com → Settings → Domains, if you want to manage the accounts themselves.'],
  noManagedAccounts: ['limited', 'The organisation has a verified domain but no managed accounts.', 'Claim the accounts of your domains in admin.atlassian.com → Settings → Domains.'],
  refusedByScope: ['no', 'The key lacks the scope for this.', unscoped],
  refused: ['no', 'Atlassian refuses this to the key.', admin],
  unsupported: ['no', 'This organisation has no such interface.', null],
  failed: ['no', 'Atlassian answered with an error.', 'Test again in a few minutes.'],
  changesLikely: ['untested', 'Changes are not tried in a test. A key without scopes can make them.', null],
  changesUnlikely: ['untested', 'Changes are not tried in a test. A key with scopes is refused most of them.', unscoped],
} as const satisfies Readonly<Record<string, readonly [state: 'yes' | 'no' | 'limited' | 'untested', message: string, remedy: string | null]>>;

export type CapabilityCode = keyof typeof capabilityWords;
