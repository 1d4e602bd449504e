const nul = '\0';

/** PostgreSQL's text cannot hold the NUL character: it is left out. */
export function storable(text: string): string {
  return text.includes(nul) ? text.replaceAll(nul, '') : text;
}

/** JSON for `jsonb`, which cannot hold the NUL character either; the six characters \u0000 that somebody wrote are text like any other. */
export function storableJson(value: Readonly<Record<string, unknown>>): string {
  const json = JSON.stringify(value);
  return json.includes(String.raw`\u0000`) ? JSON.stringify(value, (_key, one: unknown) => (typeof one === 'string' ? storable(one) : one)) : json;
}
