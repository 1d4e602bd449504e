import { comeAgain } from './come-again.ts';
import { ProblemError, problemSchema } from './problem.ts';
import type { Route, RouteAnswer, RouteInput } from './route.ts';

export interface ClientOptions {
  /** Address of the server without /api/v1: `http://127.0.0.1:7077`, or '' in a browser on the same origin. */
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
  readonly headers?: () => Readonly<Record<string, string>>;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Sent with a write so that a repeated request is answered by the first one's answer. Made by the caller. */
  readonly idempotencyKey?: string;
  /** The body of an upload. */
  readonly bytes?: NonNullable<RequestInit['body']>;
}

export interface Client {
  /** Calls a route that answers JSON or nothing. Throws {@link ProblemError} for every answer that is a problem. */
  call<R extends Route>(route: R, input: RouteInput<R>, options?: CallOptions): Promise<RouteAnswer<R>>;
  /** Opens a download or an event stream; the caller reads the body. */
  open<R extends Route>(route: R, input: RouteInput<R>, options?: CallOptions): Promise<Response>;
  /** The address of a route, for links and event sources. */
  href<R extends Route>(route: R, input: RouteInput<R>): string;
}

type Plain = string | number | boolean;
interface LooseInput {
  readonly params?: Readonly<Record<string, Plain | undefined>>;
  readonly query?: Readonly<Record<string, Plain | readonly Plain[] | null | undefined>>;
  readonly body?: unknown;
}

/** Inside the client every input has the same three optional members: the conditional type that callers see cannot be read generically. */
function loose(input: unknown): LooseInput {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- callers are checked by RouteInput, of which this is the common shape
  return input as LooseInput;
}

/** The typed client of web and CLI. A read that a busy server refuses is sent again a few times, when the server asked to come again soon. */
export function createClient(options: ClientOptions): Client {
  const send = options.fetch ?? fetch;
  const sendOnce = (route: Route, input: LooseInput, call: CallOptions): Promise<Response> =>
    send(hrefOf(options.baseUrl, route, input), {
      method: route.method,
      headers: headersOf(route, input, options, call),
      ...bodyOf(input, call),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
      credentials: 'same-origin',
    });
  const open = async (route: Route, input: LooseInput, call: CallOptions = {}): Promise<Response> => {
    for (let tries = 1; ; tries += 1) {
      const answer = await sendOnce(route, input, call);
      if (answer.ok) return answer;
      if (route.method !== 'GET' || !(await comeAgain(answer, tries, call.signal))) throw await problemOf(answer);
    }
  };
  return {
    async call(route, input, call) {
      const answer = await open(route, loose(input), call);
      const value: unknown = route.answers === 'nothing' ? undefined : await answer.json();
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema's output type is the declared answer, and parse proves it
      return route.response.parse(value) as never;
    },
    open: (route, input, call) => open(route, loose(input), call),
    href: (route, input) => hrefOf(options.baseUrl, route, loose(input)),
  };
}

function hrefOf(baseUrl: string, route: Route, input: LooseInput): string {
  const path = route.path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(String(input.params?.[name] ?? '')));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value === undefined || value === null) continue;
    for (const one of [value].flat()) search.append(name, String(one));
  }
  const text = search.toString();
  return `${baseUrl}/api/v1${path}${text === '' ? '' : `?${text}`}`;
}

function headersOf(route: Route, input: LooseInput, options: ClientOptions, call: CallOptions): Record<string, string> {
  return {
    accept: route.answers === 'events' ? 'text/event-stream' : 'application/json',
    ...(route.method === 'GET' ? {} : { 'x-rollcall-csrf': '1' }),
    ...(call.bytes === undefined ? (input.body === undefined ? {} : { 'content-type': 'application/json' }) : { 'content-type': 'application/octet-stream' }),
    ...(call.idempotencyKey === undefined ? {} : { 'idempotency-key': call.idempotencyKey }),
    ...options.headers?.(),
  };
}

function bodyOf(input: LooseInput, call: CallOptions): RequestInit | null {
  if (call.bytes !== undefined) {
    // Streams need half duplex, which the DOM's RequestInit does not name yet.
    const halfDuplex: object = { duplex: 'half' };
    return { body: call.bytes, ...halfDuplex };
  }
  return input.body === undefined ? null : { body: JSON.stringify(input.body) };
}

async function problemOf(answer: Response): Promise<ProblemError> {
  const text = await answer.text();
  const parsed = problemSchema.safeParse(parseJson(text));
  if (parsed.success) return new ProblemError(parsed.data);
  return new ProblemError({
    type: 'about:blank',
    title: answer.statusText === '' ? 'Unexpected answer' : answer.statusText,
    status: answer.status,
    code: answer.status === 503 ? 'overloaded' : 'failed',
    detail: `The server answered ${answer.status} in a form that is not Rollcall's. Is another program or a proxy listening at this address?`,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
