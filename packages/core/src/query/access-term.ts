import { appKey } from '../apps.ts';
import { addDays } from '../civil-date.ts';
import { judgeUsage } from '../usage.ts';
import type { QueriedAccess, QueryContext } from './account-facts.ts';
import type { Term } from './ast.ts';
import { foldCase, matchesPattern } from './match-text.ts';
import { resolveDateValue } from './relative-date.ts';
import { choiceTerm, compareDays, signed } from './term-value.ts';
import type { Truth } from './truth.ts';

/** The app and the place of an access: also what a query's `app` and `site` terms are resolved by before SQL is made. */
export interface NamedResource {
  readonly app: string;
  readonly site: string;
  readonly siteUrl: string | null;
}

/** Is the resource one that an `app` or `site` term names? Always known. A site goes by its name or by the host of its address. */
export function resourceMatches(term: Term, resource: NamedResource): boolean {
  const positive = term.field === 'app' ? term.values.some((value) => appKey(value) === resource.app) : siteMatches(term, resource);
  return signed(term, positive) === true;
}

function siteMatches(term: Term, resource: NamedResource): boolean {
  const host = resource.siteUrl === null ? null : hostOf(resource.siteUrl);
  const names = host === null ? [resource.site] : [resource.site, host];
  const test = term.op === '~' || term.op === '!~' ? matchesPattern : (name: string, value: string): boolean => foldCase(name) === foldCase(value);
  return term.values.some((value) => names.some((name) => test(name, value)));
}

function hostOf(url: string): string {
  return url.replace(/^[a-z]+:\/\//i, '').replace(/[/:?#].*$/, '');
}

/** The value of a term that speaks of one access. Throws TypeError for a term of an account field. */
export function accessTermValue(term: Term, access: QueriedAccess, context: QueryContext): Truth {
  switch (term.field) {
    case 'app':
    case 'site':
      return resourceMatches(term, access);
    case 'usage':
      return choiceTerm(term, judgeUsage(access, context.period, context.usageRules).usage);
    case 'lastActive':
      return lastActiveValue(term, access, context);
    case 'accessGranted':
      return access.holding === 'has' && access.grantedOn !== null ? compareDays(term.op, access.grantedOn, limitOf(term, context)) : 'unknown';
    default:
      throw new TypeError(`The term ${term.field} speaks of the account and stands within access(…).`);
  }
}

/**
 * `lastActive` asks about all days up to the as-of date. A reading is a lower bound, so `<` is only true where the reading reaches the as-of
 * date less the freshness; `>=` is proven by any reading. Never accessed is before and after nothing: every comparison is false.
 */
function lastActiveValue(term: Term, access: QueriedAccess, context: QueryContext): Truth {
  const { lastActive } = access;
  if (access.holding !== 'has' || lastActive.kind === 'unknown') return 'unknown';
  if (term.op === 'isEmpty' || term.op === 'isNotEmpty') return signed(term, lastActive.kind === 'at' ? false : ifFresh(true, access, context));
  if (lastActive.kind === 'never') return ifFresh(false, access, context);
  const limit = limitOf(term, context);
  const now = compareDays(term.op, lastActive.on, limit);
  return provenForEver(term, lastActive.on, limit) ? now : ifFresh(now, access, context);
}

/** Would a later activity leave the comparison as it is? */
function provenForEver(term: Term, on: string, limit: string): boolean {
  if (term.op === '>' || term.op === '<=') return on > limit;
  return term.op === '=' ? on > limit : on >= limit;
}

function ifFresh(value: boolean, access: QueriedAccess, context: QueryContext): Truth {
  return isFresh(access, context) ? value : 'unknown';
}

/** Does the reading reach the as-of date, less the days it may lag behind? */
export function isFresh(access: QueriedAccess, context: QueryContext): boolean {
  return access.knownThrough !== null && access.knownThrough >= addDays(context.asOf, -context.usageRules.freshnessDays);
}

function limitOf(term: Term, context: QueryContext): string {
  return resolveDateValue(term.values[0] ?? '', context.asOf);
}
