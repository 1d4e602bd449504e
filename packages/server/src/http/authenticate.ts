import type { IncomingHttpHeaders } from 'node:http';
import type { Scope } from '../app/scope.ts';

/** What of a request says who asks. */
export interface Credentials {
  readonly headers: IncomingHttpHeaders;
}

/** Who asks and what they may see and do; null when nobody is signed in or the token is not valid any more. */
export type Authenticate = (credentials: Credentials) => Promise<Scope | null>;
