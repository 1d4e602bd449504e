import { requestAuth } from '@rollcall/contract';

export { AuthError } from '@rollcall/contract';

/** Posts to `/api/auth/...` with JSON; answers what came back, unparsed. Throws `AuthError`. */
export function callAuth(path: `/${string}`, body: unknown): Promise<unknown> {
  return requestAuth(path, body);
}

/** Reads `/api/auth/...`. */
export function readAuth(path: `/${string}`): Promise<unknown> {
  return requestAuth(path);
}

/** Ends this session. */
export async function signOut(): Promise<void> {
  await callAuth('/sign-out', {});
}
