import { closeSync, openSync, writeSync } from 'node:fs';

/** The day the invented export was made. */
export const exportedOn = '2026-11-22';
const exportSites = ['acme', 'acme-support', 'acme - labs'] as const;
const exportApps = ['Jira', 'Confluence', 'Jira Service Management'] as const;

const resources = exportSites.flatMap((site) => exportApps.map((app) => `${app} - ${site}`));

/** 27 columns, as the users export of today has them with groups as a list. */
const exportHeader: readonly string[] = [
  'User id',
  'User name',
  'email',
  'User status',
  'Added to org',
  'Org role',
  'Job title',
  'Department',
  'Group membership',
  ...resources,
  ...resources.map((resource) => `Last seen in ${resource}`),
];

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const given = ['Ada', 'Ben', 'Chloé', 'Dmitri', 'Emeka', 'Fatima', 'Grace', 'Hiro', 'Ines', 'Jonas', '花子', '太郎', 'نور', 'Zoë'];
const family = ['Lane', 'Okafor', 'Müller', 'Petrov', 'Silva', 'Tanaka', 'van Dijk', "O'Neil", '山田', '鈴木', 'Kowalski', 'Nguyen'];
const groups = ['jira-users-acme', 'confluence-users-acme', 'contractors', 'finance', 'support-agents', 'everyone', 'vpn-users', 'emea'];
const departments = ['Engineering', 'Sales', 'Finance', 'Support', 'People'];

export interface UsersExportSpec {
  readonly path: string;
  readonly users: number;
  readonly seed?: number;
  /** A later export of the same people: 40 % of the last-seen dates are later than in export 0, but none is after the export. Nothing else differs. */
  readonly edition?: number;
  /** Default true: one row in 200 comes again further down, with older dates. */
  readonly repeats?: boolean;
}

/** Writes an invented users export, the same bytes for the same spec: about 270 bytes a row, one row in 200 repeated further down with older dates. */
export function writeUsersExport(spec: UsersExportSpec): void {
  const file = openSync(spec.path, 'w');
  let lines = [`${exportHeader.join(',')}\n`];
  for (let user = 0; user < spec.users; user += 1) {
    lines.push(rowOf(user, spec, 0));
    if (user % 200 === 199 && spec.repeats !== false) lines.push(rowOf(user - 100, spec, 1));
    if (lines.length < 2_000) continue;
    writeSync(file, lines.join(''));
    lines = [];
  }
  writeSync(file, lines.join(''));
  closeSync(file);
}

/** A small generator of random numbers (mulberry32): integers below `limit`. */
function randomOf(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

function rowOf(user: number, spec: UsersExportSpec, repetition: number): string {
  const pick = randomOf((spec.seed ?? 1) * 1_000_003 + user);
  // Of its own: a later edition must not draw anything else differently.
  const pickLater = randomOf((spec.seed ?? 1) * 7_000_003 + user);
  const name = `${given[pick(given.length)]} ${family[pick(family.length)]}`;
  const shown = pick(20) === 0 ? `"${name}, ${departments[pick(5)]}"` : name;
  const hex = (pick(0x7fffffff) + 0x10000000).toString(16).padStart(8, '0');
  const status = pick(25) === 0 ? 'Suspended' : pick(30) === 0 ? 'Deactivated' : 'Active';
  const cells = [
    pick(2) === 0 ? `712020:${hex}-4b1d-4f6a-9c3e-${user.toString(16).padStart(12, '0')}` : `5b${hex}${user.toString(16).padStart(14, '0')}`,
    shown,
    `user${user}@example.com`,
    status,
    dateText(pick(2_000)),
    pick(200) === 0 ? 'Organization admin' : '',
    '',
    departments[pick(5)] ?? '',
    pick(4) === 0 ? `"${groups[pick(8)]}, ${groups[pick(8)]}"` : (groups[pick(8)] ?? ''),
  ];
  const access = resources.map(() => pick(3) > 0);
  for (const has of access) cells.push(has ? 'User' : pick(2) === 0 ? 'None' : '');
  for (const has of access) {
    const kind = pick(10);
    const days = pick(10) < 6 ? pick(80) : pick(900);
    const laterBy = pickLater(5) < 2 ? 1 + pickLater(60) : 0;
    const changed = (spec.edition ?? 0) > 0 ? Math.max(0, days - laterBy) : days;
    cells.push(!has || kind === 0 ? 'Never accessed' : dateText(changed + repetition * 30));
  }
  return `${cells.join(',')}\n`;
}

/** The day some days before the export, as Atlassian writes it (`3 Jan 2024`). */
function dateText(daysBefore: number): string {
  const day = new Date(Date.parse(`${exportedOn}T00:00:00Z`) - daysBefore * 86_400_000);
  return `${day.getUTCDate()} ${months[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
}
