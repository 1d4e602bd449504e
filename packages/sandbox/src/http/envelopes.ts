import type { Answer } from './answer.ts';

/** The four forms of error body that the organisation API uses. A client must read all of them. */

const statusText: Readonly<Record<number, string>> = { 400: 'Bad Request', 401: 'Unauthorized', 402: 'Payment Required', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 409: 'Conflict', 415: 'Unsupported Media Type', 429: 'Too Many Requests', 500: 'Internal Server Error' };

const titles: Readonly<Record<string, string>> = {
  'ADMIN-400-1': 'Invalid page cursor', 'ADMIN-400-4': 'Invalid resource', 'ADMIN-400-24': 'Invalid request body', 'ADMIN-403-3': 'Not allowed to manage the org',
  'ADMIN-403-6': 'Not allowed to delete group with default-role attribute', 'ADMIN-403-7': 'Not allowed to delete group which grants admin access to a product or org',
  'ADMIN-404-1': 'Unknown resource', 'ADMIN-404-3': 'Domain not found', 'ADMIN-404-8': 'User not found', 'ADMIN-409-3': 'License limit exceeded',
  'ADMIN-UAM-400-1': 'Bad Request', 'ADMIN-UAM-400-2': 'Inactive User', 'ADMIN-UAM-400-3': 'Invalid Role For Resource', 'ADMIN-UAM-403-1': 'Forbidden',
  'ADMIN-UAM-404-1': 'Unknown Resource', 'ADMIN-UAM-404-3': 'Group Not Found', 'ADMIN-UAM-409-2': 'Resource Conflict', 'ADMIN-UAM-409-3': 'Product License Limit Exceeded',
};

let occurrence = 0x65e99414;

/** Form 1: application error. The HTTP status is in the code; `status` in the body is a string, `detail` may be null. */
export function applicationError(code: string, detail: string | null): Answer {
  const status = Number(/-(\d{3})-/.exec(code)?.[1] ?? 500);
  occurrence = (occurrence + 1) >>> 0;
  return { status, json: { errors: [{ id: occurrence.toString(16), code, status: String(status), title: titles[code] ?? statusText[status] ?? code, detail }] } };
}

/** Form 2: routing and permission. */
export function routingError(status: number, path: string, message: string, at: string): Answer {
  occurrence = (occurrence + 1) >>> 0;
  return { status, json: { timestamp: at.replace('Z', '+00:00'), path: `/api${path}`, status, error: statusText[status] ?? 'Error', requestId: occurrence.toString(16), message } };
}

/** Form 3: gateway. */
export function gatewayError(status: number, message: string): Answer {
  return { status, json: { code: status, message } };
}

/** Form 4: a bare key, with a context in the user management API. */
export function keyError(status: number, key: string, context?: unknown): Answer {
  return { status, json: context === undefined ? { key } : { key, context } };
}
