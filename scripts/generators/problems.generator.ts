import { problemCodes } from '@rollcall/contract';
import type { ProblemCode } from '@rollcall/contract';
import type { Generator } from './generator.ts';
import { code, generatedPage, markdownTable } from './markdown.ts';

const meanings = {
  badRequest: 'an input is missing, wrong or unknown; `fields` names each',
  badQuery: 'the query cannot be read; `data` says where',
  badPeriod: 'this is no period, or one that a plan cannot rest on',
  signInNeeded: 'no sign-in, or one that has ended',
  forbidden: 'the role, the token’s scopes or the limits do not allow it',
  readOnlySource: 'the source is in read-only mode: plans can be made, not applied',
  notFound: 'there is no such thing, or it lies outside what the asker may see',
  conflict: 'what is there does not allow it (taken already, used already, over)',
  alreadyRunning: 'it runs already',
  digestMismatch: 'the plan is not the one that was looked at, or its rows were changed',
  planNotReady: 'the plan is being built, or was refused, discarded or failed',
  planExpired: 'what the plan rests on is too old',
  confirmationMismatch: 'the source’s name or the number of people typed back is not the plan’s',
  paused: 'everything is paused',
  idempotencyMismatch: 'this `Idempotency-Key` was used for another request',
  tooLarge: 'the request is larger than the operation takes',
  notAnExport: 'the file is no export of Atlassian; the answer says what it looks like',
  refusedByGuard: 'a guard refuses: cap, canary, stale or suspicious data, short period',
  keyRefused: 'the vendor refuses the API key; the answer says why',
  tooManyRequests: 'too many requests from this address or person',
  failed: 'a fault of Rollcall itself; the log has the details under `requestId`',
  vendorUnreachable: 'the vendor did not answer properly',
  overloaded: 'more is asked than can be done, or the database is busy or gone; come again after Retry-After',
  diskFull: 'the disk of the database is full; nothing was changed',
} as const satisfies Readonly<Record<ProblemCode, string>>;

function page(): string {
  const said = new Map<string, string>(Object.entries(meanings));
  const rows = Object.entries(problemCodes).map(([name, status]) => [code(name), String(status), said.get(name) ?? '']);
  return generatedPage(
    'Problem codes',
    'packages/contract/src/kit/problem.ts',
    ['Every failure of the API is a problem (RFC 9457, `application/problem+json`) with one of these codes. `detail` says in words what to do next.', 'Codes are stable: new ones may come, none is renamed.'],
    markdownTable(['code', 'status', 'meaning'], rows),
  );
}

/** docs/reference/problems.md: what an answer can complain about. */
export const generator: Generator = { make: () => [{ path: 'docs/reference/problems.md', text: page() }] };
