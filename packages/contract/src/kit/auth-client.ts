import { z } from 'zod';

/** Signing in and out are the sign-in library's own routes below /api/auth, beside the contract. */
const failure = z.object({ message: z.string().optional(), code: z.string().optional() });

/** A refused sign-in; `code` is the library's, e.g. INVALID_EMAIL_OR_PASSWORD. */
export class AuthError extends Error {
  readonly code: string;
  readonly status: number;
  constructor(message: string, code: string, status: number) {
    super(message);
    this.name = 'AuthError';
    this.code = code;
    this.status = status;
  }
}

/** Asks `/api/auth/...` on the same origin: POST with JSON, GET without a body. Answers what came back, unparsed. Throws {@link AuthError}. */
export async function requestAuth(path: `/${string}`, body?: unknown): Promise<unknown> {
  const answer = await fetch(`/api/auth${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', 'x-rollcall-csrf': '1' },
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const value: unknown = await answer.json().catch(() => null);
  if (answer.ok) return value;
  const parsed = failure.safeParse(value);
  throw new AuthError(parsed.data?.message ?? answer.statusText, parsed.data?.code ?? 'UNKNOWN', answer.status);
}
