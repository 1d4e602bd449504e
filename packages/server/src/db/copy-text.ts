/** A value for COPY. Arrays become PostgreSQL arrays of one dimension; JSON is given as its text. */
export type CopyValue = string | number | bigint | boolean | Date | Uint8Array | null | readonly (string | number | null)[];

const special = /[\\\n\r\t]/u;
const specials = /[\\\n\r\t]/gu;
const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** One row as a line of COPY's text format, line end included (PostgreSQL's documentation, "COPY", "Text Format"). */
export function copyLine(row: readonly CopyValue[]): string {
  let line = "";
  for (let index = 0; index < row.length; index += 1) {
    if (index > 0) line += "\t";
    line += copyField(row[index] ?? null);
  }
  return `${line}\n`;
}

/** One value of such a line. */
export function copyField(value: CopyValue): string {
  if (value === null) return "\\N";
  if (typeof value === "string") return escape(value);
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "boolean") return value ? "t" : "f";
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex")}`;
  return escape(arrayLiteral(value));
}

function escape(text: string): string {
  return special.test(text) ? text.replace(specials, (character) => escapes[character] ?? character) : text;
}

/** `{"a","b",NULL}`: every text is quoted, so that neither commas nor the word NULL are misread. */
function arrayLiteral(items: readonly (string | number | null)[]): string {
  const written = items.map((item) => {
    if (item === null) return "NULL";
    return typeof item === "number" ? String(item) : `"${item.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  });
  return `{${written.join(",")}}`;
}
