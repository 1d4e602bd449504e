import { RequestProblem } from '../../app/problem.ts';
import { VendorError } from '@rollcall/connectors/kit';
import type { ErrorKind } from '@rollcall/connectors/kit';

export interface SyncProblem {
  readonly code: string;
  readonly text: string;
}

/** What to do next, by what went wrong at the vendor. */
const remedies: Readonly<Record<ErrorKind, string>> = {
  rateLimited: 'Atlassian asked to wait. The sync goes on by itself.',
  transient: 'Atlassian did not answer properly, also not when asked again. Sync again in a few minutes; if it stays so, look at status.atlassian.com.',
  auth: 'Atlassian does not accept the API key any more: it was revoked, or it has expired. Make a new key at admin.atlassian.com, enter it in Sources, then sync again.',
  scope: 'The API key lacks a scope. Make a key without scopes at admin.atlassian.com, enter it in Sources, then sync again.',
  forbidden: 'Atlassian refuses this to the API key. Its owner must be an organisation administrator; test the key in Sources.',
  notFound: 'Atlassian does not know what was asked for. Check the organisation id in Sources.',
  rejected: 'Atlassian refused a request. Test the key in Sources.',
  quota: 'Atlassian refused a request because of a limit of the organisation.',
  unsupported: 'Atlassian does not offer this for the organisation.',
  managedByIdp: 'An identity provider owns what was asked for.',
  drifted: 'What was asked for has changed meanwhile. Sync again.',
  bug: 'Atlassian calls a request of ours malformed. Please report it with the line of the log.',
};

/** A failure in words that say what to do next. Messages of other errors stay out: a database may quote values of rows. */
export function problemOf(error: unknown): SyncProblem {
  if (error instanceof VendorError) {
    const { kind, operation, message } = error.facts;
    return { code: kind, text: `${remedies[kind]} Nothing was changed. (${operation}: ${message})` };
  }
  if (error instanceof RequestProblem) return { code: error.facts.code, text: error.facts.detail };
  if (error instanceof RepeatedToken) return { code: 'repeatedToken', text: error.message };
  return { code: 'failed', text: 'The sync failed and nothing was changed. The log of the server says why; sync again.' };
}

/** The vendor answers the same page token again: the reading would never end. */
export class RepeatedToken extends Error {
  constructor(step: string) {
    super(`Atlassian answered the same page token twice while ${step} was read, so the reading would never end. Nothing was changed. Sync again later.`);
    this.name = 'RepeatedToken';
  }
}
