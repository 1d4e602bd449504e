/** The one text of a JSON value: members sorted by their UTF-16 units, no blanks. Throws TypeError for what JSON cannot hold (undefined, NaN, bigint, functions). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
  }
  const held = value === null || typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
  if (!held) throw new TypeError(`JSON cannot hold a value of type ${typeof value}.`);
  return JSON.stringify(value);
}
