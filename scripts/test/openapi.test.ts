import { readFile } from 'node:fs/promises';
import { permissions } from '@rollcall/contract';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const parameter = z.union([
  z.strictObject({ $ref: z.literal('#/components/parameters/idempotencyKey') }),
  z.strictObject({ name: z.string().min(1), in: z.enum(['path', 'query', 'header']), required: z.boolean(), description: z.string().optional(), schema: z.record(z.string(), z.unknown()) }),
]);
const content = z.record(z.string(), z.strictObject({ schema: z.record(z.string(), z.unknown()).optional() }));
const answer = z.union([z.strictObject({ $ref: z.literal('#/components/responses/problem') }), z.strictObject({ description: z.string().min(1), content: content.optional() })]);
const operation = z.strictObject({
  operationId: z.string().regex(/^[a-zA-Z]+\.[a-zA-Z]+$/),
  tags: z.array(z.string()).length(1),
  summary: z.string().min(3),
  description: z.string().optional(),
  'x-permission': z.enum(['open', 'signedIn', ...permissions]),
  security: z.array(z.never()).optional(),
  parameters: z.array(parameter).optional(),
  requestBody: z.strictObject({ required: z.literal(true), content }).optional(),
  responses: z.record(z.string().regex(/^(?:2\d\d|default)$/), answer),
});
/** The parts of OpenAPI 3.1 that are used here, closed: a misspelt member is found. */
const documentShape = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({ title: z.string(), version: z.string(), summary: z.string(), description: z.string(), license: z.strictObject({ name: z.string(), identifier: z.string() }) }),
  servers: z.array(z.strictObject({ url: z.string() })).min(1),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  tags: z.array(z.strictObject({ name: z.string(), description: z.string() })),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), operation)),
  components: z.strictObject({
    schemas: z.record(z.string(), z.record(z.string(), z.unknown())),
    parameters: z.record(z.string(), z.unknown()),
    responses: z.record(z.string(), z.unknown()),
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.enum(['http', 'apiKey']) })),
  }),
});

let raw: unknown;
let document: z.output<typeof documentShape>;
beforeAll(async () => {
  raw = JSON.parse(await readFile(new URL('../../docs/reference/openapi.json', import.meta.url), 'utf8'));
  document = documentShape.parse(raw);
});
const operations = () => Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, one]) => ({ path, method, one })));

describe('docs/reference/openapi.json', () => {
  it('holds the whole API, each operation under its own id', () => {
    const ids = operations().map(({ one }) => one.operationId);
    expect(ids.length).toBeGreaterThan(60);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('declares every parameter of a path, and only those', () => {
    const declared = operations().map(({ path, one }) => [path, ...(one.parameters ?? []).flatMap((each) => ('in' in each && each.in === 'path' && each.required ? [each.name] : [])).toSorted()]);
    const inPaths = operations().map(({ path }) => [path, ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).toSorted()]);
    expect(declared).toEqual(inPaths);
  });

  it('answers every operation with one success and with problems', () => {
    const other = operations().filter(({ one }) => Object.keys(one.responses).length !== 2 || !('default' in one.responses));
    expect(other).toEqual([]);
  });

  it('refers to nothing that is not there', () => {
    const references = [...JSON.stringify(raw).matchAll(/"\$ref":"([^"]+)"/g)].map(([, address]) => address ?? '');
    expect(references.length).toBeGreaterThan(100);
    const target = (address: string): unknown => address.slice(2).split('/').reduce<unknown>((part, name) => (typeof part === 'object' && part !== null ? Reflect.get(part, name) : undefined), raw);
    expect([...new Set(references)].filter((address) => target(address) === undefined)).toEqual([]);
  });

  it('holds JSON schemas only that an independent validator compiles', () => {
    const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
    // The package is CommonJS: its function stands under `default` in a module that is imported.
    addFormats.default(ajv);
    ajv.addVocabulary(['components', 'openapi', 'info', 'servers', 'security', 'tags', 'paths']);
    ajv.addSchema({ $id: 'rollcall', ...(z.record(z.string(), z.unknown()).parse(raw)) });
    let compiled = 0;
    const compile = (schema: object): void => {
      ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"rollcall#/components/')));
      compiled += 1;
    };
    for (const schema of Object.values(document.components.schemas)) compile(schema);
    for (const { one } of operations()) {
      for (const each of one.parameters ?? []) if ('schema' in each) compile(each.schema);
      const contents = [one.requestBody?.content, ...Object.values(one.responses).map((each) => ('content' in each ? each.content : undefined))];
      for (const each of contents) for (const { schema } of Object.values(each ?? {})) if (schema !== undefined) compile(schema);
    }
    expect(compiled).toBeGreaterThan(150);
  });

  it('would not pass with a member that OpenAPI does not know', () => {
    expect(documentShape.safeParse({ ...(z.record(z.string(), z.unknown()).parse(raw)), pathz: {} }).success).toBe(false);
  });
});
