import { Client } from 'pg';

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly filled: boolean;
  readonly identity: boolean;
  readonly allowed: readonly string[] | null;
}

const typeScriptTypes: Readonly<Record<string, string>> = {
  uuid: 'string',
  text: 'string',
  int4: 'number',
  int8: 'number',
  bool: 'boolean',
  date: 'CivilDate',
  timestamptz: 'Date',
  bytea: 'Buffer',
  jsonb: 'Json',
  numeric: 'string',
  _text: 'string[]',
  _int4: 'number[]',
  _uuid: 'string[]',
  _timestamptz: '(Date | null)[]',
};

const columnsQuery = `
  select c.relname as table, a.attname as column, t.typname as type, not a.attnotnull as nullable,
    (a.atthasdef or a.attidentity <> '') as filled, a.attidentity = 'a' as identity,
    (select pg_get_constraintdef(k.oid) from pg_constraint k
      where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum] limit 1) as rule
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
  order by c.relname, a.attnum`;

/** Writes the Kysely types of a migrated database as TypeScript source. Input: a connection string; output: the text of `schema.ts`. */
export async function generateSchema(connectionString: string): Promise<string> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<Omit<Column, 'allowed'> & { rule: string | null }>(columnsQuery);
    return render(rows.map(({ rule, ...column }) => ({ ...column, allowed: allowedTexts(rule) })));
  } finally {
    await client.end();
  }
}

function allowedTexts(rule: string | null): readonly string[] | null {
  const list = rule === null ? null : /= ANY \(ARRAY\[(.*)\]\)/.exec(rule);
  return list === null ? null : [...(list[1] ?? '').matchAll(/'([^']+)'::text/g)].map((match) => match[1] ?? '');
}

function render(columns: readonly Column[]): string {
  const tables = Map.groupBy(columns, (column) => column.table);
  const lines = [
    '// Generated from the migrations by `npm run generate`. Do not edit.',
    "import type { CivilDate } from '@rollcall/core';",
    "import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely';",
    '',
    '/** A jsonb column: read as parsed JSON of unknown shape (parse it at the edge), written as text. */',
    'type Json = JSONColumnType<object>;',
    'type FilledJson = ColumnType<object, string | undefined, string>;',
    '',
  ];
  for (const [table, members] of tables) {
    lines.push(`export interface ${pascal(table)}Table {`, ...members.map((column) => `  ${column.column}: ${typeOf(column)};`), '}', '');
  }
  lines.push('export interface Database {', ...[...tables.keys()].map((table) => `  ${table}: ${pascal(table)}Table;`), '}', '');
  return lines.join('\n');
}

function typeOf(column: Column): string {
  const known = typeScriptTypes[column.type];
  if (known === undefined) throw new Error(`No TypeScript type for ${column.type} of ${column.table}.${column.column}: add it to generate-schema.ts.`);
  const base = column.allowed === null ? known : column.allowed.map((text) => `'${text}'`).join(' | ');
  if (base === 'Json') {
    if (column.nullable) return 'ColumnType<object | null, string | null | undefined, string | null>';
    return column.filled ? 'FilledJson' : 'Json';
  }
  const whole = column.nullable ? `${base} | null` : base;
  if (column.identity) return `GeneratedAlways<${whole}>`;
  return column.filled ? `Generated<${whole}>` : whole;
}

function pascal(name: string): string {
  return name.split('_').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
}
