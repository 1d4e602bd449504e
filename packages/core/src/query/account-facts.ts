import type { CivilDate } from '../civil-date.ts';
import type { Period } from '../period.ts';
import type { AccessFacts, UsageRules } from '../usage.ts';

/** `absent`: there is none, and we know it. `unread`: hidden from us, or not read (yet). They are never the same. */
export type Fact<T> = { readonly kind: 'known'; readonly value: T } | { readonly kind: 'absent' } | { readonly kind: 'unread' };

export const absent = { kind: 'absent' } as const;
export const unread = { kind: 'unread' } as const;
export function known<T>(value: T): Fact<T> {
  return { kind: 'known', value };
}

/** What was read of a list; when not `complete`, more may belong to it than we know. */
export interface ReadList<T> {
  readonly items: readonly T[];
  readonly complete: boolean;
}

/** An access as a query sees it. */
export interface QueriedAccess extends AccessFacts {
  readonly resourceId: number;
  /** The app's key (`jira`). */
  readonly app: string;
  /** The site's name. */
  readonly site: string;
  readonly siteUrl: string | null;
  /** First seen by us after the source's first reading; null: not known. */
  readonly grantedOn: CivilDate | null;
}

/** Everything a query can ask about one account. */
export interface AccountFacts {
  /** The vendor's id, as given. */
  readonly id: string;
  readonly name: Fact<string>;
  readonly email: Fact<string>;
  readonly domain: Fact<string>;
  /** One of the status choices; `unknown` where no source says. */
  readonly status: string;
  readonly type: string;
  readonly managed: Fact<boolean>;
  readonly roles: readonly string[];
  readonly groups: ReadList<string>;
  /** Names and ids of the sources that report on the account's realm. */
  readonly sources: readonly string[];
  readonly added: Fact<CivilDate>;
  readonly protected: boolean;
  readonly service: boolean;
  /** Does an identity provider own the account? */
  readonly idp: Fact<boolean>;
  /** Only what the asking person may see. Accesses of holding `none` do not exist for any, every and no. */
  readonly accesses: ReadList<QueriedAccess>;
}

/** What a question is asked against. Days are those of the source's time zone. */
export interface QueryContext {
  readonly asOf: CivilDate;
  /** What `usage` is judged by. */
  readonly period: Period;
  readonly usageRules: UsageRules;
}
