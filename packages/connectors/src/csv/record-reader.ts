import { combineReadings } from '@rollcall/core';
import type { CivilDate, Holding, LastActive } from '@rollcall/core';
import type { AccountStatus } from '../kit/index.ts';
import { AccessInterner } from './access-interner.ts';
import { readAccess, readAccountType, readList, readStatus } from './answers.ts';
import type { AccessAnswer } from './answers.ts';
import { CellMemo } from './cell-memo.ts';
import { readDate } from './dates.ts';
import type { DateRules } from './dates.ts';
import type { AccountField, ExportLayout, ResourceColumns } from './layout.ts';
import type { ProblemLog } from './problem-log.ts';
import type { ExportAccess, ExportGroup, ExportRecord } from './record.ts';
import { fieldText } from './row-view.ts';
import type { RowView } from './row-view.ts';

const noAnswer: LastActive = { kind: 'unknown', why: 'notGiven' };
const noAccessAnswer: AccessAnswer = { holding: 'unknown', role: null, understood: true };

/** Turns rows of one file into records. Cells that cannot be read become unknown and are reported. */
export class RecordReader {
  readonly #layout: ExportLayout;
  readonly #log: ProblemLog;
  readonly #dates: CellMemo<LastActive>;
  readonly #answers = new CellMemo<AccessAnswer>(readAccess);
  readonly #statuses = new CellMemo<AccountStatus | null>(readStatus);
  readonly #interners: readonly AccessInterner[];
  /** The earliest and latest last-active day read so far. */
  firstActive: CivilDate | null = null;
  lastActive: CivilDate | null = null;

  constructor(layout: ExportLayout, rules: DateRules, log: ProblemLog) {
    this.#layout = layout;
    this.#log = log;
    this.#dates = new CellMemo((text) => readDate(text, rules));
    this.#interners = layout.resources.map((resource) => new AccessInterner(resource, (access) => this.#noteDay(access.lastActive)));
  }

  /** The record of a row; null when the row is broken (reported). */
  read(row: RowView): ExportRecord | null {
    if (!hasHeaderWidth(row, this.#layout.header.length)) {
      this.#log.add('wrongFieldCount', row.line);
      return null;
    }
    const vendorId = this.#text(row, 'id');
    const email = this.#text(row, 'email');
    const username = this.#text(row, 'username');
    const key = vendorId ?? (email ?? username)?.toLowerCase();
    if (key === undefined) {
      this.#log.add('noIdentity', row.line);
      return null;
    }
    return {
      line: row.line,
      key,
      vendorId,
      name: this.#text(row, 'name'),
      email,
      username,
      status: this.status(row),
      accountType: readAccountType(this.#text(row, 'accountType') ?? ''),
      addedOn: this.addedOn(row),
      orgRole: this.#text(row, 'orgRole'),
      groups: this.#groups(row),
      lastActive: this.accountLastActive(row),
      accesses: this.#accesses(row),
      again: false,
    };
  }

  status(row: RowView): AccountStatus {
    const column = this.#layout.fields.status;
    if (column === undefined) return 'unknown';
    const status = this.#statuses.get(row, column);
    if (status === null) this.#log.add('unknownStatus', row.line, this.#layout.header[column]);
    return status ?? 'unknown';
  }

  addedOn(row: RowView): CivilDate | null {
    const column = this.#layout.fields.addedOn;
    if (column === undefined) return null;
    const date = this.#date(row, column);
    return date.kind === 'at' ? date.on : null;
  }

  accountLastActive(row: RowView): LastActive | null {
    if (this.#layout.accountLastActive.length === 0) return null;
    const date = this.#combined(row, this.#layout.accountLastActive);
    this.#noteDay(date);
    return date;
  }

  lastSeen(row: RowView, columns: ResourceColumns): LastActive {
    return columns.lastSeen.length === 0 ? noAnswer : this.#combined(row, columns.lastSeen);
  }

  /** Without an access column the file does not say who has access, whatever stands in the last-seen column. */
  access(row: RowView, columns: ResourceColumns): AccessAnswer {
    let answer: AccessAnswer | null = null;
    for (const column of columns.access) {
      const next = this.#answers.get(row, column);
      if (!next.understood) this.#log.add('unknownAccess', row.line, this.#layout.header[column]);
      answer = answer === null || answer.holding === next.holding ? (answer ?? next) : noAccessAnswer;
    }
    return answer ?? noAccessAnswer;
  }

  #noteDay(date: LastActive): void {
    if (date.kind !== 'at') return;
    if (this.firstActive === null || date.on < this.firstActive) this.firstActive = date.on;
    if (this.lastActive === null || date.on > this.lastActive) this.lastActive = date.on;
  }

  #date(row: RowView, column: number): LastActive {
    const date = this.#dates.get(row, column);
    if (date.kind === 'unknown' && isDefect(date.why)) this.#log.add(date.why, row.line, this.#layout.header[column]);
    return date;
  }

  #combined(row: RowView, columns: readonly number[]): LastActive {
    let combined: LastActive | null = null;
    for (const column of columns) {
      const next = this.#date(row, column);
      combined = combined === null || combined === next ? next : combineReadings({ lastActive: combined, knownThrough: null }, { lastActive: next, knownThrough: null }).lastActive;
    }
    return combined ?? noAnswer;
  }

  #accesses(row: RowView): ExportAccess[] {
    const accesses: ExportAccess[] = [];
    this.#layout.resources.forEach((columns, index) => {
      const access = this.#interners[index]?.get(this.lastSeen(row, columns), this.access(row, columns));
      if (access !== undefined) accesses.push(access);
    });
    for (const { app, title, column } of this.#layout.siteLists) {
      for (const site of sitesOf(fieldText(row, column))) {
        accesses.push({ app, title, site, holding: 'has', lastActive: noAnswer, role: null });
      }
    }
    return accesses;
  }

  #groups(row: RowView): ExportGroup[] {
    const { groupList, groupId, groupName } = this.#layout.fields;
    if (groupList !== undefined) return readList(fieldText(row, groupList)).map((name) => ({ id: null, name }));
    if (groupId === undefined && groupName === undefined) return [];
    const id = this.#text(row, 'groupId');
    const name = this.#text(row, 'groupName');
    return id === null && name === null ? [] : [{ id, name: name ?? '' }];
  }

  #text(row: RowView, field: AccountField): string | null {
    const column = this.#layout.fields[field];
    if (column === undefined) return null;
    const text = fieldText(row, column).trim();
    if (text.includes('\uFFFD')) this.#log.add('badText', row.line, this.#layout.header[column]);
    return text === '' ? null : text;
  }
}

/** Two access columns of one app and site that differ give no answer. */
export function agreed(a: Holding, b: Holding): Holding {
  return a === b ? a : 'unknown';
}

/** The sites of one app in the managed accounts export; empty and `None` are no access. */
export function sitesOf(cell: string): string[] {
  return readList(cell).filter((site) => site.toLowerCase() !== 'none');
}

function isDefect(why: string): why is 'unreadableDate' | 'ambiguousDate' | 'impossibleDate' | 'futureDate' {
  return why !== 'noDate' && why !== 'notGiven' && why !== 'noAccessColumn' && why !== 'notRead';
}

/** As many fields as the header; further ones only when they are empty, as spreadsheets leave them. */
export function hasHeaderWidth(row: RowView, width: number): boolean {
  if (row.count < width) return false;
  for (let index = width; index < row.count; index += 1) {
    if ((row.ends[index] ?? 0) > (row.starts[index] ?? 0)) return false;
  }
  return true;
}
