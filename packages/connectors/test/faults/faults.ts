import type { Fault, FaultEffect, Sandbox, SandboxOptions } from '@rollcall/sandbox';

type Armed = Omit<Fault, 'operation'>;

/** A way in which the vendor, or the way to it, goes wrong. */
export interface NamedFault {
  readonly name: string;
  /** What is armed at the operation that is struck. */
  readonly arm?: (sandbox: Sandbox) => readonly Armed[];
  /** The sandbox has to be started with this. */
  readonly sandbox?: SandboxOptions;
  /** The sandbox's certificate is trusted. */
  readonly trusted?: boolean;
  /** Another address than the sandbox's. */
  readonly address?: 'unknownName' | 'nobodyListens';
  /** Waits for time limits: they are shortened, and its operations are done side by side. */
  readonly slow?: boolean;
}

type Arm = NonNullable<NamedFault['arm']>;
const ever = 1_000_000;
const once = (effect: FaultEffect): Arm => () => [{ effect }];
const always = (effect: FaultEffect): Arm => () => [{ times: ever, effect }];
const limited = (headers: Readonly<Record<string, string>>): FaultEffect => ({ kind: 'status', status: 429, headers });
const inSeconds = (sandbox: Sandbox, seconds: number): Date => new Date(sandbox.clock.now() + seconds * 1000);
const shape: FaultEffect = { kind: 'wrongJson', text: '{"ok":true}' };
const page: FaultEffect = { kind: 'status', status: 200, body: 'html' };

/** Every fault by the name that docs/failures.md and the matrix use. */
export const faults: readonly NamedFault[] = [
  { name: 'rateLimitedSeconds', arm: once(limited({ 'retry-after': '3' })) },
  { name: 'rateLimitedDate', arm: (sandbox) => [{ effect: limited({ 'retry-after': inSeconds(sandbox, 5).toUTCString() }) }] },
  { name: 'rateLimitedReset', arm: (sandbox) => [{ effect: limited({ 'x-ratelimit-reset': inSeconds(sandbox, 5).toISOString() }) }] },
  { name: 'rateLimitedSilent', arm: once(limited({})) },
  { name: 'rateLimitedLong', arm: always(limited({ 'retry-after': '3600' })) },
  { name: 'rateLimitedForever', arm: always(limited({})) },
  { name: 'busy', arm: once({ kind: 'status', status: 503, headers: { 'retry-after': '2' } }) },
  { name: 'serverErrorOnce', arm: once({ kind: 'status', status: 500 }) },
  { name: 'serverError', arm: always({ kind: 'status', status: 502, body: 'html' }) },
  { name: 'htmlPageOnce', arm: once(page) },
  { name: 'htmlPage', arm: always(page) },
  { name: 'wrongJsonOnce', arm: once(shape) },
  { name: 'wrongJson', arm: always(shape) },
  { name: 'emptyBody', arm: always({ kind: 'status', status: 200, body: 'empty' }) },
  { name: 'truncatedOnce', arm: once({ kind: 'truncate', share: 0.5 }) },
  { name: 'truncated', arm: always({ kind: 'truncate', share: 0.5 }) },
  { name: 'slowDrip', arm: always({ kind: 'slowDrip', chunkBytes: 1, everyMs: 25 }), slow: true },
  { name: 'flood', arm: always({ kind: 'flood', bytes: 4_000_000 }) },
  { name: 'slowOnce', arm: once({ kind: 'delay', ms: 30 }) },
  { name: 'noAnswerOnce', arm: once({ kind: 'timeout' }), slow: true },
  { name: 'noAnswer', arm: always({ kind: 'timeout' }), slow: true },
  { name: 'resetOnce', arm: once({ kind: 'reset' }) },
  { name: 'reset', arm: always({ kind: 'reset' }) },
  { name: 'lostAnswerReset', arm: once({ kind: 'dropAfterWrite', how: 'reset' }) },
  { name: 'lostAnswerSilence', arm: once({ kind: 'dropAfterWrite', how: 'silence' }), slow: true },
  { name: 'ignoredWrite', arm: once({ kind: 'ignoreWrite' }) },
  { name: 'keyRevoked', arm: once({ kind: 'revokeKey' }) },
  { name: 'adminLost', arm: once({ kind: 'loseOrgAdmin' }) },
  { name: 'repeatedCursor', arm: always({ kind: 'repeatCursor' }) },
  { name: 'shiftForward', arm: () => [{ skip: 1, effect: { kind: 'shiftPages', by: 7 } }] },
  { name: 'shiftBack', arm: () => [{ skip: 1, effect: { kind: 'shiftPages', by: -7 } }] },
  { name: 'duplicates', arm: always({ kind: 'duplicates', count: 5 }) },
  { name: 'emptyPage', arm: once({ kind: 'emptyPageWithCursor' }) },
  { name: 'fivePercent', arm: always({ kind: 'partialRead', share: 0.05 }) },
  { name: 'becameAdmin', arm: once({ kind: 'makeOrgAdmin' }) },
  { name: 'userDeleted', arm: once({ kind: 'deleteUser' }) },
  { name: 'groupDeleted', arm: once({ kind: 'deleteGroup' }) },
  { name: 'seatsTaken', arm: once({ kind: 'takeSeats' }) },
  { name: 'clockForward', arm: (sandbox) => [{ effect: { kind: 'clockJump', byMs: 7_200_000 } }, { effect: limited({ 'retry-after': new Date(sandbox.clock.now() + 7_205_000).toUTCString() }) }] },
  { name: 'clockBack', arm: (sandbox) => [{ effect: { kind: 'clockJump', byMs: -7_200_000 } }, { effect: limited({ 'retry-after': new Date(sandbox.clock.now() - 7_195_000).toUTCString() }) }] },
  { name: 'unknownName', address: 'unknownName' },
  { name: 'nobodyListens', address: 'nobodyListens' },
  { name: 'tlsUntrusted', sandbox: { tls: 'good' } },
  { name: 'tlsWrongHost', sandbox: { tls: 'wrongHost' }, trusted: true },
  { name: 'tlsExpired', sandbox: { tls: 'expired' }, trusted: true },
];
