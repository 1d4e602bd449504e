import type { VendorRequest } from '../connector.ts';
import { VendorError } from '../errors.ts';

/**
 * Joins the base URL, whose path is kept, with a request's path and query. Throws `bug` for a path that leaves the base: a dot
 * segment (an id that is `..`), another host.
 */
export function buildUrl(baseUrl: string, request: VendorRequest): URL {
  const base = new URL(baseUrl);
  const wanted = `${base.origin}${base.pathname.replace(/\/+$/u, '')}${request.path}`;
  const url = new URL(wanted);
  if (!request.path.startsWith('/') || url.href !== wanted) throw outsideBase(request.operation);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    for (const one of typeof value === 'string' ? [value] : value) url.searchParams.append(name, one);
  }
  return url;
}

function outsideBase(operation: string): VendorError {
  return new VendorError({ kind: 'bug', operation, status: null, code: null, message: 'An id cannot stand in a path as it is', retryAt: null, surelyWithoutEffect: true });
}
