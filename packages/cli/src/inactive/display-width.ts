const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;
const zeroWidth = /\p{Mn}|\p{Me}|\p{Cf}/u;
const simple = /^[\u0020-\u007E]*$/;
// Control characters could move the cursor or hide text, direction marks could make a name read as another.
const unsafe = /[\p{Cc}\u202A-\u202E\u2066-\u2069\u2028\u2029]/gu;

/** How many columns of a terminal a text takes: two for East Asian wide characters and emoji, none for combining marks. */
export function displayWidth(text: string): number {
  if (simple.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += zeroWidth.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return width;
}

/** A text made safe for a terminal and for one line: control characters and direction overrides become U+FFFD. */
export function terminalSafe(text: string): string {
  return simple.test(text) ? text : text.replaceAll(unsafe, '\uFFFD');
}

/** The text filled up with blanks, or cut with an ellipsis, to `width` columns. */
export function fitted(text: string, width: number): string {
  const own = displayWidth(text);
  if (own <= width) return text + ' '.repeat(width - own);
  let kept = '';
  let used = 0;
  for (const character of text) {
    const next = displayWidth(character);
    if (used + next > width - 1) break;
    kept += character;
    used += next;
  }
  return `${kept}…${' '.repeat(width - used - 1)}`;
}
