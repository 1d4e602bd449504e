import type { VendorRequest, VendorResponse } from '../connector.ts';
import type { VendorErrorFacts } from '../errors.ts';
import { failedBeforeSending, networkCodeOf } from './before-sending.ts';
import { networkWords } from './network-words.ts';
import { readErrorBody } from './error-body.ts';
import { errorKindOf } from './error-kind.ts';
import { readBody } from './read-body.ts';
import type { BodyProblem, BodyRead } from './read-body.ts';
import { retryAtOf, spentUntil } from './retry-timing.ts';

export interface SendSettings {
  readonly fetch: typeof globalThis.fetch;
  readonly secret: string;
  readonly redact: (text: string) => string;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly wholeAnswerMs: number;
  readonly longestBodyBytes: number;
}

/** How one sending ended. `spentUntil`: the vendor says that nothing is left of its allowance until then. */
export interface Sending {
  readonly status: number | null;
  readonly outcome: { readonly response: VendorResponse } | { readonly error: VendorErrorFacts };
  readonly spentUntil: Date | null;
}

/** Follows this many redirects of a read, on the same host only: a key is never sent elsewhere. */
const mostRedirects = 3;

const bodyProblems: Readonly<Record<BodyProblem, string>> = {
  tooLarge: 'The answer is larger than can be right',
  cutOff: 'The answer broke off',
  tooSlow: 'The answer came too slowly and was given up',
  notJson: 'The answer is not JSON, as from a proxy or an error page',
};

/** Sends a request once and says how it ended. Throws only when `signal` was aborted (its reason). */
export async function sendOnce(settings: SendSettings, request: VendorRequest, url: URL): Promise<Sending> {
  const deadline = new AbortController();
  const giveUp = (): void => deadline.abort();
  const whole = setTimeout(giveUp, settings.wholeAnswerMs);
  const headers = setTimeout(giveUp, settings.timeoutMs);
  const signal = AbortSignal.any([settings.signal, deadline.signal]);
  try {
    const response = await fetchSameHost(settings, request, url, signal);
    if (response === null) return failed(request, { kind: 'unsupported', message: `${url.host} redirects elsewhere: check the base URL`, surelyWithoutEffect: !request.write });
    clearTimeout(headers);
    const read = await readBody(response, settings.longestBodyBytes, deadline.signal);
    settings.signal.throwIfAborted();
    return { ...judge(settings, request, response, read), spentUntil: spentUntil(response.headers, settings.now()) };
  } catch (error) {
    settings.signal.throwIfAborted();
    return networkFailure(settings, request, url, deadline.signal.aborted ? 'TIMEOUT' : networkCodeOf(error));
  } finally {
    clearTimeout(whole);
    clearTimeout(headers);
  }
}

async function fetchSameHost(settings: SendSettings, request: VendorRequest, start: URL, signal: AbortSignal): Promise<Response | null> {
  let url = start;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const response = await settings.fetch(url.href, {
      method: request.method,
      headers: {
        authorization: `Bearer ${settings.secret}`,
        accept: 'application/json',
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      redirect: 'manual',
      signal,
    });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) return response;
    await response.body?.cancel();
    if (request.method !== 'GET' || !URL.canParse(location, url.href)) return null;
    url = new URL(location, url);
    if (url.origin !== start.origin) return null;
  }
  return null;
}

function judge(settings: SendSettings, request: VendorRequest, response: Response, read: BodyRead): Omit<Sending, 'spentUntil'> {
  const { status } = response;
  if (response.ok) {
    if ('body' in read && (request.write || request.fits === undefined || request.fits(read.body))) return { status, outcome: { response: { status, body: read.body } } };
    // A page is no word of the vendor's API: a proxy may have kept the write from it. Asking tells.
    if (request.write && isPage(response)) return failed(request, { kind: 'transient', status, code: 'notTheVendor', message: bodyProblems.notJson, surelyWithoutEffect: false });
    // A write that was answered with success took effect, whatever came after the headers.
    if (request.write) return { status, outcome: { response: { status, body: null } } };
    if ('body' in read) return failed(request, { kind: 'transient', status, code: 'unexpectedShape', message: 'The answer does not have the expected shape', surelyWithoutEffect: true });
    const kind = read.problem === 'tooLarge' ? 'unsupported' : 'transient';
    return failed(request, { kind, status, message: bodyProblems[read.problem], surelyWithoutEffect: true });
  }
  const words = readErrorBody('body' in read ? read.body : null);
  const kind = errorKindOf(status, words);
  const retryAt = kind === 'rateLimited' || kind === 'transient' ? retryAtOf(response.headers, settings.now()) : null;
  return failed(request, {
    kind,
    status,
    code: words.codes[0] === undefined ? null : settings.redact(words.codes[0]),
    message: settings.redact(words.message ?? `HTTP ${status}${response.statusText === '' ? '' : ` ${response.statusText}`}`),
    retryAt,
    // A 503 that says when to come back was refused at the door; other 5xx can come after the change was made.
    surelyWithoutEffect: !request.write || kind !== 'transient' || (status === 503 && response.headers.has('retry-after')),
  });
}

function isPage(response: Response): boolean {
  return /^text\/html\b/iu.test(response.headers.get('content-type') ?? '');
}

function networkFailure(settings: SendSettings, request: VendorRequest, url: URL, code: string | null): Sending {
  const before = failedBeforeSending(code);
  const message = code === 'TIMEOUT' ? `No answer from ${url.host} within ${settings.timeoutMs / 1000} s` : networkWords(url.host, code);
  return failed(request, { kind: 'transient', code, message: settings.redact(message), surelyWithoutEffect: before || !request.write });
}

function failed(request: VendorRequest, facts: Pick<VendorErrorFacts, 'kind' | 'message' | 'surelyWithoutEffect'> & Partial<VendorErrorFacts>): Sending {
  const error: VendorErrorFacts = { operation: request.operation, status: null, code: null, retryAt: null, ...facts };
  return { status: error.status, outcome: { error }, spentUntil: null };
}
