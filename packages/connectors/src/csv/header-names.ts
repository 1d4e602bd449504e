import { appKey, knownAppKeys } from '@rollcall/core';
import { accountFields } from './layout.ts';
import type { AccountField } from './layout.ts';

/** Header texts, lower case, of the facts about an account, from every export seen. */
const fieldNames: Readonly<Record<AccountField, readonly string[]>> = {
  id: ['user id', 'user_id', 'userid', 'account id', 'account_id', 'accountid', 'atlassian id', 'atlassian account id', 'id'],
  name: ['user name', 'name', 'full name', 'full_name', 'display name', 'displayname'],
  email: ['email', 'e-mail', 'email address', 'user email', 'mail'],
  username: ['username'],
  status: ['user status', 'status', 'account status', 'active'],
  addedOn: ['added to org', 'added to organization', 'added to organisation', 'created', 'date added'],
  orgRole: ['org role', 'organization role', 'organisation role'],
  accountType: ['account type', 'user type'],
  groupList: ['group membership', 'group memberships', 'groups'],
  groupId: ['group id', 'group_id'],
  groupName: ['group name', 'group_name', 'group'],
};

const fieldByName = new Map<string, AccountField>();
for (const field of accountFields) {
  for (const name of fieldNames[field]) fieldByName.set(name, field);
}

const knownApps: ReadonlySet<string> = new Set([...knownAppKeys, 'confluence-guest', 'feedback', 'rovo', 'guard', 'focus', 'talent', 'assets']);
const accountLastActive = /^(?:last active(?: date)?|last_login|last login|last_session|last session)(?: \[utc\])?$/;
const lastSeen = /^last seen in (.+)$/i;

export interface AppAndSite {
  readonly app: string;
  readonly title: string;
  readonly site: string | null;
}

/** What one header text means. `app` and `appOnSite` are access columns; `appOnSite` of an app we do not know only counts beside a last-seen column. */
export type HeaderMeaning =
  | { readonly kind: 'field'; readonly field: AccountField }
  | { readonly kind: 'accountLastActive' }
  | { readonly kind: 'lastSeen'; readonly of: AppAndSite }
  | { readonly kind: 'access'; readonly of: AppAndSite; readonly certain: boolean }
  | { readonly kind: 'other' };

/** Reads one header text, trimmed, whatever its case. */
export function headerMeaning(header: string): HeaderMeaning {
  const text = header.trim();
  const lower = text.toLowerCase();
  const field = fieldByName.get(lower);
  if (field !== undefined) return { kind: 'field', field };
  if (accountLastActive.test(lower)) return { kind: 'accountLastActive' };
  const seen = lastSeen.exec(text);
  if (seen !== null) return { kind: 'lastSeen', of: splitAppAndSite(seen[1] ?? '') };
  const of = splitAppAndSite(text);
  const known = knownApps.has(of.app);
  if (of.site !== null) return { kind: 'access', of, certain: known };
  return known ? { kind: 'access', of, certain: true } : { kind: 'other' };
}

/** `Jira - my - site`: the app ends at the first ` - ` after a known app's name; site names may hold ` - ` themselves. */
function splitAppAndSite(text: string): AppAndSite {
  let first: AppAndSite | null = null;
  for (let at = text.indexOf(' - '); at !== -1; at = text.indexOf(' - ', at + 1)) {
    const title = text.slice(0, at).trim();
    const site = text.slice(at + 3).trim();
    if (title === '' || site === '') continue;
    const found: AppAndSite = { app: appKey(title), title, site };
    if (knownApps.has(found.app)) return found;
    first ??= found;
  }
  return first ?? { app: appKey(text), title: text.trim(), site: null };
}
