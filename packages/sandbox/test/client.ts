import type { KeyName, Sandbox } from '../src/index.ts';

/** An answer with its body as text and, when it is JSON, parsed. */
export type Reply = { readonly status: number; readonly headers: Headers; readonly text: string; readonly json: unknown };

export type Request = { readonly key?: KeyName | 'none'; readonly body?: unknown; readonly timeoutMs?: number };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Calls the sandbox with plain fetch; paths start at the root (`/admin/v1/orgs`). */
export async function call(sandbox: Sandbox, method: string, path: string, request: Request = {}): Promise<Reply> {
  const key = request.key ?? 'full';
  const response = await fetch(`${sandbox.url}${path}`, {
    method,
    headers: { ...(key === 'none' ? {} : { authorization: `Bearer ${sandbox.keys[key]}` }), ...(request.body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    ...(request.timeoutMs === undefined ? {} : { signal: AbortSignal.timeout(request.timeoutMs) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

/** Paths of the organisation under test. */
export function paths(sandbox: Sandbox, directory = 0): { readonly v1: string; readonly v2: string; readonly directory: string; readonly everywhere: string } {
  const v2 = `/admin/v2/orgs/${sandbox.orgId}`;
  return { v1: `/admin/v1/orgs/${sandbox.orgId}`, v2, directory: `${v2}/directories/${sandbox.organisation.directories[directory]?.id ?? ''}`, everywhere: `${v2}/directories/-` };
}

/** A member of a JSON value by path, undefined where there is none: `at(json, 'errors', 0, 'code')`. */
export function at(json: unknown, ...path: readonly (string | number)[]): unknown {
  let value = json;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}

/** The items of a page. */
export function items(reply: Reply): readonly unknown[] {
  const data = at(reply.json, 'data');
  return Array.isArray(data) ? data : [];
}

/** Account ids of a page of users. */
export function accountIds(reply: Reply): readonly string[] {
  return items(reply).map((item) => String(at(item, 'accountId')));
}
