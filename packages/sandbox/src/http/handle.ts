import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { indexOf } from '../world/world.ts';
import type { Answer } from './answer.ts';
import { isRecord, noContent } from './answer.ts';
import { takeSeats } from '../api/v2/seats.ts';
import { BadArgument } from './arguments.ts';
import { authorise } from './authorise.ts';
import type { Admitted } from './authorise.ts';
import type { Call, SandboxState } from './call.ts';
import { deliver } from './deliver.ts';
import type { Rendered } from './deliver.ts';
import { applicationError, gatewayError, keyError, routingError } from './envelopes.ts';
import type { FaultEffect } from './faults.ts';
import type { Match, Routed } from './router.ts';

const html = '<!DOCTYPE html><html><head><title>Service unavailable</title></head><body><h1>We are having trouble</h1></body></html>';

function faultAnswer(effect: FaultEffect & { readonly kind: 'status' }): Rendered {
  const { status, body = 'json', headers = {} } = effect;
  if (body === 'html') return { status, headers: { 'content-type': 'text/html', ...headers }, body: Buffer.from(html) };
  if (body === 'empty') return { status, headers, body: Buffer.alloc(0) };
  const text = typeof body === 'object' ? body.text : JSON.stringify(status === 429 || status === 401 ? { code: status, message: 'Injected' } : { errors: [{ id: 'f0', code: `ADMIN-${status}-1`, status: String(status), title: 'Injected', detail: null }] });
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: Buffer.from(text) };
}

function render(answer: Answer): Rendered {
  const body = answer.json === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(answer.json));
  return { status: answer.status, headers: { ...(answer.json === undefined ? {} : { 'content-type': 'application/json' }), ...answer.headers }, body };
}

async function readBody(request: IncomingMessage): Promise<Readonly<Record<string, unknown>> | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  if (chunks.length === 0) return {};
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The one id in a filter of a search. */
function only(value: unknown): string | undefined {
  return Array.isArray(value) && value.length === 1 && typeof value[0] === 'string' ? value[0] : undefined;
}

function subjectOf(match: Match, body: Readonly<Record<string, unknown>>): { accountId: string | undefined; groupId: string | undefined } {
  const inBody = body['accountId'];
  return {
    accountId: match.params['accountId'] ?? match.params['userId'] ?? (typeof inBody === 'string' ? inBody : only(body['accountIds'])),
    groupId: match.params['groupId'] ?? only(body['groupIds']),
  };
}

/** Changes of the world that strike just before the request is handled. */
function meddle(state: SandboxState, effects: readonly FaultEffect[], subject: ReturnType<typeof subjectOf>, keyName: string): void {
  const cause = { operation: 'fault', actor: 'fault' };
  for (const effect of effects) {
    if (effect.kind === 'loseOrgAdmin') state.lostAdmins.add(keyName);
    if (effect.kind === 'clockJump') state.clock.advance(effect.byMs);
    if (effect.kind === 'takeSeats') for (const org of state.orgs.values()) takeSeats(org);
    if (effect.kind === 'revokeKey') {
      const key = Object.values(state.keys.all).find((candidate) => candidate.name === keyName);
      if (key !== undefined) key.revoked = true;
    }
    for (const { world, changes } of state.orgs.values()) {
      const index = subject.accountId === undefined ? undefined : indexOf(world, subject.accountId);
      const group = world.groups.find((candidate) => candidate.id === subject.groupId);
      if (effect.kind === 'makeOrgAdmin' && index !== undefined) changes.setOrgAdmin(cause, index, true);
      if (effect.kind === 'deleteGroup' && group !== undefined) changes.deleteGroup(cause, group);
      if (effect.kind === 'deleteUser' && index !== undefined) {
        for (const directory of world.organisation.directories) changes.removeUser(cause, directory.index, index);
        world.vanished.add(index);
      }
    }
  }
}

function run(match: Match, call: Call, admitted: Admitted): Answer {
  const { operation } = match;
  try {
    if (operation.family === 'orgs') return operation.handle(call);
    if (admitted.org === undefined) return gatewayError(500, 'No organisation');
    const orgCall = { ...call, org: admitted.org };
    if (operation.family === 'org') return operation.handle(orgCall);
    return admitted.index === undefined ? gatewayError(500, 'No account') : operation.handle({ ...orgCall, index: admitted.index });
  } catch (error) {
    if (error instanceof BadArgument) return error.answer;
    throw error;
  }
}

