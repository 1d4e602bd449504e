import { headerMeaning } from './header-names.ts';
import type { AppAndSite, HeaderMeaning } from './header-names.ts';
import type { AccountField, ExportLayout, ExportShape, ResourceColumns, SiteListColumn } from './layout.ts';
import { ExportRefused } from './refusal.ts';

interface Draft {
  readonly fields: Partial<Record<AccountField, number>>;
  readonly accountLastActive: number[];
  readonly resources: Map<string, ResourceColumns & { readonly lastSeen: number[]; readonly access: number[] }>;
  readonly ignored: string[];
  readonly duplicates: Set<string>;
}

/**
 * Finds the shape of an export and what stands in which column, by the header's texts alone: order does not matter, nor do case and
 * surrounding blanks. Throws `ExportRefused` (`otherCsv`) for a table that is no export of accounts.
 */
export function recognise(header: readonly string[]): ExportLayout {
  const meanings = header.map((text) => headerMeaning(text));
  const shape = findShape(header, meanings);
  if (shape === null) throw otherCsv(header);
  const draft: Draft = { fields: {}, accountLastActive: [], resources: new Map(), ignored: [], duplicates: new Set() };
  const siteLists: SiteListColumn[] = [];
  noteDuplicates(header, draft);
  meanings.forEach((meaning, column) => {
    if (shape === 'managedAccounts' && meaning.kind === 'access' && meaning.of.site === null) {
      siteLists.push({ app: meaning.of.app, title: meaning.of.title, column });
    } else if (!place(meaning, column, draft, meanings)) draft.ignored.push(header[column] ?? '');
  });
  return {
    shape,
    header,
    fields: draft.fields,
    accountLastActive: draft.accountLastActive,
    resources: [...draft.resources.values()],
    siteLists,
    ignored: draft.ignored,
    duplicates: [...draft.duplicates],
  };
}

/** Puts a column where it belongs; false when it is not used. */
function place(meaning: HeaderMeaning, column: number, draft: Draft, all: readonly HeaderMeaning[]): boolean {
  switch (meaning.kind) {
    case 'field':
      if (draft.fields[meaning.field] !== undefined) return false;
      draft.fields[meaning.field] = column;
      return true;
    case 'accountLastActive':
      draft.accountLastActive.push(column);
      return true;
    case 'lastSeen':
      resourceOf(meaning.of, draft).lastSeen.push(column);
      return true;
    case 'access':
      if (!meaning.certain && !all.some((other) => other.kind === 'lastSeen' && sameResource(other.of, meaning.of))) return false;
      resourceOf(meaning.of, draft).access.push(column);
      return true;
    case 'other':
      return false;
  }
}

function resourceOf(of: AppAndSite, draft: Draft): { readonly lastSeen: number[]; readonly access: number[] } {
  const key = `${of.app}\n${of.site?.toLowerCase() ?? ''}`;
  const known = draft.resources.get(key);
  if (known !== undefined) return known;
  const made = { app: of.app, title: of.title, site: of.site, lastSeen: [], access: [] };
  draft.resources.set(key, made);
  return made;
}

function sameResource(a: AppAndSite, b: AppAndSite): boolean {
  return a.app === b.app && a.site?.toLowerCase() === b.site?.toLowerCase();
}

function noteDuplicates(header: readonly string[], draft: Draft): void {
  const seen = new Set<string>();
  for (const text of header) {
    const key = text.trim().toLowerCase();
    if (key !== '' && seen.has(key)) draft.duplicates.add(text.trim());
    seen.add(key);
  }
}

function findShape(header: readonly string[], meanings: readonly HeaderMeaning[]): ExportShape | null {
  const names = new Set(header.map((text) => text.trim().toLowerCase()));
  const has = (...some: string[]): boolean => some.some((name) => names.has(name));
  const seen = meanings.filter((meaning) => meaning.kind === 'lastSeen');
  const id = has('user id', 'user_id', 'userid', 'account id', 'account_id', 'accountid', 'atlassian id', 'atlassian account id');
  const identity = id || has('id', 'username') || meanings.some((meaning) => meaning.kind === 'field' && meaning.field === 'email');
  if (!identity) return null;
  if (has('username') && has('last_login', 'last_session', 'group_name')) return 'usersOldest';
  if (has('last active date [utc]') || (has('atlassian id') && seen.length === 0)) return 'managedAccounts';
  if (id && (seen.length > 0 || has('user status', 'added to org', 'org role') || accessOnSite(meanings))) return 'users';
  if (seen.some((meaning) => meaning.of.site !== null) && (id || has('email'))) return 'users';
  if (seen.length > 0) return 'usersOlder';
  return has('active') && has('created') && (has('id') || has('email')) ? 'usersOlder' : null;
}

function accessOnSite(meanings: readonly HeaderMeaning[]): boolean {
  return meanings.some((meaning) => meaning.kind === 'access' && meaning.certain && meaning.of.site !== null);
}

function otherCsv(header: readonly string[]): ExportRefused {
  const shown = header.slice(0, 5).map((text) => `"${text.trim().replaceAll(/\p{Cc}/gu, ' ').slice(0, 40)}"`);
  const more = header.length > 5 ? ` and ${header.length - 5} more` : '';
  return new ExportRefused(
    'otherCsv',
    `This file is a table, but not an export of Atlassian accounts: its columns are ${shown.join(', ')}${more}. It needs an account id, e-mail address or user name and columns such as "User status" and "Last seen in Jira - your-site".`,
  );
}
