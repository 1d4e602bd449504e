import type { Repository } from './repository.ts';

/** A sentence with the place and what to do instead. */
export type Violation = string;

export type Rule = (repository: Repository) => readonly Violation[];