/** Answers API requests: routing, faults, journal, key, rate limit, handler, in this order. */
export function createHandler(state: SandboxState, route: (method: string, path: string) => Routed): (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> {
  const { cachePages, consistencyDelayMs, roleConsistencyDelayMs, activityDelayMs } = state.settings;
  const mayCache = cachePages && Math.max(consistencyDelayMs, roleConsistencyDelayMs, activityDelayMs) === 0; // what a delay hides appears without a write
  const pages = new Map<string, { readonly version: number; readonly rendered: Rendered }>();

  const answer = (match: Match, body: Readonly<Record<string, unknown>> | undefined, request: IncomingMessage, url: URL, effects: readonly FaultEffect[], requestSeq: number): Rendered => {
    const { operation, params } = match;
    const admission = authorise(state, operation, params, request.headers.authorization, url.pathname);
    if ('refusal' in admission) return render(admission.refusal);
    const limited = state.limiter.check(params['orgId'] ?? admission.key.orgIds[0] ?? '', ['all', operation.name, ...(operation.rateGroup === undefined ? [] : [operation.rateGroup])]);
    if (limited !== undefined) return render(limited);
    if (body === undefined) return render(operation.family === 'management' ? keyError(400, 'bodyParseFailure') : applicationError('ADMIN-400-24', 'The body is not a JSON object'));
    const version = admission.org?.world.version ?? 0;
    const cacheKey = mayCache && !operation.write && effects.length === 0 ? `${admission.key.name} ${url.pathname}${url.search} ${JSON.stringify(body)}` : undefined;
    const kept = cacheKey === undefined ? undefined : pages.get(cacheKey);
    if (kept?.version === version) return kept.rendered;
    const cause = { operation: operation.name, actor: admission.key.name, request: requestSeq };
    const rendered = render(run(match, { state, operation: operation.name, params, query: url.searchParams, body, key: admission.key, cause, effects, origin: url.origin, url: `${url.pathname}${url.search}` }, admission));
    if (cacheKey !== undefined) pages.set(cacheKey, { version, rendered });
    return rendered;
  };

  return async (request, response, url) => {
    const match = route(request.method ?? 'GET', url.pathname);
    const body = await readBody(request);
    if (match === undefined) return deliver(response, render(routingError(404, url.pathname, 'No message available', state.clock.iso())), []);
    if (match === 'methodNotAllowed') return deliver(response, render(applicationError('ADMIN-405-1', 'Method not supported')), []);
    const { operation } = match;
    state.counts.set(operation.name, (state.counts.get(operation.name) ?? 0) + 1);
    const actor = state.keys.find(request.headers.authorization)?.name ?? 'anonymous';
    const subject = subjectOf(match, body ?? {});
    const about = { ...(subject.accountId === undefined ? {} : { accountId: subject.accountId }), ...(subject.groupId === undefined ? {} : { groupId: subject.groupId }) };
    const entry = operation.write ? state.journal.append({ type: 'request', operation: operation.name, actor, ...about, ...(Object.keys(body ?? {}).length === 0 ? {} : { after: body }) }) : undefined;
    const effects = state.faults.strike({ operation: operation.name, ...subject, key: actor });
    const wait = state.settings.latencyMs + effects.reduce((sum, effect) => sum + (effect.kind === 'delay' ? effect.ms : 0), 0);
    if (wait > 0) await sleep(wait, undefined, { ref: false });
    meddle(state, effects, subject, actor);
    if (effects.some((effect) => effect.kind === 'clockJump')) response.setHeader('date', new Date(state.clock.now()).toUTCString());
    if (effects.some((effect) => effect.kind === 'timeout')) return undefined;
    if (effects.some((effect) => effect.kind === 'reset')) return void response.destroy();
    const instead = effects.find((effect) => effect.kind === 'status');
    const ignored = operation.write && effects.some((effect) => effect.kind === 'ignoreWrite');
    const rendered = ignored ? render(noContent) : instead === undefined ? answer(match, body, request, url, effects, entry?.seq ?? 0) : faultAnswer(instead);
    if (entry !== undefined && rendered.status >= 400) state.journal.append({ type: 'refused', operation: operation.name, actor, ...about, request: entry.seq, status: rendered.status });
    return deliver(response, rendered, effects);
  };
}
