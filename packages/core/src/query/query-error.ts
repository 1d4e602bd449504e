/** The codes are stable: screens translate by them. */
export type QueryErrorCode =
  | 'unexpected'
  | 'unterminatedString'
  | 'unexpectedCharacter'
  | 'unknownField'
  | 'operatorNotForField'
  | 'badValue'
  | 'accountTermInAccess'
  | 'nestedAccess'
  | 'accessFieldOutsideAccess'
  | 'tooLong'
  | 'tooDeep'
  | 'tooManyTerms'
  | 'tooManyValues'
  | 'badShape'
  | 'newerVersion';

/** What is wrong with a query and where. `from`/`to` count UTF-16 units of the text; in the JSON face `path` names the place. */
export interface QueryError {
  readonly code: QueryErrorCode;
  /** Plain English: what is wrong and what would be right. */
  readonly message: string;
  readonly from: number;
  readonly to: number;
  /** What could have stood there. */
  readonly expected: readonly string[];
  readonly path?: string;
}
