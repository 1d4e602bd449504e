import type { Route } from '@rollcall/contract';
import { z } from 'zod';
import { RequestProblem } from '../app/problem.ts';

export interface RawInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

export interface Input {
  readonly params: never;
  readonly query: never;
  readonly body: never;
}

/**
 * Makes the parser of a route's input. A parameter or member that the route does not know is an error: a misspelt filter or cap that
 * is passed over would do more than was meant. Throws RequestProblem `badRequest` naming every wrong field.
 */
export function inputParser(route: Route): (raw: RawInput) => Input {
  const parts = { params: route.params, query: strictly(route.query), body: strictly(route.body) };
  const lists = listNames(route.query);
  return (raw) => {
    const problems: { path: string; message: string }[] = [];
    const parse = (schema: z.ZodType | undefined, value: unknown): never => {
      const result = schema?.safeParse(value);
      if (result?.success === false) problems.push(...result.error.issues.flatMap(fieldsOf));
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- handlers see the type of their own route's schema, which has just been applied
      return result?.data as never;
    };
    const input = {
      params: parse(parts.params, raw.params),
      query: parse(parts.query, withLists(raw.query, lists)),
      body: parse(parts.body, raw.body ?? {}),
    };
    if (problems.length > 0) throw new RequestProblem({ code: 'badRequest', title: 'Wrong input', detail: sentence(problems), fields: problems });
    return input;
  };
}

function strictly(schema: z.ZodType | undefined): z.ZodType | undefined {
  return schema instanceof z.ZodObject ? schema.strict() : schema;
}

/** Names of query parameters that hold lists: one value alone arrives as a plain text. */
function listNames(schema: z.ZodObject | undefined): ReadonlySet<string> {
  return new Set(Object.entries(schema?.shape ?? {}).flatMap(([name, member]) => (holdsList(member) ? [name] : [])));
}

function holdsList(schema: unknown): boolean {
  if (schema instanceof z.ZodArray) return true;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) return holdsList(schema.unwrap());
  return schema instanceof z.ZodPipe && holdsList(schema.in);
}

function withLists(query: unknown, lists: ReadonlySet<string>): unknown {
  if (query === null || typeof query !== 'object') return {};
  return Object.fromEntries(Object.entries(query).map(([name, value]: [string, unknown]) => [name, lists.has(name) && !Array.isArray(value) ? [value] : value]));
}

function fieldsOf(issue: z.core.$ZodIssue): { path: string; message: string }[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'There is no such field.' }));
  return [{ path: path.join('.'), message: issue.message }];
}

function sentence(problems: readonly { path: string; message: string }[]): string {
  const shown = problems.slice(0, 5).map(({ path, message }) => `${path === '' ? 'Body' : path}: ${message}`);
  return `Correct this and send it again. ${shown.join(' ')}${problems.length > shown.length ? ` And ${problems.length - shown.length} more.` : ''}`;
}
