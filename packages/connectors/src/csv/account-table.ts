import type { CivilDate, Holding, LastActive } from '@rollcall/core';
import type { AccountStatus } from '../kit/index.ts';
import { AccountIndex } from './account-index.ts';
import { readAccess, readStatus } from './answers.ts';
import { ByteArena } from './byte-arena.ts';
import { CellMemo } from './cell-memo.ts';
import { readDate } from './dates.ts';
import { dayCodeOf, dayOf, lastActiveOf, nothingSaid } from './day-code.ts';
import type { DayCode } from './day-code.ts';
import { GrowingColumn } from './growing-column.ts';
import type { ResourceColumns, SiteListColumn } from './layout.ts';
import type { OpenedExport } from './open-export.ts';
import { agreed, hasHeaderWidth, sitesOf } from './record-reader.ts';
import { fieldText, quotedWithQuotes } from './row-view.ts';
import type { RowView } from './row-view.ts';

const statuses: readonly AccountStatus[] = ['active', 'suspended', 'deactivated', 'invited', 'not_invited', 'for_deletion', 'unknown'];
const holdings: readonly Holding[] = ['none', 'has', 'unknown'];
const unset = -1;

/** One app of one site among those a table was asked for. */
export interface TableResource {
  readonly app: string;
  readonly title: string;
  readonly site: string | null;
}

interface ResourceSlot extends TableResource {
  readonly columns: ResourceColumns | null;
  readonly days: GrowingColumn;
  readonly holding: GrowingColumn;
}

/** Which apps of a file a table keeps; everything else is skipped unread. */
export interface TableSelection {
  readonly resources: readonly ResourceColumns[];
  readonly siteLists: readonly SiteListColumn[];
  /** Keeps a site of a managed accounts export, whose sites are known only while reading. */
  keepSite(site: string): boolean;
}

/**
 * The accounts of an export merged by id wherever their rows stand, for a few chosen apps, in columns of integers and bytes: about 150 bytes an account.
 * Follows the rules of `mergeRecords`; reports into the opened export's log.
 */
