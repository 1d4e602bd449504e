import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { at } from '../client.ts';
import { shapeOfPath } from './exchanges.ts';
import type { Exchange } from './exchanges.ts';

/** An OpenAPI document that can judge exchanges. */
export type ApiDocument = {
  readonly name: string;
  /** `METHOD /path/{}` of everything it describes. */
  readonly operations: readonly string[];
  /** Where an exchange departs from it: one line for each departure, without values. Undefined: it does not describe the operation. */
  judge(exchange: Exchange): readonly string[] | undefined;
};

const methods = new Set(['get', 'put', 'post', 'delete', 'patch']);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Turns OpenAPI 3.0 dialect into JSON Schema 2020-12 where they differ: `nullable`, and `$ref` beside which 3.0 ignores all members.
 */
function translate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(translate);
  if (!isObject(value)) return value;
  if (typeof value['$ref'] === 'string') return { $ref: value['$ref'] };
  const copy: Record<string, unknown> = Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'nullable' && name !== 'discriminator' && name !== 'example').map(([name, member]) => [name, translate(member)]));
  if (value['nullable'] === true && typeof value['type'] === 'string') copy['type'] = [value['type'], 'null'];
  return copy;
}

/** Objects become closed, so that members the document does not know are reported; parts of an `allOf` cannot be. */
function closeObjects(schemas: Record<string, unknown>, text: string): void {
  for (const [name, schema] of Object.entries(schemas)) {
    const isPart = text.includes(`"allOf":[{"$ref":"#/components/schemas/${name}"}`);
    if (!isObject(schema) || !isObject(schema['properties']) || isPart) continue;
    schema['additionalProperties'] = false;
  }
}

function describeError(error: ErrorObject): string {
  const where = error.instancePath.replaceAll(/\/\d+/g, '/*');
  const extra = error.keyword === 'additionalProperties' ? ` ${String(at(error.params, 'additionalProperty'))}` : error.keyword === 'required' ? ` ${String(at(error.params, 'missingProperty'))}` : '';
  return `${where === '' ? 'body' : where} ${error.keyword}${extra}`;
}

function pointer(...segments: readonly string[]): string {
  return segments.map((segment) => encodeURIComponent(segment.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
}

function schemaPointer(document: unknown, path: string, method: string, ...rest: readonly string[]): string | undefined {
  let node = at(document, 'paths', path, method, ...rest);
  let where = `/paths/${pointer(path, method, ...rest)}`;
  const ref = at(node, '$ref');
  if (typeof ref === 'string') {
    where = ref.slice(1);
    node = ref.slice(2).split('/').reduce<unknown>((value, segment) => at(value, segment), document);
  }
  return at(node, 'content', 'application/json', 'schema') === undefined ? undefined : `${where}/content/application~1json/schema`;
}

/** Reads a document and prepares its judge. */
export function readDocument(name: string, file: string): ApiDocument {
  const document = translate(JSON.parse(readFileSync(file, 'utf8')));
  const schemas = at(document, 'components', 'schemas');
  if (isObject(schemas)) closeObjects(schemas, JSON.stringify(document));
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
  addFormats.default(ajv);
  ajv.addSchema(isObject(document) ? document : {}, name);
  const pathsByShape = new Map<string, string>();
  const described: string[] = [];
  for (const [path, item] of Object.entries(at(document, 'paths') ?? {})) {
    pathsByShape.set(shapeOfPath(path), path);
    if (isObject(item)) for (const method of Object.keys(item)) if (methods.has(method)) described.push(`${method.toUpperCase()} ${shapeOfPath(path)}`);
  }
  const compiled = new Map<string, ValidateFunction>();
  const errorsOf = (where: string | undefined, value: unknown): readonly string[] => {
    if (where === undefined) return [];
    const validate = compiled.get(where) ?? ajv.compile({ $ref: `${name}#${where}` });
    compiled.set(where, validate);
    return validate(value) ? [] : [...new Set((validate.errors ?? []).map(describeError))];
  };
  return {
    name,
    operations: described,
    judge({ method, template, request, reply }) {
      const path = pathsByShape.get(shapeOfPath(template));
      const verb = method.toLowerCase();
      if (path === undefined || at(document, 'paths', path, verb) === undefined) return undefined;
      const line = `${method} ${shapeOfPath(template)}`;
      const found = reply.status >= 300 || request === undefined ? [] : errorsOf(schemaPointer(document, path, verb, 'requestBody'), request).map((error) => `${line} request: ${error}`);
      const known = at(document, 'paths', path, verb, 'responses', String(reply.status)) !== undefined;
      if (!known) return [...found, `${line} ${reply.status}: status not described`];
      return [...found, ...errorsOf(schemaPointer(document, path, verb, 'responses', String(reply.status)), reply.json).map((error) => `${line} ${reply.status}: ${error}`)];
    },
  };
}
