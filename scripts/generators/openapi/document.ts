import { permissions, problemCodes } from '@rollcall/contract';
import type { Route, routes } from '@rollcall/contract';
import { z } from 'zod';
import { allRoutes } from '../all-routes.ts';
import { inputSchema, outputSchemas } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';

type Outputs = ReturnType<typeof outputSchemas>;

const tagTexts: Readonly<Record<keyof typeof routes, string>> = {
  session: 'Who asks, people, API tokens, settings, the pause of everything, Home',
  sources: 'Places where accounts live, and their syncs',
  uploads: 'CSV exports of Atlassian',
  inventory: 'Accounts × apps, queries, saved views',
  plans: 'Frozen work orders',
  runs: 'Plans being carried out, and their logs',
  exemptions: 'Whom no plan touches',
  audit: 'The audit trail',
  backup: 'The whole database as one file',
};

/** The whole REST API as an OpenAPI 3.1 document. */
export function openApiDocument(version: string): JsonSchema {
  const outputs = outputSchemas();
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const { tag, name, route } of allRoutes) {
    const path = route.path.replaceAll(/:([A-Za-z]+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(tag, name, route, outputs) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Rollcall',
      version,
      summary: 'Who holds access in an Atlassian organisation, who uses it, and taking back what nobody uses.',
      description: [
        'Changes within v1 only add: ignore members you do not know. Errors are RFC 9457 problems with a stable `code`.',
        'Every write takes an `Idempotency-Key`: the same key with the same request is answered by the first answer for 24 hours.',
        `\`x-permission\` names what the asker needs: ${permissions.join(', ')}; \`signedIn\` is anybody who is signed in, \`open\` needs no sign-in.`,
      ].join('\n'),
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }, { session: [] }],
    tags: Object.entries(tagTexts).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: usedIn(paths, outputs.components),
      parameters: {
        idempotencyKey: { name: 'Idempotency-Key', in: 'header', required: false, description: 'Made by the caller, unique to this write.', schema: { type: 'string', minLength: 1 } },
      },
      responses: { problem: { description: `What went wrong and what to do next. Codes: ${Object.entries(problemCodes).map(([code, status]) => `${code} (${status})`).join(', ')}.`, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } } },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API token of Rollcall, made in Settings or by `rollcall token create`.' },
        session: { type: 'apiKey', in: 'cookie', name: 'rollcall.session_token', description: 'The sign-in of the web app. Writes also carry the header `x-rollcall-csrf: 1`.' },
      },
    },
  };
}

/** Only what an answer refers to: a schema of requests stands where it is used. */
function usedIn(paths: JsonSchema, components: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const used = new Set(['Problem']);
  const follow = (part: unknown): void => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/gu)) {
      if (used.has(name)) continue;
      used.add(name);
      follow(components[name]);
    }
  };
  follow(paths);
  return Object.fromEntries(Object.entries(components).filter(([name]) => used.has(name)));
}

function operation(tag: string, name: string, route: Route, outputs: Outputs): JsonSchema {
  const parameters = [
    ...parametersOf(route.params, 'path'),
    ...parametersOf(route.query, 'query'),
    ...(route.method === 'GET' ? [] : [{ $ref: '#/components/parameters/idempotencyKey' }]),
  ];
  return {
    operationId: `${tag}.${name}`,
    tags: [tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    'x-permission': route.access,
    ...(route.access === 'open' ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...requestBody(route),
    responses: { [route.status]: answer(route, outputs), default: { $ref: '#/components/responses/problem' } },
  };
}

function requestBody(route: Route): JsonSchema {
  if (route.takes === 'bytes') return { requestBody: { required: true, content: { 'application/octet-stream': {} } } };
  if (route.body === undefined) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: inputSchema(route.body) } } } };
}

function answer(route: Route, outputs: Outputs): JsonSchema {
  switch (route.answers) {
    case 'nothing':
      return { description: 'Done.' };
    case 'file':
      return { description: 'A download, streamed. Its type and name stand in the headers.', content: { '*/*': {} } };
    case 'events':
      return { description: 'Server-sent events; the data of each is one object of this schema.', content: { 'text/event-stream': { schema: outputs.of(route.response) } } };
    case 'json':
      return { description: route.summary, content: { 'application/json': { schema: outputs.of(route.response) } } };
  }
}

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query'): readonly JsonSchema[] {
  if (schema === undefined) return [];
  const { required } = inputSchema(schema);
  const shape: Readonly<Record<string, unknown>> = schema.shape;
  return Object.entries(shape).flatMap(([name, member]) => (member instanceof z.ZodType ? [{
    name,
    in: place,
    required: place === 'path' || (Array.isArray(required) && required.includes(name)),
    schema: inputSchema(member),
  }] : []));
}
