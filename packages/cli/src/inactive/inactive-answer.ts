import type { CivilDate } from '@rollcall/core';
import { dayOf } from '@rollcall/connectors/csv';
import type { AccountTable, ReadReport, TableResource } from '@rollcall/connectors/csv';
import { AccountJudge, countVerdict, noCounts } from './judge-accounts.ts';
import type { AccountVerdict, ClassCounts } from './judge-accounts.ts';
import type { AskedPeriod, AskedStatus } from './question.ts';

/** One line of the answer: an account's access to one app of one site. */
export interface ListedAccess {
  readonly accountId: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly status: string;
  readonly app: string;
  readonly site: string | null;
  readonly usage: 'inactive' | 'never';
  readonly lastActive: CivilDate | null;
  readonly addedOn: CivilDate | null;
  /** The line of the account's first row in the file. */
  readonly line: number;
}

export interface ResourceCounts extends TableResource {
  readonly counts: ClassCounts;
}

/** Everything an answer says beside its rows. */
export interface InactiveSummary {
  readonly file: string;
  readonly asked: AskedPeriod;
  readonly status: AskedStatus;
  readonly never: 'with' | 'only' | null;
  /** How many accesses are listed, and of how many accounts. */
  readonly listed: { readonly accesses: number; readonly accounts: number };
  readonly resources: readonly ResourceCounts[];
  /** Accounts left out because their status is another than asked. */
  readonly otherStatus: number;
  readonly accounts: number;
  readonly rows: number;
  readonly brokenRows: number;
  readonly problemTotals: ReadReport['problemTotals'];
  readonly problems: ReadReport['problems'];
}

export interface InactiveAnswer {
  readonly summary: InactiveSummary;
  /** The listed accesses, in the order of the file. */
  rows(): Iterable<ListedAccess>;
}

export interface AnswerParts {
  readonly file: string;
  readonly table: AccountTable;
  readonly asked: AskedPeriod;
  readonly status: AskedStatus;
  readonly never: 'with' | 'only' | null;
  readonly report: Pick<InactiveSummary, 'rows' | 'brokenRows' | 'problemTotals' | 'problems'>;
}

/** Judges every account of a table. The rows are made only when they are asked for, so that an answer of any size costs little memory. */
export function answerFrom(parts: AnswerParts): InactiveAnswer {
  const { table, asked, status, never, report } = parts;
  const judge = new AccountJudge(asked);
  const resources = table.resources.map(({ app, title, site }) => ({ app, title, site, counts: noCounts() }));
  const listed = { accesses: 0, accounts: 0 };
  let otherStatus = 0;
  for (let account = 0; account < table.size; account += 1) {
    if (!isAsked(table, account, status)) {
      otherStatus += 1;
      continue;
    }
    const before = listed.accesses;
    for (const [index, { counts }] of resources.entries()) {
      const verdict = judge.judge(table, account, index);
      countVerdict(counts, verdict);
      if (isListed(verdict, never)) listed.accesses += 1;
    }
    if (listed.accesses > before) listed.accounts += 1;
  }
  function* rows(): Generator<ListedAccess, void, undefined> {
    for (let account = 0; account < table.size; account += 1) {
      if (!isAsked(table, account, status)) continue;
      for (let index = 0; index < resources.length; index += 1) {
        const verdict = judge.judge(table, account, index);
        if (isListed(verdict, never)) yield listedAccess(table, account, index, verdict);
      }
    }
  }
  const summary = { file: parts.file, asked, status, never, listed, resources, otherStatus, accounts: table.size, ...report };
  return { summary, rows };
}

function isAsked(table: AccountTable, account: number, status: AskedStatus): boolean {
  return status === 'any' || table.status(account) === status;
}

function isListed(verdict: AccountVerdict, never: 'with' | 'only' | null): boolean {
  if (verdict.usage === 'inactive') return never !== 'only';
  return verdict.usage === 'never' && never !== null && verdict.age === 'oldEnough';
}

function listedAccess(table: AccountTable, account: number, index: number, verdict: AccountVerdict): ListedAccess {
  const resource = table.resources[index];
  return {
    accountId: table.key(account),
    name: table.name(account),
    email: table.email(account),
    status: table.status(account),
    app: resource?.app ?? '',
    site: resource?.site ?? null,
    usage: verdict.usage === 'never' ? 'never' : 'inactive',
    lastActive: dayOf(verdict.decidedBy),
    addedOn: table.addedOn(account),
    line: table.line(account),
  };
}
