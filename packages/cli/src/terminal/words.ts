/** `1 person`, `412 people`, `2 plans`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

export const people = (count: number): string => counted(count, 'person', 'people');

/** Enough of an id (UUIDv7: the whole millisecond) to name a thing; commands take any beginning of six characters or more. */
export function shortId(id: string): string {
  return id.slice(0, 13);
}

/** A code as words, where the server gives no sentence: `pilotDone` → `pilot done`. */
export function spaced(code: string): string {
  return code.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[_.-]/g, ' ').toLowerCase();
}