export class AccountTable {
  readonly #opened: OpenedExport;
  readonly #arena = new ByteArena();
  readonly #index = new AccountIndex(this.#arena);
  readonly #slots: ResourceSlot[];
  readonly #selection: TableSelection;
  readonly #lines = new GrowingColumn(0);
  readonly #names = new GrowingColumn(0);
  readonly #emails = new GrowingColumn(0);
  readonly #statuses = new GrowingColumn(unset);
  readonly #added = new GrowingColumn(nothingSaid);
  readonly #lastActive = new GrowingColumn(nothingSaid);
  readonly #dates: CellMemo<DayCode>;
  readonly #answers = new CellMemo<number>((text) => holdings.indexOf(readAccess(text).holding) + (readAccess(text).understood ? 0 : holdings.length));
  readonly #statusWords = new CellMemo<number>((text) => {
    const status = readStatus(text);
    return status === null ? unset : statuses.indexOf(status);
  });
  rows = 0;

  constructor(opened: OpenedExport, selection: TableSelection) {
    this.#opened = opened;
    this.#selection = selection;
    this.#slots = selection.resources.map((columns) => slotOf(columns, columns));
    this.#dates = new CellMemo((text) => dayCodeOf(readDate(text, opened.dateRules)));
  }

  get size(): number {
    return this.#index.size;
  }

  get resources(): readonly TableResource[] {
    return this.#slots;
  }

  add(row: RowView): void {
    this.rows += 1;
    const { layout, log } = this.#opened;
    if (!hasHeaderWidth(row, layout.header.length)) return log.add('wrongFieldCount', row.line);
    const before = this.#index.size;
    const account = this.#accountOf(row);
    if (account === null) return log.add('noIdentity', row.line);
    if (account === before) this.#describe(account, row);
    this.#mergeStatus(account, row);
    this.#mergeDay(this.#added, account, row, layout.fields.addedOn);
    for (const column of layout.accountLastActive) this.#mergeDay(this.#lastActive, account, row, column);
    for (const slot of this.#slots) if (slot.columns !== null) this.#mergeAccess(slot, slot.columns, account, row, account < before);
    if (this.#selection.siteLists.length > 0) this.#mergeSites(account, row);
  }

  key(account: number): string {
    return this.#index.key(account);
  }

  name(account: number): string | null {
    return this.#arena.text(this.#names.get(account) >>> 0);
  }

  email(account: number): string | null {
    return this.#arena.text(this.#emails.get(account) >>> 0);
  }

  /** The line of the account's first row. */
  line(account: number): number {
    return this.#lines.get(account);
  }

  status(account: number): AccountStatus {
    return statuses[this.#statuses.get(account)] ?? 'unknown';
  }

  addedOn(account: number): CivilDate | null {
    return dayOf(this.#added.get(account));
  }

  /** Integers for callers that judge a million accounts: the codes of `day-code.ts`. */
  codes(account: number, resource: number): { readonly added: DayCode; readonly account: DayCode; readonly day: DayCode } {
    return { added: this.#added.get(account), account: this.#lastActive.get(account), day: this.#slots[resource]?.days.get(account) ?? nothingSaid };
  }

  lastActive(account: number, resource: number): LastActive {
    return lastActiveOf(this.codes(account, resource).day);
  }

  /** A resource of the header that the file has no access column for is unknown; a site that a list does not name is none. */
  holding(account: number, resource: number): Holding {
    const slot = this.#slots[resource];
    const code = slot?.holding.get(account) ?? unset;
    return holdings[code] ?? (slot?.columns === null ? 'none' : 'unknown');
  }

  #accountOf(row: RowView): number | null {
    const { id, email, username } = this.#opened.layout.fields;
    for (const column of [id, email, username]) {
      if (column === undefined) continue;
      const [start, end] = trimmed(row, column);
      if (start === end) continue;
      if (column === id && row.forms[column] !== quotedWithQuotes) return this.#index.numberOf(row.bytes, start, end);
      const text = fieldText(row, column).trim();
      const key = Buffer.from(column === id ? text : text.toLowerCase());
      return this.#index.numberOf(key, 0, key.length);
    }
    return null;
  }

  #describe(account: number, row: RowView): void {
    const { name, email, username } = this.#opened.layout.fields;
    this.#lines.set(account, row.line);
    this.#names.set(account, this.#store(row, name ?? username) | 0);
    this.#emails.set(account, this.#store(row, email) | 0);
  }

  #store(row: RowView, column: number | undefined): number {
    if (column === undefined) return 0;
    if (row.forms[column] === quotedWithQuotes) {
      const text = Buffer.from(fieldText(row, column).trim());
      return this.#arena.add(text, 0, text.length);
    }
    const [start, end] = trimmed(row, column);
    return start === end ? 0 : this.#arena.add(row.bytes, start, end);
  }

  #mergeStatus(account: number, row: RowView): void {
    const column = this.#opened.layout.fields.status;
    if (column === undefined) return;
    const word = this.#statusWords.get(row, column);
    if (word === unset) this.#report('unknownStatus', row, column);
    const next = word === unset ? statuses.indexOf('unknown') : word;
    const known = this.#statuses.get(account);
    if (known === next) return;
    if (known !== unset) this.#report('disagreement', row, column);
    this.#statuses.set(account, known === unset ? next : statuses.indexOf('unknown'));
  }

  #mergeDay(into: GrowingColumn, account: number, row: RowView, column: number | undefined): void {
    if (column === undefined) return;
    const next = this.#day(row, column);
    if (next > into.get(account)) into.set(account, next);
  }

  #day(row: RowView, column: number): DayCode {
    const code = this.#dates.get(row, column);
    if (code < 0) {
      const date = lastActiveOf(code);
      const why = date.kind === 'unknown' ? date.why : 'noDate';
      if (why === 'unreadableDate' || why === 'ambiguousDate' || why === 'impossibleDate' || why === 'futureDate') this.#report(why, row, column);
    }
    return code;
  }

  #mergeAccess(slot: ResourceSlot, columns: ResourceColumns, account: number, row: RowView, repeated: boolean): void {
    let day = nothingSaid;
    for (const column of columns.lastSeen) day = Math.max(day, this.#day(row, column));
    const known = slot.days.get(account);
    if (repeated && day !== known) this.#report('disagreement', row, columns.lastSeen[0] ?? 0);
    if (day > known) slot.days.set(account, day);
    let holding = unset;
    for (const column of columns.access) holding = both(holding, this.#answer(row, column));
    if (holding === unset) return;
    const before = slot.holding.get(account);
    if (repeated && before !== holding) this.#report('disagreement', row, columns.access[0] ?? 0);
    slot.holding.set(account, both(before, holding));
  }

  #answer(row: RowView, column: number): number {
    const code = this.#answers.get(row, column);
    if (code < holdings.length) return code;
    this.#report('unknownAccess', row, column);
    return code - holdings.length;
  }

  #mergeSites(account: number, row: RowView): void {
    for (const { app, title, column } of this.#selection.siteLists) {
      for (const site of sitesOf(fieldText(row, column))) {
        if (this.#selection.keepSite(site)) this.#siteSlot(app, title, site).holding.set(account, holdings.indexOf('has'));
      }
    }
  }

  #siteSlot(app: string, title: string, site: string): ResourceSlot {
    const known = this.#slots.find((slot) => slot.app === app && slot.site === site);
    if (known !== undefined) return known;
    const made = slotOf({ app, title, site }, null);
    this.#slots.push(made);
    return made;
  }

  #report(kind: Parameters<OpenedExport['log']['add']>[0], row: RowView, column: number): void {
    this.#opened.log.add(kind, row.line, this.#opened.layout.header[column]);
  }
}

function slotOf(of: TableResource, columns: ResourceColumns | null): ResourceSlot {
  return { app: of.app, title: of.title, site: of.site, columns, days: new GrowingColumn(nothingSaid), holding: new GrowingColumn(unset) };
}

function both(a: number, b: number): number {
  if (a === unset || a === b) return b;
  return holdings.indexOf(agreed(holdings[a] ?? 'unknown', holdings[b] ?? 'unknown'));
}

/** The bytes of a field without blanks around them. */
function trimmed(row: RowView, column: number): [start: number, end: number] {
  let start = row.starts[column] ?? 0;
  let end = row.ends[column] ?? 0;
  while (start < end && row.bytes[start] === 32) start += 1;
  while (end > start && row.bytes[end - 1] === 32) end -= 1;
  return [start, end];
}
