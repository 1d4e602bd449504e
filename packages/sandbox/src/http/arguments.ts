import type { Answer } from './answer.ts';
import { applicationError } from './envelopes.ts';

/** Arguments of a list: from the query of a GET or the body of a POST search. */
export type Arguments = {
  /** Undefined when absent; throws `BadArgument` when not a list of strings. */
  strings(name: string): readonly string[] | undefined;
  string(name: string): string | undefined;
  boolean(name: string): boolean | undefined;
  integer(name: string): number | undefined;
};

/** A request that the API answers with 400. */
export class BadArgument extends Error {
  readonly answer: Answer;

  constructor(code: string, detail: string) {
    super(detail);
    this.name = 'BadArgument';
    this.answer = applicationError(code, detail);
  }
}

function wrong(name: string, wanted: string): BadArgument {
  return new BadArgument('ADMIN-UAM-400-1', `${name} must be ${wanted}`);
}

/** Query parameters; lists are repeated parameters. */
export function queryArguments(query: URLSearchParams): Arguments {
  const string = (name: string): string | undefined => query.get(name) ?? undefined;
  return {
    string,
    strings: (name) => (query.has(name) ? query.getAll(name) : undefined),
    boolean(name) {
      const value = string(name);
      if (value === undefined || value === 'true' || value === 'false') return value === undefined ? undefined : value === 'true';
      throw wrong(name, 'true or false');
    },
    integer(name) {
      const value = string(name);
      if (value === undefined || /^\d{1,9}$/.test(value)) return value === undefined ? undefined : Number(value);
      throw wrong(name, 'a whole number');
    },
  };
}

/** Members of a JSON body. */
export function bodyArguments(body: Readonly<Record<string, unknown>>): Arguments {
  return {
    strings(name) {
      const value = body[name];
      if (value === undefined || value === null) return undefined;
      if (!Array.isArray(value)) throw wrong(name, 'a list of strings');
      return value.map((item: unknown) => {
        if (typeof item === 'string') return item;
        throw wrong(name, 'a list of strings');
      });
    },
    string(name) {
      const value = body[name];
      if (value === undefined || value === null || typeof value === 'string') return value ?? undefined;
      throw wrong(name, 'a string');
    },
    boolean(name) {
      const value = body[name];
      if (value === undefined || value === null || typeof value === 'boolean') return value ?? undefined;
      throw wrong(name, 'true or false');
    },
    integer(name) {
      const value = body[name];
      if (value === undefined || value === null) return undefined;
      if (typeof value === 'number' && Number.isInteger(value)) return value;
      throw wrong(name, 'a whole number');
    },
  };
}

/** The page size: `fallback` when not given, refused below 1 and, when `reject`, above `most`; else cut to `most`. */
export function limitOf(given: number | undefined, fallback: number, most: number, policy: 'clamp' | 'reject'): number {
  const limit = given ?? fallback;
  if (limit < 1 || (limit > most && policy === 'reject')) throw wrong('limit', `from 1 to ${most}`);
  return Math.min(limit, most);
}
