import type { SendRequest, VendorRequest } from '../connector.ts';
import { VendorError } from '../errors.ts';
import { buildUrl } from './build-url.ts';
import { defaultRateLimit, longestWaitMs } from './options.ts';
import type { PipelineOptions } from './options.ts';
import { redactor } from './redact.ts';
import { decideRetry } from './retry-decision.ts';
import { sendOnce } from './send-once.ts';
import type { SendSettings, Sending } from './send-once.ts';

/**
 * Makes the only way in which connectors speak to vendors: rate budget, bearer key, time limits, bounded JSON, error kinds, retries.
 *
 * Resolves for every 2xx answer (`body` null when empty). Rejects with `VendorError` for everything else, and with the signal's
 * reason when `signal` is aborted. A write is never sent again once it can have taken effect.
 */
export function createPipeline(options: PipelineOptions): SendRequest {
  const settings: SendSettings = {
    fetch: options.fetch ?? globalThis.fetch,
    secret: options.secret,
    redact: redactor(options.secret),
    now: options.now,
    signal: options.signal,
    timeoutMs: options.timeoutMs ?? 30_000,
    wholeAnswerMs: options.wholeAnswerMs ?? 2 * (options.timeoutMs ?? 30_000),
    longestBodyBytes: options.longestBodyBytes ?? 32 * 1024 * 1024,
  };
  const random = options.random ?? Math.random;
  const tenant = [new URL(options.baseUrl).host, ...(options.tenant === undefined ? [] : [options.tenant])].join('/');

  return async (request) => {
    const url = buildUrl(options.baseUrl, request);
    for (let attempt = 1; ; attempt += 1) {
      await takePermit(options, tenant, request);
      await request.beforeSending?.();
      const startedAt = options.now();
      const sending = await sendOnce(settings, request, url);
      const note = (retryInMs: number | null): void => options.log(logEntry(options, request, attempt, startedAt, sending, retryInMs));
      if (sending.spentUntil !== null) await options.budgets.cool({ tenant, group: request.budget, until: sending.spentUntil });
      if ('response' in sending.outcome) {
        note(null);
        return sending.outcome.response;
      }
      const { error } = sending.outcome;
      const decision = decideRetry(error, request, options.lane, attempt, options.now(), random);
      note('waitMs' in decision ? decision.waitMs : null);
      if (error.kind === 'rateLimited') {
        const until = 'waitMs' in decision ? new Date(options.now().getTime() + decision.waitMs) : decision.give.retryAt;
        if (until !== null) await options.budgets.cool({ tenant, group: request.budget, until });
      }
      if ('give' in decision) throw new VendorError(decision.give);
      // What cools the budget is waited for there, so that it is not waited for twice.
      if (error.kind !== 'rateLimited') await options.sleep(decision.waitMs, options.signal);
    }
  };
}

/** Waits for the budget's word as long as the lane waits; beyond that throws `rateLimited(retryAt)`: nothing was sent. */
async function takePermit(options: PipelineOptions, tenant: string, request: VendorRequest): Promise<void> {
  const limit = options.limits?.[request.budget] ?? defaultRateLimit;
  // A little more than the longest wait that decideRetry lets pass, since clocks and timers are not exact.
  const giveUpAt = options.now().getTime() + longestWaitMs[options.lane] + 1000;
  for (let waited = false; ; waited = true) {
    options.signal.throwIfAborted();
    const permit = await options.budgets.acquire({ tenant, group: request.budget, lane: options.lane, waited, ...limit });
    if ('grantedAt' in permit) return;
    if (permit.retryAt.getTime() > giveUpAt) {
      throw new VendorError({
        kind: 'rateLimited',
        operation: request.operation,
        status: null,
        code: null,
        message: 'The rate limit that Atlassian sets is used up for now',
        retryAt: permit.retryAt,
        surelyWithoutEffect: true,
      });
    }
    await options.sleep(Math.max(permit.retryAt.getTime() - options.now().getTime(), 1), options.signal);
  }
}

function logEntry(options: PipelineOptions, request: VendorRequest, attempt: number, startedAt: Date, sending: Sending, retryInMs: number | null) {
  const error = 'error' in sending.outcome ? sending.outcome.error : null;
  return {
    operation: request.operation,
    lane: options.lane,
    attempt,
    status: sending.status,
    kind: error?.kind ?? null,
    code: error?.code ?? null,
    milliseconds: options.now().getTime() - startedAt.getTime(),
    retryInMs,
  };
}
