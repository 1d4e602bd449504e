import * as contract from '@rollcall/contract';
import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

const upperFirst = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);

/** The objects that the contract exports under a name: they become components of the document. */
const named: readonly (readonly [name: string, schema: z.ZodType])[] = Object.entries(contract).flatMap(([name, value]) =>
  value instanceof z.ZodObject ? [[upperFirst(name.replace(/Schema$/u, '')), value] as const] : [],
);

/** What `format` says is not said again as a pattern of hundreds of characters, nor the largest safe integer as a limit. */
function shorten({ jsonSchema }: { readonly jsonSchema: Record<string, unknown> }): void {
  if ('format' in jsonSchema) delete jsonSchema['pattern'];
  if (jsonSchema['maximum'] === Number.MAX_SAFE_INTEGER) delete jsonSchema['maximum'];
  if (jsonSchema['minimum'] === Number.MIN_SAFE_INTEGER) delete jsonSchema['minimum'];
}

/** Answers may get new members within one version, so readers must let unknown ones pass. */
function open(context: { readonly jsonSchema: Record<string, unknown> }): void {
  shorten(context);
  if (context.jsonSchema['additionalProperties'] === false) delete context.jsonSchema['additionalProperties'];
}

/** JSON Schema 2020-12 of what a caller sends. */
export function inputSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override: shorten });
  return rest;
}

/** JSON Schema 2020-12 of answers. `components` collects the named objects that were met. */
export function outputSchemas(): { readonly of: (schema: z.ZodType) => JsonSchema; readonly components: Readonly<Record<string, JsonSchema>> } {
  const ids = z.registry<{ id: string }>();
  for (const [id, schema] of named) ids.add(schema, { id });
  const { schemas } = z.toJSONSchema(ids, { io: 'output', unrepresentable: 'any', override: open, uri: componentAddress });
  const components = Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutNames(schema)]));
  const of = (schema: z.ZodType): JsonSchema => {
    const id = ids.get(schema)?.id;
    if (id !== undefined) return { $ref: componentAddress(id) };
    const { $schema: _, $defs: _defs, ...rest } = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any', override: open, metadata: ids });
    return relink(withoutNames(rest));
  };
  return { of, components };
}

const componentAddress = (id: string): string => `#/components/schemas/${id}`;

function withoutNames(schema: object): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$schema' && name !== '$id' && name !== 'id'));
}

/** zod keeps named parts in `$defs` of each schema; here they stand once, as components. */
function relink(schema: JsonSchema): JsonSchema {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', `"${componentAddress('')}`);
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}
