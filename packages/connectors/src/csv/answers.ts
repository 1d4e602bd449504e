import type { Holding } from '@rollcall/core';
import type { AccountStatus, AccountType } from '../kit/index.ts';

const statuses: ReadonlyMap<string, AccountStatus> = new Map<string, AccountStatus>([
  ['active', 'active'],
  ['yes', 'active'],
  ['true', 'active'],
  ['suspended', 'suspended'],
  ['deactivated', 'deactivated'],
  ['inactive', 'deactivated'],
  ['disabled', 'deactivated'],
  ['closed', 'deactivated'],
  ['no', 'deactivated'],
  ['false', 'deactivated'],
  ['invited', 'invited'],
  ['pending', 'invited'],
  ['not invited', 'not_invited'],
]);

/** The status an export's cell gives (`Active`, or `Yes` under "active" in the old shapes); null for an unknown word. */
export function readStatus(text: string): AccountStatus | null {
  return statuses.get(text.trim().toLowerCase()) ?? null;
}

const accountTypes: ReadonlyMap<string, AccountType> = new Map<string, AccountType>([
  ['atlassian', 'atlassian'],
  ['user', 'atlassian'],
  ['app', 'app'],
  ['bot', 'app'],
  ['customer', 'customer'],
]);

/** The account type an export's cell gives; `unknown` for an empty cell or another word. */
export function readAccountType(text: string): AccountType {
  return accountTypes.get(text.trim().toLowerCase()) ?? 'unknown';
}

/** What an access cell says. `understood: false` is reported: the word is neither a role nor a no. */
export interface AccessAnswer {
  readonly holding: Holding;
  readonly role: string | null;
  readonly understood: boolean;
}

const noAccess: ReadonlySet<string> = new Set(['', 'none', 'no', 'false', 'no access']);
const roles: ReadonlySet<string> = new Set([
  'yes',
  'true',
  'user',
  'admin',
  'administrator',
  'user access admin',
  'product admin',
  'app admin',
  'site admin',
  'agent',
  'guest',
  'customer',
  'stakeholder',
  'helpseeker',
  'contributor',
  'collaborator',
  'creator',
  'viewer',
  'member',
  'owner',
  'basic',
]);

/**
 * Reads a cell of an access column: `User` (or another role, or several separated by commas) is access, empty and `None` are no access.
 * Any other word gives no answer: unknown, never a guess.
 */
export function readAccess(text: string): AccessAnswer {
  const cell = text.trim();
  const lower = cell.toLowerCase();
  if (noAccess.has(lower)) return { holding: 'none', role: null, understood: true };
  if (lower.split(/[,;]/).every((part) => roles.has(part.trim()))) return { holding: 'has', role: cell, understood: true };
  return { holding: 'unknown', role: null, understood: false };
}

/**
 * The parts of a list in one cell (`a, b, "c, d"`): separated by commas, blanks around them dropped, a part in quotes taken whole. Whether Atlassian
 * quotes group names that hold a comma is unconfirmed.
 */
export function readList(text: string): string[] {
  if (!text.includes('"')) {
    return text.split(',').map((part) => part.trim()).filter((part) => part !== '');
  }
  const parts = text.match(/\s*"(?:[^"]|"")*"\s*(?=,|$)|[^,]+/g) ?? [];
  return parts.map((part) => unquote(part.trim())).filter((part) => part !== '');
}

function unquote(part: string): string {
  return part.length >= 2 && part.startsWith('"') && part.endsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part;
}
