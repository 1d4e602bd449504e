import { VendorError } from '../../kit/errors.ts';

/**
 * A list that can be read in several ways, best first. The way that answered stands in front of the cursor in the page token, so
 * that all pages of a list are read alike: `0|<cursor>`.
 */
export interface Paged<Result> {
  readonly result: Result;
  readonly next: string | null;
}

/** Refusals that another form of the request may pass: the vendor does not know the search, the expand or the page size. */
function maySuitAnotherForm(error: unknown): boolean {
  if (!(error instanceof VendorError)) return false;
  const { kind, status } = error.facts;
  if (status === 400) return kind !== 'quota';
  return kind === 'unsupported' || kind === 'notFound';
}

export async function readInModes<Result>(
  token: string | null,
  modes: number,
  read: (mode: number, cursor: string | null) => Promise<Paged<Result>>,
): Promise<Paged<Result>> {
  const bar = token?.indexOf('|') ?? -1;
  if (token !== null && bar > 0) return tagged(Number(token.slice(0, bar)), await read(Number(token.slice(0, bar)), token.slice(bar + 1)));
  for (let mode = 0; ; mode += 1) {
    try {
      return tagged(mode, await read(mode, null));
    } catch (error) {
      if (mode + 1 >= modes || !maySuitAnotherForm(error)) throw error;
    }
  }
}

function tagged<Result>(mode: number, page: Paged<Result>): Paged<Result> {
  return { result: page.result, next: page.next === null ? null : `${mode}|${page.next}` };
}
