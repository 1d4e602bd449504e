import type { IncomingHttpHeaders } from 'node:http';
import { RequestProblem } from '../app/problem.ts';

const refusal = { code: 'forbidden', title: 'Not from this site' } as const;

/**
 * Refuses a write that a browser sends from another site (CSRF). Browsers say where a request comes from in Sec-Fetch-Site and
 * Origin; programs say nothing and are let through to the sign-in check. Input: headers, and the origins under which we are known.
 */
export function assertSameOrigin(headers: IncomingHttpHeaders, publicUrl: string): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw crossSite();
  const { origin } = headers;
  if (origin === undefined) return;
  if (origin === new URL(publicUrl).origin) return;
  if (URL.canParse(origin) && new URL(origin).host === headers.host) return;
  throw crossSite();
}

/** A write that is signed in by a cookie must carry a header that no foreign page can add without asking first. */
export function assertCsrfHeader(headers: IncomingHttpHeaders): void {
  if (headers['x-rollcall-csrf'] === undefined) {
    throw new RequestProblem({ ...refusal, detail: 'Requests signed in by a cookie need the header x-rollcall-csrf. Programs should use an API token instead.' });
  }
}

function crossSite(): RequestProblem {
  return new RequestProblem({ ...refusal, detail: 'This request came from another site. Open Rollcall at its own address; if a proxy stands in front, set ROLLCALL_PUBLIC_URL to the address people open.' });
}
