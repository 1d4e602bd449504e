import type { IncomingMessage, ServerResponse } from 'node:http';
import { isRecord } from '../http/answer.ts';
import type { OrgState, SandboxState } from '../http/call.ts';
import type { Fault } from '../http/faults.ts';
import type { JournalFilter } from '../journal.ts';
import { trueAccount } from '../world/truth.ts';
import { indexOf, indexOfEmail } from '../world/world.ts';
import { mutate, UnknownSubject } from './mutate.ts';
import type { Mutation } from './mutate.ts';
import { statsOf } from './stats.ts';

/** Path prefix of the control plane; it needs no key and is no part of the simulated API. */
export const controlPrefix = '/_sandbox/';

type Reply = { readonly status: number; readonly json: unknown };

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function isFault(value: unknown): value is Fault {
  return isRecord(value) && (typeof value['operation'] === 'string' || Array.isArray(value['operation'])) && isRecord(value['effect']) && typeof value['effect']['kind'] === 'string';
}

function isMutation(value: unknown): value is Mutation {
  return isRecord(value) && typeof value['kind'] === 'string';
}

/** Query parameters as a filter; unknown names are ignored. */
function journalFilter(query: URLSearchParams): JournalFilter {
  const { afterSeq, request, ...rest }: Record<string, string> = Object.fromEntries(query);
  return { ...rest, ...(afterSeq === undefined ? {} : { afterSeq: Number(afterSeq) }), ...(request === undefined ? {} : { request: Number(request) }) };
}

function readUser(org: OrgState, text: string): Reply {
  const index = indexOf(org.world, text) ?? (text.includes('@') ? indexOfEmail(org.world, text) : undefined);
  return index === undefined ? { status: 404, json: { message: 'no such account' } } : { status: 200, json: trueAccount(org.truth, index) };
}

function setClock(state: SandboxState, body: unknown): Reply {
  if (isRecord(body) && typeof body['advanceMs'] === 'number') state.clock.advance(body['advanceMs']);
  if (isRecord(body) && typeof body['now'] === 'string') state.clock.set(Date.parse(body['now']));
  return { status: 200, json: { now: state.clock.iso() } };
}

function addFault(state: SandboxState, body: unknown): Reply {
  return isFault(body) ? { status: 201, json: { id: state.faults.add(body) } } : { status: 400, json: { message: 'a fault needs operation and effect.kind' } };
}

function revokeKey(state: SandboxState, name: string): Reply {
  const key = Object.values(state.keys.all).find((candidate) => candidate.name === name);
  if (key === undefined) return { status: 404, json: { message: 'no such key' } };
  key.revoked = true;
  return { status: 200, json: { revoked: name } };
}

function write(state: SandboxState, org: OrgState, path: string, body: unknown): Reply | undefined {
  if (path === 'clock') return setClock(state, body);
  if (path === 'faults') return addFault(state, body);
  if (path === 'mutate') return isMutation(body) ? { status: 200, json: { changed: mutate(org, state, body) } } : { status: 400, json: { message: 'a mutation needs a kind' } };
  const key = /^keys\/(\w+)\/revoke$/.exec(path)?.[1];
  return key === undefined ? undefined : revokeKey(state, key);
}

function read(state: SandboxState, org: OrgState, path: string, query: URLSearchParams, info: unknown): Reply | undefined {
  if (path === 'info') return { status: 200, json: info };
  if (path === 'clock') return { status: 200, json: { now: state.clock.iso() } };
  if (path === 'faults') return { status: 200, json: state.faults.list() };
  if (path === 'journal') return { status: 200, json: state.journal.entries(journalFilter(query)) };
  if (path === 'stats') return { status: 200, json: statsOf(state, org) };
  const user = /^users\/(.+)$/.exec(path)?.[1];
  return user === undefined ? undefined : readUser(org, decodeURIComponent(user));
}

function remove(state: SandboxState, path: string): Reply | undefined {
  const id = /^faults(?:\/(\d+))?$/.exec(path);
  if (id === null) return undefined;
  if (id[1] === undefined) state.faults.clear();
  else state.faults.remove(Number(id[1]));
  return { status: 200, json: state.faults.list() };
}

async function reply(state: SandboxState, org: OrgState, info: unknown, request: IncomingMessage, url: URL): Promise<Reply> {
  const path = url.pathname.slice(controlPrefix.length);
  try {
    const done = request.method === 'GET' ? read(state, org, path, url.searchParams, info)
      : request.method === 'DELETE' ? remove(state, path)
        : write(state, org, path, await readJson(request));
    return done ?? { status: 404, json: { message: 'info, clock, faults, journal, stats, users/{id or address}, mutate, keys/{name}/revoke' } };
  } catch (error) {
    if (error instanceof UnknownSubject) return { status: 404, json: { message: error.message } };
    if (error instanceof SyntaxError) return { status: 400, json: { message: 'the body is not JSON' } };
    throw error;
  }
}

/** Answers the control plane for the organisation under test. `?org=<id>` names another. */
export function createControl(state: SandboxState, info: () => unknown): (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> {
  return async (request, response, url) => {
    const wanted = url.searchParams.get('org');
    const org = wanted === null ? state.orgs.values().next().value : state.orgs.get(wanted);
    url.searchParams.delete('org');
    const answer: Reply = org === undefined ? { status: 404, json: { message: 'no such organisation' } } : await reply(state, org, info(), request, url);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.json));
  };
}
