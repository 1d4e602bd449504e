/** What happened, as the end of "Somebody …". `{name}` stands for a member of the payload. */
const sentences: Readonly<Record<string, string>> = {
  'person.firstAdministrator': 'became the first administrator',
  'person.invited': 'invited {name} as {role}',
  'person.joined': 'accepted the invitation as {role}',
  'person.invitationWithdrawn': 'withdrew an invitation',
  'person.changed': "changed a person's role or limits",
  'person.removed': "took away a person's right to sign in",
  'person.signedIn': 'signed in',
  'person.signedInByBackupCode': 'signed in with a backup code',
  'person.passwordChanged': 'changed the password',
  'person.twoFactorBegun': 'began to set up two-factor sign-in',
  'person.twoFactorDisabled': 'switched off two-factor sign-in',
  'token.created': 'made the API token {name}',
  'token.revoked': 'revoked an API token',
  'settings.changed': 'changed settings',
  'secrets.rotated': 'sealed {values} stored keys anew',
  'workspace.paused': 'paused everything: {reason}',
  'workspace.resumed': 'let everything go on',
  'audit.exported': 'exported the audit trail',
  'source.created': 'added the source {name}',
  'source.changed': 'changed the source {name}',
  'source.removed': 'removed the source {name}',
  'sync.requested': 'asked for a sync',
  'sync.done': 'finished a sync',
  'sync.failed': 'could not finish a sync',
  'sync.cancelled': 'cancelled a sync',
  'sync.held': 'held back a suspiciously small reading',
  'sync.heldTaken': 'took a suspiciously small reading',
  'sync.heldDropped': 'dropped a suspiciously small reading',
  'view.saved': 'saved the view {name}',
  'view.changed': 'changed a saved view',
  'view.removed': 'removed the saved view {name}',
  'plan.ordered': 'asked for a plan',
  'plan.ready': 'finished a plan',
  'plan.refused': 'refused a plan',
  'plan.failed': 'could not finish a plan',
  'plan.discarded': 'discarded a plan',
  'run.requested': 'applied a plan for {people} people',
  'run.paused': 'paused a run',
  'run.queued': 'let a run go on',
  'run.resumed': 'let a run go on',
  'run.cancelling': 'cancelled what a run had not started',
  'run.cancelled': 'ended a cancelled run',
  'run.done': 'finished a run',
  'run.stopped': 'stopped a run',
  'run.hidden': 'deleted run logs',
  'run.call.intent': 'is about to change an account at the vendor',
  'run.call.applied': 'changed an account at the vendor',
  'run.call.alreadySo': 'found an account as it was to become',
  'run.call.refused': 'met a refusal of the vendor ({errorKind})',
  'run.call.notDone': 'asked the vendor: an earlier change had not taken effect',
  'run.call.uncertain': 'could not learn whether a change took effect',
  'run.item.verified': 'verified an account at the vendor',
  'run.item.applied': 'finished an account',
  'run.item.alreadySo': 'found nothing left to do for an account',
  'run.item.skipped': 'skipped an account',
  'run.item.failed': 'could not change an account',
  'run.item.uncertain': 'left an account to be settled',
  'run.item.cancelled': 'left an account out of a cancelled run',
  'run.item.rechecked': 'read an account again at the vendor',
  'run.item.settled': 'settled an account as {as}',
  'account.rechecked': 'read an account again at the vendor',
  'inventory.exported': 'exported the inventory',
  'upload.taken': 'took a file into the inventory',
  'exemption.created': 'exempted {label}',
  'exemption.changed': 'changed an exemption',
  'exemption.ended': 'ended an exemption',
};

/** One English sentence about an event. A kind without words of its own is said by its name, so that nothing is hidden. */
export function sentenceOf(kind: string, actor: string | null, payload: object | null): string {
  const who = actor ?? 'Somebody (erased)';
  const words = sentences[kind];
  if (words === undefined) return `${who}: ${kind}.`;
  const facts = new Map<string, unknown>(Object.entries(payload ?? {}));
  return `${who} ${words.replaceAll(/\{(\w+)\}/gu, (_, name: string) => textOf(facts.get(name)))}.`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '…';
}
