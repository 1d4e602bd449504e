/** What a handler answers. `json` undefined: no body. */
export type Answer = {
  readonly status: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** 204 without a body. */
export const noContent: Answer = { status: 204 };

/** 200 with a body. */
export function ok(json: unknown): Answer {
  return { status: 200, json };
}

/** A JSON object, as opposed to an array, null or a scalar. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
