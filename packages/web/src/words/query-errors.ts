import { useLingui } from '@lingui/react/macro';
import type { QueryError } from '@rollcall/core';

/** What is wrong with a query, in the reader's language: the parser's own sentence in English, else one made of its code and of what stands there. */
export function useQueryError(): (error: QueryError, text: string) => string {
  const { t, i18n } = useLingui();
  return (error, text) => {
    if (i18n.locale === 'en') return error.message;
    const found = text.slice(error.from, error.to);
    // The parser's words for what is no word of the query language.
    const phrases: Readonly<Record<string, string>> = {
      'a field such as app, status or lastActive': t`a field such as app, status or lastActive`,
      'a field of the access (app, site, usage, lastActive, accessGranted)': t`a field of the access (app, site, usage, lastActive, accessGranted)`,
      'a day (2026-01-31) or a distance back (-90d)': t`a day (2026-01-31) or a distance back (-90d)`,
      'a value': t`a value`,
      'the end of the query': t`the end of the query`,
    };
    const expected = error.expected.map((one) => phrases[one] ?? one).join(' / ');
    switch (error.code) {
      case 'unexpected':
        return found === '' ? t`The query ends too early. Expected: ${expected}` : t`"${found}" cannot stand here. Expected: ${expected}`;
      case 'unterminatedString':
        return t`The text that begins here has no closing quotation mark.`;
      case 'unexpectedCharacter':
        return t`The character "${found}" cannot stand here. Put values with such characters in quotes.`;
      case 'unknownField':
        return t`There is no field "${found}". Fields are: ${expected}`;
      case 'operatorNotForField':
        return t`This field cannot be compared so. It takes: ${expected}`;
      case 'badValue':
        return expected === '' ? t`This field does not take what stands here: the value is missing, empty, too long or one too many.` : t`"${found}" is no value of this field. It takes: ${expected}`;
      case 'accountTermInAccess':
        return t`"${found}" speaks of the account, not of one access. Put it outside the brackets of access(…).`;
      case 'nestedAccess':
        return t`An access(…) cannot stand inside another. Join them outside with AND or OR.`;
      case 'accessFieldOutsideAccess':
        return t`"${found}" speaks of one access. Put it inside access(…).`;
      case 'tooLong':
        return t`The query is too long.`;
      case 'tooDeep':
        return t`Too many conditions stand within each other.`;
      case 'tooManyTerms':
        return t`The query has too many conditions.`;
      case 'tooManyValues':
        return t`The list has too many values. Select the rows by a file instead.`;
      case 'badShape':
      case 'newerVersion':
        return error.message;
    }
  };
}
