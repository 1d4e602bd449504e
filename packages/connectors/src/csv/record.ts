import type { CivilDate, Holding, LastActive } from '@rollcall/core';
import type { AccountStatus, AccountType } from '../kit/index.ts';

/** A group as the export names it; the id only in exports with one row per membership. */
export interface ExportGroup {
  readonly id: string | null;
  readonly name: string;
}

/** What the export says about one app of one site. */
export interface ExportAccess {
  readonly app: string;
  readonly title: string;
  readonly site: string | null;
  readonly holding: Holding;
  /** `unknown(notGiven)` in shapes that only know the last activity of the account as a whole. */
  readonly lastActive: LastActive;
  /** The role as it stands in the file (`User`); null when there is none. */
  readonly role: string | null;
}

/** One account of an export, its adjacent rows merged. */
export interface ExportRecord {
  /** The line of the account's first row. */
  readonly line: number;
  /** What accounts are told apart by: the vendor's id, else the e-mail address or user name in lower case. */
  readonly key: string;
  readonly vendorId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly username: string | null;
  readonly status: AccountStatus;
  readonly accountType: AccountType;
  readonly addedOn: CivilDate | null;
  readonly orgRole: string | null;
  readonly groups: readonly ExportGroup[];
  /**
   * The last activity of the account in any app, where the export gives it (managed accounts, oldest users export): proves inactivity
   * of every app before that day, and activity of none. Null where the export has no such column.
   */
  readonly lastActive: LastActive | null;
  /** One per app and site the header names; in the managed accounts export only those the account has. */
  readonly accesses: readonly ExportAccess[];
  /** An earlier record of the same read had this key already (its rows are not adjacent): merge with that one (`mergeRecords`). */
  readonly again: boolean;
}
