/** Kleene's three values. `unknown` is neither: nothing is ever done because of it. */
export type Truth = true | false | 'unknown';

export function not(value: Truth): Truth {
  return value === 'unknown' ? 'unknown' : !value;
}

/** False if any is false, else unknown if any is unknown, else true. True of none. */
export function all(values: Iterable<Truth>): Truth {
  let result: Truth = true;
  for (const value of values) {
    if (value === false) return false;
    if (value === 'unknown') result = 'unknown';
  }
  return result;
}

/** True if any is true, else unknown if any is unknown, else false. False of none. */
export function some(values: Iterable<Truth>): Truth {
  let result: Truth = false;
  for (const value of values) {
    if (value === true) return true;
    if (value === 'unknown') result = 'unknown';
  }
  return result;
}
