import type { RateLimit, RetryAfterStyle } from '../options.ts';
import type { Answer } from './answer.ts';
import { gatewayError } from './envelopes.ts';

/** Requests seen by a rate group: let through, refused, and the most that fell into any one window. */
export type RateStats = { allowed: number; refused: number; mostInWindow: number };

export type RateLimiter = {
  /** A 429 when one of the groups is used up, undefined otherwise. Groups without a limit cost nothing. */
  check(orgId: string, groups: readonly string[]): Answer | undefined;
  /** Replaces or removes the limit of a group. */
  configure(group: string, limit: RateLimit | null): void;
  stats(): Readonly<Record<string, RateStats>>;
};

type Usage = { times: number[]; windowStart: number; used: number };

function comeBack(style: RetryAfterStyle, at: number, now: number): Readonly<Record<string, string>> {
  if (style === 'seconds') return { 'retry-after': String(Math.max(1, Math.ceil((at - now) / 1000))) };
  if (style === 'httpDate') return { 'retry-after': new Date(Math.ceil(at / 1000) * 1000).toUTCString() };
  return style === 'rateLimitReset' ? { 'x-ratelimit-reset': new Date(at).toISOString() } : {};
}

/** A limiter on virtual time. Windows start with their first request (`fixed`) or slide. */
export function createRateLimiter(now: () => number, initial: Readonly<Record<string, RateLimit | null>>, style: RetryAfterStyle, window: 'fixed' | 'sliding'): RateLimiter {
  const limits = new Map<string, RateLimit>();
  for (const [group, limit] of Object.entries(initial)) if (limit !== null) limits.set(group, limit);
  const usages = new Map<string, Usage>();
  const stats = new Map<string, RateStats>();
  const one = (orgId: string, group: string, limit: RateLimit): Answer | undefined => {
    const at = now();
    const usage = usages.get(`${orgId} ${group}`) ?? { times: [], windowStart: at, used: 0 };
    usages.set(`${orgId} ${group}`, usage);
    while ((usage.times[0] ?? at) <= at - limit.windowMs) usage.times.shift();
    if (at - usage.windowStart >= limit.windowMs) { usage.windowStart = at; usage.used = 0; }
    const counted = stats.get(group) ?? { allowed: 0, refused: 0, mostInWindow: 0 };
    stats.set(group, counted);
    const inWindow = window === 'fixed' ? usage.used : usage.times.length;
    if (inWindow >= limit.limit) {
      counted.refused += 1;
      const free = (window === 'fixed' ? usage.windowStart : (usage.times[0] ?? at)) + limit.windowMs;
      const known: Readonly<Record<string, string>> = style === 'none' ? {} : { 'x-ratelimit-limit': String(limit.limit), 'x-ratelimit-remaining': '0' };
      return { ...gatewayError(429, 'Rate limit exceeded'), headers: { ...known, ...comeBack(style, free, at) } };
    }
    usage.used += 1;
    usage.times.push(at);
    counted.allowed += 1;
    counted.mostInWindow = Math.max(counted.mostInWindow, usage.times.length);
    return undefined;
  };
  return {
    check(orgId, groups) {
      for (const group of groups) {
        const limit = limits.get(group);
        const refusal = limit === undefined ? undefined : one(orgId, group, limit);
        if (refusal !== undefined) return refusal;
      }
      return undefined;
    },
    configure(group, limit) {
      if (limit === null) limits.delete(group);
      else limits.set(group, limit);
    },
    stats: () => Object.fromEntries([...stats].map(([group, counted]) => [group, { ...counted }])),
  };
}
