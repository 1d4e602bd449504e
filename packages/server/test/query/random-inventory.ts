import { addDays, foldCase, parseCivilDate } from '@rollcall/core';
import type { CivilDate } from '@rollcall/core';
import fc from 'fast-check';

export function day(text: string): CivilDate {
  const date = parseCivilDate(text);
  if (date === null) throw new Error(text);
  return date;
}

export const asOf = day('2026-11-22');
/** Days that lie on, just before and just after everything that matters: the as-of date, its freshness, the periods and the limits of the queries. */
const days = ['2025-11-22', '2025-12-31', '2026-01-01', '2026-03-31', '2026-04-01', '2026-08-23', '2026-08-24', '2026-08-25', '2026-09-01', '2026-10-31', '2026-11-15', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'].map(day);
export const someDay = fc.constantFrom(...days);
/** Null once in `often`. */
const orNull = <T>(arbitrary: fc.Arbitrary<T>, often = 2) => fc.option(arbitrary, { freq: often });

export const names = ['Yamada 山田', '山田', '田中 太郎', 'Ümit Öz', 'ISTANBUL İ', 'ΣΑΣ', '100%_\\x', "O'Hara", 'Ann', 'ann', 'Li', '😀 smile', 'ﷺ a'];
export const emails = ['ann@partner.example', 'Bob@Acme.example', 'x_y@acme.example', 'İ@dots.example'];
export const groups = ['vip', 'Legal-Hold', 'staff', 'gone-group'];
export const roles = ['org-admin', 'Site-Admin', 'user-access-admin'];
export const statuses = ['active', 'suspended', 'deactivated', 'invited', 'unknown'] as const;

export const resources = [
  { vendorId: 'r1', app: 'jira', site: 'acme', siteUrl: 'https://acme.atlassian.net' },
  { vendorId: 'r2', app: 'confluence', site: 'acme', siteUrl: 'https://acme.atlassian.net' },
  { vendorId: 'r3', app: 'jira', site: 'Beta Site', siteUrl: null },
  { vendorId: 'r4', app: 'my-own-app', site: 'Beta Site', siteUrl: null },
] as const;

/** Evidence with its source's history: fresh, stale, without a day, fresh without history. */
export const evidence = [
  { knownThrough: day('2026-11-21'), historyFrom: day('2026-01-01') },
  { knownThrough: day('2026-10-31'), historyFrom: day('2025-01-01') },
  { knownThrough: null, historyFrom: day('2026-08-24') },
  { knownThrough: day('2026-11-20'), historyFrom: null },
] as const;

const lastReading = fc.oneof(
  { weight: 4, arbitrary: fc.record({ lastKind: fc.constant('at' as const), lastOn: someDay }) },
  { weight: 1, arbitrary: fc.record({ lastKind: fc.constant('never' as const), lastOn: fc.constant(null) }) },
  { weight: 1, arbitrary: fc.record({ lastKind: fc.constant('unknown' as const), lastOn: fc.constant(null) }) },
);

const randomAccess = fc.record({
  resource: fc.nat(resources.length - 1),
  holding: fc.constantFrom('has', 'has', 'has', 'has', 'none', 'unknown'),
  reading: lastReading,
  evidence: orNull(fc.nat(evidence.length - 1), 6),
  knownThrough: orNull(someDay),
  grantedOn: orNull(someDay),
  clockOn: orNull(someDay),
  activeDays: fc.oneof(fc.constant([]), fc.uniqueArray(fc.oneof(someDay, fc.nat(400).map((back) => addDays(asOf, -back))), { maxLength: 6 })),
});

export const randomAccount = fc.record({
  realm: fc.nat(1),
  name: orNull(fc.constantFrom(...names), 10),
  email: orNull(fc.constantFrom(...emails), 4),
  status: fc.constantFrom(...statuses),
  type: fc.constantFrom('atlassian', 'app', 'customer', 'unknown'),
  claim: fc.constantFrom('managed', 'unmanaged', 'unknown'),
  managementSource: orNull(fc.constantFrom('synced', 'invited'), 2),
  roles: fc.subarray(roles, { maxLength: 2 }),
  groups: fc.subarray([0, 1, 2, 3], { maxLength: 3 }),
  addedOn: orNull(someDay, 3),
  protectedBy: orNull(fc.constant('platformRole')),
  service: fc.boolean(),
  accesses: fc.uniqueArray(randomAccess, { maxLength: 4, selector: (access) => access.resource }),
});
export type RandomAccount = typeof randomAccount extends fc.Arbitrary<infer T> ? T : never;
export type RandomAccess = RandomAccount['accesses'][number];

export function searchText(account: RandomAccount, vendorId: string): string {
  return foldCase([account.name ?? '', account.email ?? '', vendorId].join(' '));
}

export function domainOf(email: string | null): string | null {
  return email === null ? null : foldCase(email.slice(email.indexOf('@') + 1));
}
