import type { Client } from '@rollcall/contract';
import type { AuditEvents } from './audit-chain.ts';
import type { Place } from './places.ts';

export const kinds = ['sync', 'import', 'plan', 'backup', 'run', 'undo'] as const;
export type Kind = (typeof kinds)[number];

/** What a unit of work did at the vendor. */
export interface Effects {
  readonly intended: number;
  readonly seen: number;
}

/**
 * One piece of work as a person orders it through the API. The person does not know what became of a request whose answer never came: each step looks first how things
 * stand, as the person would after a restart, and then asks for what is missing.
 */
export interface Unit {
  readonly kind: Kind;
  readonly place: Place;
  readonly label: string;
  /** One step forward. True: at its end. */
  step(client: Client): Promise<boolean>;
  /** What is not as it should be, by the vendor's journal, the audit chain and what the API tells. Empty: nothing. */
  judge(client: Client, audit: AuditEvents): Promise<readonly string[]>;
  /** At the vendor; nothing for work that changes nothing there. */
  effects(): Effects;
}

export const none: Effects = { intended: 0, seen: 0 };

/** Says that `what` happened `times` times where once was right. */
export function exactlyOnce(what: string, times: number): readonly string[] {
  return times === 1 ? [] : [`${what}: ${times} times instead of once`];
}
