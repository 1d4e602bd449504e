/** Why a file was not taken as an export. The codes are stored and shown; add, never rename. */
export type RefusalCode =
  | 'empty'
  | 'html'
  | 'json'
  | 'spreadsheet'
  | 'archive'
  | 'image'
  | 'pdf'
  | 'binary'
  | 'otherCsv'
  | 'brokenHeader'
  | 'tooManyColumns';

const remedy =
  'Make the export again: admin.atlassian.com > Directory > Users > Export users, then use the CSV file from the mail or the download as it is, without opening it in a spreadsheet.';

/** The file is no export of Atlassian accounts. The message says what it looks like and how to get the right one; it names no person. */
export class ExportRefused extends Error {
  override readonly name = 'ExportRefused';
  readonly code: RefusalCode;

  constructor(code: RefusalCode, looksLike: string) {
    super(`${looksLike} ${remedy}`);
    this.code = code;
  }
}
