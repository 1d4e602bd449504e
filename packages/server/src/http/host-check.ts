import { isIP } from 'node:net';
import { RequestProblem } from '../app/problem.ts';

const localNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * On a loopback address only this machine's own names are answered: a foreign page whose name was pointed at 127.0.0.1
 * (DNS rebinding) would otherwise read everything. On other addresses, a reverse proxy or a firewall decides.
 */
export function hostCheck(boundTo: string, publicUrl: string | undefined): (host: string | undefined) => void {
  if (!isLoopback(boundTo)) return () => undefined;
  const known = new Set([...localNames, ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname])]);
  return (host) => {
    // Only HTTP/1.0 has no Host, which proxies use for health checks and browsers do not speak.
    if (host === undefined || known.has(nameOf(host))) return;
    throw new RequestProblem({ code: 'forbidden', title: 'Unknown host', detail: 'Rollcall is not known under this name. Open it by http://localhost, or set ROLLCALL_PUBLIC_URL to the address people open.' });
  };
}

/** Without the port; names are compared in lower case. */
function nameOf(host: string): string {
  return host.replace(/:\d+$/u, '').toLowerCase();
}

/** Whether an address, or localhost, is this machine's own. */
export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}
