import { problemCodes } from '@rollcall/contract';
import type { Problem } from '@rollcall/contract';
import type { Log } from '../app/dependencies.ts';
import { problemOf, RequestProblem } from '../app/problem.ts';
import type { ProblemFacts } from '../app/problem.ts';
import { DiskFullError, isDiskFull } from '../db/index.ts';

/** Fastify's own refusals, by its error codes. */
const frameworkProblems: Readonly<Record<string, ProblemFacts>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'tooLarge', title: 'Too large', detail: 'The request is larger than this operation takes. Send less at once.' },
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'badRequest', title: 'Not JSON', detail: 'The request body is not valid JSON.' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'badRequest', title: 'Empty body', detail: 'The request says it holds JSON but its body is empty. Send {} when there is nothing to say.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { code: 'badRequest', title: 'Unknown content type', detail: 'Send the request body as application/json.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { code: 'badRequest', title: 'Wrong length', detail: 'The request body is not as long as its Content-Length says. Send it again.' },
};

/** PostgreSQL gave up because of load or restart, not because of us. */
const busyStates = new Set(['57P01', '57P02', '57P03', '53300', '40001', '40P01', '55P03', '08006', '08001', '08003']);
/** query_canceled: nobody but the statement timeout cancels a statement whose asker still waits. */
const tooLong = '57014';
/** What the pool says, with no code, when a connection was waited for too long. */
const noConnectionFree = 'timeout exceeded when trying to connect';
/** The database cannot be reached: a refused or broken connection, or a socket that is not there. */
const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT']);

/**
 * What is answered for something thrown. What nobody expected is logged with the request's id and answered without its words. A refusal for overload is
 * no failure: the line of the request says it, and a second one for each would make the load greater.
 */
export function problemOfError(error: unknown, requestId: string, route: string, log: Log): { readonly problem: Problem; readonly retryAfterSeconds: number } {
  const facts = factsOf(error);
  const refused = error instanceof RequestProblem && facts.code === 'overloaded';
  if (problemCodes[facts.code] >= 500 && !refused) log.error({ requestId, route, error: error instanceof Error ? error : String(error) }, 'Request failed');
  return { problem: problemOf(facts, requestId), retryAfterSeconds: facts.retryAfterSeconds ?? 2 };
}

function factsOf(error: unknown): ProblemFacts {
  if (error instanceof RequestProblem) return error.facts;
  if (error instanceof DiskFullError || isDiskFull(error)) {
    return { code: 'diskFull', title: 'Disk full', detail: 'The disk of the database is full; nothing was changed. Free some space, then try again.' };
  }
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = frameworkProblems[code];
  if (known !== undefined) return known;
  if (code.startsWith('FST_ERR_CTP') || code === 'FST_ERR_BAD_URL') return { code: 'badRequest', title: 'Bad request', detail: 'The request cannot be read. Check its address and headers.' };
  if (unreachable.has(code) || (error instanceof Error && error.message.startsWith('Connection terminated'))) {
    return { code: 'overloaded', title: 'No database', detail: 'The database cannot be reached; nothing was changed. Try again in a moment. If it stays so, look at the log of the server.' };
  }
  if (code === tooLong) {
    return { code: 'overloaded', title: 'Took too long', detail: 'The database did not answer in the time a request may take, and nothing was changed. Narrow the filter or the period, or try again when less is going on.', retryAfterSeconds: 10 };
  }
  if (error instanceof Error && error.message === noConnectionFree) {
    return { code: 'overloaded', title: 'Busy', detail: 'All connections to the database are in use; nothing was changed. Try again in a few seconds.' };
  }
  if (busyStates.has(code)) return { code: 'overloaded', title: 'Busy', detail: 'The database is busy or restarting. Try again in a moment.' };
  return { code: 'failed', title: 'Failed', detail: 'Something went wrong in Rollcall itself. The log has the details under the request id; please report it.' };
}
