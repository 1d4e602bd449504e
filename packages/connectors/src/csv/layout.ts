/** The families of exports Atlassian has given (design.md mission A4). */
export type ExportShape = 'users' | 'usersOlder' | 'usersOldest' | 'managedAccounts';

/** The columns about one app of one site. Column numbers count from 0. */
export interface ResourceColumns {
  /** Our key of the app (`jira`). */
  readonly app: string;
  /** The app as the file's header writes it (`Jira Software`). */
  readonly title: string;
  /** The site as the header writes it; null where the shape names no site. */
  readonly site: string | null;
  readonly lastSeen: readonly number[];
  /** Empty: the file does not say who has access. */
  readonly access: readonly number[];
}

/** A column of the managed accounts export: the sites of one app, separated by commas. */
export interface SiteListColumn {
  readonly app: string;
  readonly title: string;
  readonly column: number;
}

/** Facts about the account and the columns they stand in (one of each; a repeated column is a duplicate). */
export const accountFields = [
  'id',
  'name',
  'email',
  'username',
  'status',
  'addedOn',
  'orgRole',
  'accountType',
  'groupList',
  'groupId',
  'groupName',
] as const;
export type AccountField = (typeof accountFields)[number];

/** Where everything stands in a file. Columns are found by their header, never by position. */
export interface ExportLayout {
  readonly shape: ExportShape;
  readonly header: readonly string[];
  readonly fields: Readonly<Partial<Record<AccountField, number>>>;
  /** Columns with the last activity of the account as a whole. */
  readonly accountLastActive: readonly number[];
  readonly resources: readonly ResourceColumns[];
  readonly siteLists: readonly SiteListColumn[];
  /** Headers that are not used. */
  readonly ignored: readonly string[];
  /** Headers that stand there more than once; of an account's facts the first column counts. */
  readonly duplicates: readonly string[];
}
