import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** The recognised kinds of export. */
export const shapeNames: Readonly<Record<string, MessageDescriptor>> = {
  users: msg`Users export`,
  usersOlder: msg`Users export of 2019 to 2021`,
  usersOldest: msg`Users export of 2016 to 2018`,
  managedAccounts: msg`Managed accounts export`,
};

/** What a refused file looks like, by its code. */
export const refusalNames: Readonly<Record<string, MessageDescriptor>> = {
  empty: msg`The file is empty.`,
  html: msg`The file looks like a web page (HTML), perhaps a sign-in page that was saved in place of the export.`,
  json: msg`The file looks like JSON, not a CSV file.`,
  spreadsheet: msg`The file looks like an Excel workbook, not a CSV file.`,
  archive: msg`The file looks like an archive. Unpack it first if it holds the export.`,
  image: msg`The file looks like a picture, not a CSV file.`,
  pdf: msg`The file looks like a PDF document, not a CSV file.`,
  binary: msg`The file is not text.`,
  otherCsv: msg`The file is a CSV file, but not an export of Atlassian accounts: its header has none of the columns that such an export has.`,
  brokenHeader: msg`The header of the file cannot be read.`,
  tooManyColumns: msg`The file has more columns than any such export.`,
};

/** What is wrong on a line, by its kind. */
export const lineProblemNames: Readonly<Record<string, MessageDescriptor>> = {
  unclosedQuote: msg`A quoted field opens on this line and is not closed properly. The row is left out; reading goes on with the next line.`,
  fieldTooLong: msg`A field of this row is longer than 1 MB. The row is left out.`,
  rowTooLong: msg`This row is longer than 8 MB. The row is left out.`,
  tooManyFields: msg`This row has more than 2,000 fields. The row is left out.`,
  nulByte: msg`This row holds NUL bytes. The row is left out.`,
  wrongFieldCount: msg`This row has more or fewer fields than the header, so its fields cannot be told apart. The row is left out.`,
  noIdentity: msg`This row has neither an account id nor an e-mail address or user name. The row is left out.`,
  badText: msg`This text is not valid UTF-8. Its unreadable characters are shown as \uFFFD.`,
  unreadableDate: msg`This is not a date that Rollcall can read. It counts as unknown.`,
  ambiguousDate: msg`Day, month or year of this date cannot be told apart. It counts as unknown.`,
  impossibleDate: msg`The calendar has no such day. It counts as unknown.`,
  futureDate: msg`This date is later than the export itself. It counts as unknown.`,
  unknownStatus: msg`This is not a status that Rollcall knows. It counts as unknown.`,
  unknownAccess: msg`This does not say whether the account has access. It counts as unknown.`,
  disagreement: msg`Two rows of this account say different things. The latest date counts; other facts that differ count as unknown.`,
};
