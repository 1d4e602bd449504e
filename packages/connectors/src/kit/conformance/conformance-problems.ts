import { isDeepStrictEqual } from 'node:util';
import { inverseOf } from '../calls.ts';
import type { Call } from '../calls.ts';
import type { Connector, ConnectorContext, VendorRequest } from '../connector.ts';
import { VendorError } from '../errors.ts';
import { walkSteps } from './walk-steps.ts';

/** What the suite works with: a live test server behind `context`, an account on it, and calls that would be legal there. */
export interface Conformance<Settings> {
  readonly connector: Connector<Settings>;
  readonly context: ConnectorContext<Settings>;
  readonly accountId: string;
  readonly unknownAccountId: string;
  readonly calls: readonly Call[];
}

/** What every connector must keep, one sentence for each thing that it does not; empty when all is well. Nothing is changed at the vendor. */
export async function conformanceProblems<Settings>(suite: Conformance<Settings>): Promise<string[]> {
  const sent: VendorRequest[] = [];
  const context: ConnectorContext<Settings> = {
    ...suite.context,
    request: (request) => {
      sent.push(request);
      if (request.write) throw new Error(`a read sent the write ${request.operation}`);
      return suite.context.request(request);
    },
  };
  const problems = [...declarationProblems(suite)];
  const attempt = async (what: string, act: () => Promise<readonly string[]>): Promise<void> => {
    try {
      problems.push(...(await act()));
    } catch (error) {
      problems.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  await attempt('test', async () => ((await suite.connector.test(context)).usable ? [] : ['test: a good key is called unusable']));
  await attempt('read', async () => (await walkSteps(suite.connector, context)).problems);
  await attempt('observe', () => observationProblems(suite, context));
  for (const call of suite.calls) {
    await attempt(`verify ${call.verb}`, async () => {
      const answer = await suite.connector.look(context, suite.accountId).stands(call);
      return ['done', 'notDone', 'cannotTell'].includes(answer) ? [] : [`verify ${call.verb}: ${answer} is no verification`];
    });
    await attempt(`apply ${call.verb}`, () => applyProblems(suite, call));
  }
  return [...problems, ...requestProblems(sent)];
}

function declarationProblems<Settings>({ connector, context, calls }: Conformance<Settings>): string[] {
  const problems: string[] = [];
  const steps = connector.steps(context.settings);
  if (!/^[a-z]+(?:-[a-z]+)*$/u.test(connector.kind)) problems.push('the kind is not in kebab case');
  if (new Set(steps.map((step) => step.name)).size < steps.length) problems.push('two steps share a name');
  if (connector.secretFields.length === 0) problems.push('no field is secret');
  for (const call of calls) {
    const back = inverseOf(call);
    if (back !== null && !isDeepStrictEqual(inverseOf(back), call)) problems.push(`the inverse of the inverse of ${call.verb} is another call`);
  }
  return problems;
}

async function observationProblems<Settings>(suite: Conformance<Settings>, context: ConnectorContext<Settings>): Promise<string[]> {
  const here = await suite.connector.observe(context, suite.accountId);
  const gone = await suite.connector.observe(context, suite.unknownAccountId);
  return [...(here.status === null ? ['observe: an account that is there is said to be gone'] : []), ...(gone.status === null ? [] : ['observe: an account that is not there has a status'])];
}

/** A refused write must come out as it is, after exactly one write that is marked as such and names the account. */
async function applyProblems<Settings>(suite: Conformance<Settings>, call: Call): Promise<string[]> {
  const writes: VendorRequest[] = [];
  const refusal = new VendorError({ kind: 'auth', operation: 'conformance', status: 401, code: null, message: 'refused', retryAt: null, surelyWithoutEffect: true });
  const request: ConnectorContext<Settings>['request'] = async (asked) => {
    if (!asked.write) return suite.context.request(asked);
    writes.push(asked);
    throw refusal;
  };
  const outcome: unknown = await suite.connector.apply({ ...suite.context, request }, suite.accountId, call).then(
    (done) => done,
    (error: unknown) => error,
  );
  const named = writes.every((write) => `${write.path} ${JSON.stringify(write.body)}`.includes(encodeURIComponent(suite.accountId)) || JSON.stringify(write.body ?? '').includes(suite.accountId));
  return [
    ...(outcome === refusal ? [] : [`apply ${call.verb}: a refusal of the vendor does not come out`]),
    ...(writes.length === 1 ? [] : [`apply ${call.verb}: ${writes.length} writes where one was refused`]),
    ...(named ? [] : [`apply ${call.verb}: the write does not name the account`]),
  ];
}

function requestProblems(sent: readonly VendorRequest[]): string[] {
  const problems = new Set<string>();
  for (const request of sent) {
    if (request.operation === '' || request.budget === '') problems.add('a request has no operation or no budget');
    if (request.method !== 'GET' && request.method !== 'POST' && !request.write) problems.add(`${request.operation} changes something and is not marked as a write`);
  }
  return [...problems];
}
