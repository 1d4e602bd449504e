const sentences: Readonly<Record<string, string>> = {
  queued: 'Waiting for its turn',
  directories: 'Reading the directories',
  workspaces: 'Reading sites and apps',
  groups: 'Reading the groups',
  grants: 'Reading what the groups grant',
  accounts: 'Reading the accounts',
  managedAccounts: 'Reading the managed accounts',
  members: 'Reading who is in which group',
  missing: 'Asking one by one about accounts that the lists left out',
  activity: 'Reading last activity, account by account: Atlassian allows about 200 a minute',
  file: 'Reading the file',
  saving: 'Taking what was read into the inventory',
  done: 'Done',
};

/** What a sync is doing, in a sentence for screens and the CLI. */
export function stepSentence(step: string): string {
  return sentences[step] ?? 'Reading';
}
