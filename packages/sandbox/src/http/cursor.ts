/**
 * An opaque position in a list. Its text tells a client nothing; the list's name in it makes a cursor of another list invalid.
 * `turn` tells apart cursors of the same position.
 */
export function encodeCursor(list: string, position: number, turn = 0): string {
  return Buffer.from(`${list}:${position}:${turn}`).toString('base64url');
}

/** The position, 0 for no cursor, undefined for a text that is no cursor of this list. */
export function decodeCursor(list: string, cursor: string | null | undefined): number | undefined {
  if (cursor === null || cursor === undefined || cursor === '') return 0;
  const [name, position] = Buffer.from(cursor, 'base64url').toString('utf8').split(':');
  const number = Number(position === '' ? Number.NaN : position);
  return name === list && Number.isInteger(number) && number >= 0 ? number : undefined;
}
