import { z } from 'zod';

/** The closed list of what an answer can complain about, with its HTTP status. Codes are stable: add, never rename. */
export const problemCodes = {
  badRequest: 400,
  badQuery: 400,
  badPeriod: 400,
  signInNeeded: 401,
  forbidden: 403,
  readOnlySource: 403,
  notFound: 404,
  conflict: 409,
  alreadyRunning: 409,
  digestMismatch: 409,
  planNotReady: 409,
  planExpired: 409,
  confirmationMismatch: 409,
  paused: 409,
  idempotencyMismatch: 409,
  tooLarge: 413,
  notAnExport: 422,
  refusedByGuard: 422,
  keyRefused: 422,
  tooManyRequests: 429,
  failed: 500,
  vendorUnreachable: 502,
  overloaded: 503,
  diskFull: 507,
} as const satisfies Record<string, number>;
export type ProblemCode = keyof typeof problemCodes;

/** RFC 9457 problem details. `detail` says what to do next; `fields` names the inputs that are wrong. */
export const problemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.number().int(),
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets that these are the table's own keys
  code: z.enum(Object.keys(problemCodes) as [ProblemCode, ...ProblemCode[]]),
  detail: z.string(),
  requestId: z.string().optional(),
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  data: z.record(z.string(), z.unknown()).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** An answer that is a problem, as the client throws it. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}
