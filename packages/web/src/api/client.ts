import { createClient } from '@rollcall/contract';

/** The contract's client on our own origin; the session cookie goes with it, and writes carry the CSRF header. */
export const api = createClient({ baseUrl: '' });
