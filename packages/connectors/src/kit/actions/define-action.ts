import type { z } from 'zod';
import type { CallVerb } from '../calls.ts';

/** What an action can do to people: tell them only; take something that can be given back as it was; take something that cannot. */
export type Risk = 'notify' | 'reversible' | 'irreversible';

/** Words of one of an action's parameters, for forms, flags and pages; the shape itself is the schema's. */
export interface ActionDeclaration<Params extends z.ZodObject> {
  /** Stable name, as in URLs, commands and stored plans: `remove-app-access`. */
  readonly verb: string;
  /** Atlassian's name for it: `Remove app access`. */
  readonly title: string;
  /** One sentence for people who have not done it before. */
  readonly summary: string;
  readonly params: Params;
  readonly risk: Risk;
  /** Whether it takes something away: caps, freshness, approval and evidence guard taking, never giving back. */
  readonly direction: 'takes' | 'gives';
  /** Verb of the action that gives back what this one took (or takes what it gave); null: there is none. */
  readonly undo: string | null;
  /** The calls of which its plan items are made. */
  readonly calls: readonly CallVerb[];
  /** What people must know before they confirm; null: nothing beyond the plan itself. */
  readonly warning: string | null;
  /** Kinds of source that can do it. */
  readonly sources: readonly string[];
}

/** Keeps the parameter type of an action while checking its shape. Forms, commands, OpenAPI and docs are made from it. */
export function defineAction<Params extends z.ZodObject>(action: ActionDeclaration<Params>): ActionDeclaration<Params> {
  return action;
}

export type AnyAction = ActionDeclaration<z.ZodObject>;
