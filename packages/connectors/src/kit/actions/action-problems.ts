import { z } from 'zod';
import type { AnyAction } from './define-action.ts';

/** What is wrong with a registry of actions, one sentence each; empty when all is well. */
export function actionProblems(actions: readonly AnyAction[]): string[] {
  const byVerb = new Map(actions.map((action) => [action.verb, action]));
  const repeated = byVerb.size < actions.length ? ['two actions share a verb'] : [];
  return [...repeated, ...actions.flatMap((action) => problemsOf(action, byVerb).map((problem) => `${action.verb}: ${problem}`))];
}

function problemsOf(action: AnyAction, byVerb: ReadonlyMap<string, AnyAction>): string[] {
  const problems: string[] = [];
  if (!/^[a-z]+(?:-[a-z]+)*$/u.test(action.verb)) problems.push('the verb is not in kebab case');
  if (action.calls.length === 0 && action.risk !== 'notify') problems.push('it makes no call');
  if (new Set(action.calls).size < action.calls.length) problems.push('it names a call twice');
  if (action.risk === 'reversible') problems.push(...undoProblems(action, byVerb));
  if (action.risk === 'irreversible' && action.undo !== null) problems.push('what cannot be undone names an undo');
  if (action.risk === 'irreversible' && action.warning === null) problems.push('what cannot be undone has no warning');
  if (action.sources.length === 0) problems.push('no kind of source can do it');
  return [...problems, ...schemaProblems(action)];
}

function undoProblems(action: AnyAction, byVerb: ReadonlyMap<string, AnyAction>): string[] {
  const undo = action.undo === null ? undefined : byVerb.get(action.undo);
  if (undo === undefined) return ['its undo is not an action'];
  if (undo.undo !== action.verb) return ['the undo of its undo is another action'];
  return undo.direction === action.direction ? ['its undo goes in the same direction'] : [];
}

/** Forms, flags and OpenAPI need a closed schema whose members say in words what they are. */
function schemaProblems(action: AnyAction): string[] {
  const schema = z.toJSONSchema(action.params, { io: 'input' });
  const open = z.toJSONSchema(action.params).additionalProperties !== false;
  const nameless = Object.entries(schema.properties ?? {}).filter(([, member]) => typeof member === 'boolean' || member.title === undefined || member.description === undefined);
  return [...(open ? ['unknown parameters are not refused'] : []), ...nameless.map(([name]) => `the parameter ${name} has no title or description`)];
}
