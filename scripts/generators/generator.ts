/** A file that is made from the code and checked in, so that a reader sees it and a difference is noticed. */
export interface Artefact {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** What each `scripts/generators/*.generator.ts` exports under the name `generator`. It makes texts and writes nothing. */
export interface Generator {
  readonly make: () => Promise<readonly Artefact[]> | readonly Artefact[];
}
