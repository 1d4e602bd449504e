/** Bounds of one query, so that nobody can make the server work without end. Lists of chosen rows go through a selection, not through `id IN`. */
export const queryLimits = {
  /** Characters of the text face. */
  length: 20_000,
  /** Brackets, NOT and access(…) within each other. */
  depth: 20,
  /** Terms of the whole query. */
  terms: 200,
  /** Values of one IN list. */
  values: 1_000,
  /** Characters of one value. */
  valueLength: 500,
  /** `*` of one pattern. */
  wildcards: 10,
} as const;
