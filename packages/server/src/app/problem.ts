import { problemCodes } from '@rollcall/contract';
import type { Problem, ProblemCode, Refusal } from '@rollcall/contract';

export interface ProblemFacts {
  readonly code: ProblemCode;
  /** Plain English that says what to do next. Never holds secrets or personal data. */
  readonly detail: string;
  readonly title?: string;
  readonly fields?: readonly { readonly path: string; readonly message: string }[];
  /** Why, for screens in other languages; its values stand in `data`. */
  readonly refusal?: Refusal;
  readonly data?: Readonly<Record<string, unknown>>;
  /** For `overloaded` and `tooManyRequests`: when to come again, in the header Retry-After (default 2). */
  readonly retryAfterSeconds?: number;
}

/** A failure that the asker is told about as it is. Anything else thrown is answered as `failed`, with a request id for the log. */
export class RequestProblem extends Error {
  readonly facts: ProblemFacts;
  constructor(facts: ProblemFacts, options?: ErrorOptions) {
    super(facts.detail, options);
    this.name = 'RequestProblem';
    this.facts = facts;
  }
}

/** The answer's body. */
export function problemOf(facts: ProblemFacts, requestId: string): Problem {
  return {
    type: 'about:blank',
    title: facts.title ?? facts.code,
    status: problemCodes[facts.code],
    code: facts.code,
    detail: facts.detail,
    requestId,
    ...(facts.fields === undefined ? {} : { fields: [...facts.fields] }),
    ...(facts.data === undefined && facts.refusal === undefined ? {} : { data: { ...facts.data, ...(facts.refusal === undefined ? {} : { refusal: facts.refusal }) } }),
  };
}
