/**
 * Lower case, one character for one character, as PostgreSQL's C.UTF-8 does it: `İ` becomes `i`, a final `Σ` becomes `σ`. JavaScript's own
 * toLowerCase looks at neighbours and may change the length.
 */
export function foldCase(text: string): string {
  let folded = '';
  for (const char of text) folded += char === '\u0130' ? 'i' : char.toLowerCase();
  return folded;
}

/** The parts of a pattern between its `*`. Without a `*` the pattern means "contains". */
export function patternParts(pattern: string): readonly string[] {
  const folded = foldCase(pattern);
  return folded.includes('*') ? folded.split('*') : ['', folded, ''];
}

/** Does the whole text match the pattern, in any case? `*` stands for any run of characters; linear in the text for each part. */
export function matchesPattern(text: string, pattern: string): boolean {
  const folded = foldCase(text);
  const parts = patternParts(pattern);
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (folded.length < first.length + last.length || !folded.startsWith(first) || !folded.endsWith(last)) return false;
  let at = first.length;
  const stop = folded.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = folded.indexOf(part, at);
    if (found === -1 || found + part.length > stop) return false;
    at = found + part.length;
  }
  return true;
}
