import type { z } from 'zod';

/** A person in a browser, or a program, who knows only the proxy's address. */
export class Visitor {
  /** Which nodes have answered. */
  readonly nodes = new Set<string>();
  readonly #url: string;
  readonly #signedIn: Record<string, string>;

  /** `signedIn`: a cookie or a token. */
  constructor(url: string, signedIn: Readonly<Record<string, string>> = {}) {
    this.#url = url;
    this.#signedIn = { ...signedIn };
  }

  get headers(): Readonly<Record<string, string>> {
    return this.#signedIn;
  }

  async ask(method: string, path: string, body?: unknown, more: Readonly<Record<string, string>> = {}): Promise<{ status: number; text: string; node: string }> {
    const answer = await fetch(`${this.#url}${path}`, {
      method,
      headers: { origin: this.#url, 'x-rollcall-csrf': '1', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...this.#signedIn, ...more },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    if (cookies.length > 0) this.#signedIn['cookie'] = cookies.join('; ');
    const node = answer.headers.get('x-node') ?? '';
    this.nodes.add(node);
    return { status: answer.status, text: await answer.text(), node };
  }

  /** Asks, and reads the answer's members; fails with what was answered when it is no success. */
  async get<T extends z.ZodType>(shape: T, method: string, path: string, body?: unknown, more: Readonly<Record<string, string>> = {}): Promise<z.output<T>> {
    const answer = await this.ask(method, path, body, more);
    if (answer.status > 299) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return shape.parse(JSON.parse(answer.text));
  }
}
