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
  'source.tested': 'tested the key of {name}',
  'sync.requested': 'asked for a sync',
  'sync.done': 'finished a sync',
  'sync.failed': 'could not finish a sync',
  'sync.cancelled': 'cancelled a sync',
  'sync.held': 'held back a suspiciously small reading',
  'plan.created': 'made a plan',
  'plan.ready': 'finished a plan',
  'plan.refused': 'refused a plan',
  'plan.discarded': 'discarded a plan',
  'run.requested': 'applied a plan',
  'run.started': 'started a run',
  'run.paused': 'paused a run',
  'run.resumed': 'let a run go on',
  'run.cancelled': 'cancelled a run',
  'run.done': 'finished a run',
  'run.stopped': 'stopped a run',
  'run.hidden': 'deleted run logs',
  'exemption.created': 'exempted {label}',
  'exemption.changed': 'changed the exemption of {label}',
  'exemption.ended': 'ended the exemption of {label}',
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
