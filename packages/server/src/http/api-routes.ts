import type { Route } from '@rollcall/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import type { Log } from '../app/dependencies.ts';
import { inLogContext } from '../app/log-context.ts';
import { RequestProblem } from '../app/problem.ts';
import type { Scope } from '../app/scope.ts';
import type { Database } from '../db/index.ts';
import type { Authenticate } from './authenticate.ts';
import { admit } from './admit.ts';
import type { FileAnswer, Handler } from './handler.ts';
import { once } from './idempotency.ts';
import { kindOf, limitSilence, takePlace } from './overload/index.ts';
import type { Admission } from './overload/index.ts';
import { inputParser } from './parse-input.ts';
import { problemOfError } from './problem-of-error.ts';
import { routeNames } from './route-table.ts';
import { sendEvents } from './send-events.ts';
import { sendFile } from './send-file.ts';

export interface ApiOptions {
  readonly handlers: readonly Handler[];
  readonly authenticate: Authenticate;
  readonly db: Kysely<Database>;
  readonly log: Log;
  /** The scope of routes that need no sign-in. */
  readonly openScope: () => Promise<Scope>;
  readonly publicUrlOf: (request: FastifyRequest) => string;
  readonly admission: Admission;
  /** Aborted when the server stops: open event streams end. */
  readonly stopping: AbortSignal;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; set before the body is read. */
    scope: Scope | null;
  }
}

/** Bytes of a JSON body: a plan over 100,000 rows chosen by hand fits. Without sign-in far less is taken. */
const bodyLimitBytes = 4 * 1_048_576;
const openBodyLimitBytes = 65_536;

/** Serves the handlers below /api/v1. */
export function registerApi(server: FastifyInstance, options: ApiOptions): void {
  assertEachOnce(options.handlers);
  const json = options.handlers.filter(({ route }) => route.takes !== 'bytes');
  const bytes = options.handlers.filter(({ route }) => route.takes === 'bytes');
  void server.register((api, _, done) => {
    for (const one of json) register(api, one, options);
    done();
  }, { prefix: '/api/v1' });
  void server.register((api, _, done) => {
    api.removeAllContentTypeParsers();
    api.addContentTypeParser('*', (_request, _payload, parsed) => { parsed(null); });
    for (const one of bytes) register(api, one, options);
    done();
  }, { prefix: '/api/v1' });
}

function register(api: FastifyInstance, one: Handler, options: ApiOptions): void {
  const { route } = one;
  const parse = inputParser(route);
  const kind = kindOf(route);
  api.route({
    method: route.method,
    url: route.path,
    exposeHeadRoute: false,
    bodyLimit: route.access === 'open' ? openBodyLimitBytes : bodyLimitBytes,
    config: { name: nameOf(route) },
    onRequest: async (request, reply) => {
      if (kind !== 'signIn') await takePlace(options.admission, kind, reply);
      request.scope = await admit(route, request, options);
      if (kind !== 'events') limitSilence(request);
    },
    preHandler: async (_, reply) => {
      // Whoever is not signed in gets no place before the whole body is there: slow senders would take them all.
      if (kind === 'signIn') await takePlace(options.admission, kind, reply);
    },
    handler: async (request, reply) => {
      const { scope } = request;
      if (scope === null) throw new Error('A request came past the sign-in check.');
      const gone = new AbortController();
      reply.raw.once('close', () => { gone.abort(); });
      const input = parse({ params: request.params, query: request.query, body: request.body });
      const signal = route.answers === 'events' ? AbortSignal.any([gone.signal, options.stopping]) : gone.signal;
      const work = (): Promise<unknown> =>
        inLogContext({ requestId: request.id }, () => one.handle({ ...input, scope, signal, bytes: route.takes === 'bytes' ? request.raw : null, publicUrl: options.publicUrlOf(request) }));
      return answer(one, request, reply, { scope, signal, work }, options);
    },
  });
}

interface Asked {
  readonly scope: Scope;
  readonly signal: AbortSignal;
  readonly work: () => Promise<unknown>;
}

async function answer(one: Handler, request: FastifyRequest, reply: FastifyReply, asked: Asked, options: ApiOptions): Promise<FastifyReply> {
  const { route } = one;
  void reply.header('cache-control', 'no-store').code(route.status);
  // A file or event handler answers what its route declares: `handler()` has checked the types.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- handler() has checked the handler's type against its route
  if (route.answers === 'file') return sendFile(reply, (await asked.work()) as FileAnswer, (error) => { noteBroken(error, one, request, asked, options); });
  if (route.answers === 'events') {
    return sendEvents(reply, {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- handler() has checked the handler's type against its route
      events: (await asked.work()) as AsyncIterable<unknown>,
      shape: (event) => route.response.parse(event),
      problemOf: (error) => problemOfError(error, request.id, nameOf(route), options.log).problem,
      signal: asked.signal,
    });
  }
  const shaped = async (): Promise<{ status: number; body: unknown }> => {
    const result = await asked.work();
    return { status: route.status, body: route.answers === 'nothing' ? null : route.response.parse(result) };
  };
  const key = request.headers['idempotency-key'];
  const repeatable = typeof key === 'string' && route.method !== 'GET' && route.takes !== 'bytes' && route.access !== 'open';
  const { status, body } = repeatable
    ? await once(options.db, asked.scope, { key, request: { method: route.method, url: request.url, body: request.body }, keepAnswer: one.options.secretAnswer !== true }, shaped)
    : await shaped();
  if (body === null) return reply.code(status).send();
  return reply.code(status).header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(body));
}

/** Whoever reads is told nothing but that the connection ends, so the log has to say why; that they left themselves needs no line. */
function noteBroken(error: unknown, { route }: Handler, request: FastifyRequest, { signal }: Asked, { log }: ApiOptions): void {
  if (!signal.aborted) log.error({ requestId: request.id, route: nameOf(route), error: error instanceof Error ? error : String(error) }, 'A download broke off');
}

function nameOf(route: Route): string {
  return routeNames.get(route) ?? `${route.method} ${route.path}`;
}

/** Two handlers for one route would hide each other. */
function assertEachOnce(handlers: readonly Handler[]): void {
  const seen = new Set<string>();
  for (const { route } of handlers) {
    const name = `${route.method} ${route.path}`;
    if (seen.has(name)) throw new Error(`${name} has two handlers.`);
    seen.add(name);
  }
}

/** What is answered for an address below /api that is none. */
export function noSuchRoute(): RequestProblem {
  return new RequestProblem({ code: 'notFound', title: 'No such address', detail: 'There is nothing at this address. The API stands below /api/v1; its description is in the reference.' });
}
