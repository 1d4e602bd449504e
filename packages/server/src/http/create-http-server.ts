import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import Fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Dependencies } from '../app/dependencies.ts';
import type { Scope } from '../app/scope.ts';
import { noSuchRoute, registerApi } from './api-routes.ts';
import type { Authenticate } from './authenticate.ts';
import { registerHealth } from './health.ts';
import type { CheckReadiness } from './health.ts';
import { hostCheck } from './host-check.ts';
import type { Handler } from './handler.ts';
import { registerMetrics } from './metrics-page.ts';
import type { MetricsPage } from './metrics-page.ts';
import type { Admission } from './overload/index.ts';
import { problemOfError } from './problem-of-error.ts';
import { securityHeaders } from './security-headers.ts';
import { prepareStop } from './stop-listening.ts';
import { registerSignIn } from './sign-in-routes.ts';
import type { SignIn } from './sign-in-routes.ts';
import { registerWebApp } from './web-app.ts';

export interface HttpServerOptions {
  readonly handlers: readonly Handler[];
  readonly authenticate: Authenticate;
  readonly deps: Dependencies;
  /** The scope of routes that need no sign-in: the first workspace, no permissions. */
  readonly openScope: () => Promise<Scope>;
  /** Signing in and out below /api/auth. */
  readonly signIn?: SignIn;
  /** The built web app. Left out: API only. */
  readonly web?: { readonly distFolder: string };
  readonly host: string;
  /** The address people open, when it is not the one that is listened on. */
  readonly publicUrl: string | undefined;
  readonly trustedProxies: readonly string[];
  /** What /readyz answers by, besides that the node stops. */
  readonly readiness: CheckReadiness;
  readonly admission: Admission;
  /** Left out: no /metrics. */
  readonly metrics?: MetricsPage;
  /** Milliseconds for which a node that is to stop goes on answering, with /readyz at 503 (default 0). */
  readonly stopDelayMs?: number;
}

export interface HttpServer {
  /** Throws when the port is in use. @returns `http://host:port` */
  listen(port: number): Promise<string>;
  /** Turns /readyz to 503, waits `stopDelayMs`, then takes no new requests, ends event streams, lets open requests finish. A second call waits for the first. */
  close(): Promise<void>;
  /** For tests without a socket. */
  readonly inject: FastifyInstance['inject'];
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the log calls this route. */
    name?: string;
  }
}

/** Downloads that take longer than this to end are cut when the server stops. */
const patienceMs = 10_000;

/** Idle browsers keep theirs open; beyond this a connection is closed at once, before it costs memory. */
const mostConnections = 5_000;

/** The HTTP side of a node: API, sign-in, health, web app. */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { deps } = options;
  const leaving = new AbortController();
  const stopping = new AbortController();
  const secure = options.publicUrl?.startsWith('https:') === true;
  const server = Fastify({
    logger: false,
    trustProxy: options.trustedProxies.length === 0 ? false : [...options.trustedProxies],
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 500 },
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    // A proxy has up to this long to notice that we stop; requests that come on open connections are still answered.
    return503OnClosing: false,
  });
  const checkHost = hostCheck(options.host, options.publicUrl);
  server.decorateRequest('scope', null);
  server.server.maxConnections = mostConnections;
  const stop = prepareStop(server.server);
  server.addHook('onRequest', async (request, reply) => {
    void reply.headers({ ...securityHeaders(null, secure), 'x-request-id': request.id });
    // Whoever keeps a connection finds another node with the next request.
    if (leaving.signal.aborted) void reply.header('connection', 'close');
    checkHost(request.headers.host);
  });
  server.addHook('onResponse', async (request, reply) => {
    logAnswer(request, reply, deps);
    countAnswer(request, reply, options.metrics);
    // A connection that is kept alive would hold the stop up until its client lets go.
    if (stopping.signal.aborted) setImmediate(() => { server.server.closeIdleConnections(); });
  });
  server.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, deps));
  const publicUrlOf = (request: FastifyRequest): string => options.publicUrl ?? `${request.protocol}://${request.host}`;
  registerHealth(server, options.readiness, () => leaving.signal.aborted);
  if (options.metrics !== undefined) registerMetrics(server, options.metrics);
  registerApi(server, { ...options, db: deps.db, log: deps.log, publicUrlOf, stopping: stopping.signal });
  if (options.signIn !== undefined) registerSignIn(server, options.signIn, options.admission, publicUrlOf);
  const sendPage = options.web === undefined ? null : await registerWebApp(server, options.web.distFolder, secure);
  server.setNotFoundHandler((request, reply) => {
    if (sendPage === null || isForApi(request.url) || !['GET', 'HEAD'].includes(request.method)) return sendProblem(noSuchRoute(), request, reply, deps);
    return sendPage(request, reply);
  });
  await server.ready();
  const close = async (): Promise<void> => {
    leaving.abort();
    await delay(options.stopDelayMs ?? 0);
    await stop.listening();
    stopping.abort();
    const patience = setTimeout(() => { server.server.closeAllConnections(); }, patienceMs);
    await stop.ended;
    clearTimeout(patience);
    await server.close();
  };
  let closed: Promise<void> | undefined;
  return {
    listen: async (port) => {
      await server.listen({ port, host: options.host });
      return urlOf(server, options.host);
    },
    close: () => (closed ??= close()),
    inject: server.inject.bind(server),
  };
}

function isForApi(url: string): boolean {
  return url === '/api' || url.startsWith('/api/');
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, deps: Dependencies): FastifyReply {
  const { problem, retryAfterSeconds } = problemOfError(error, request.id, request.routeOptions.config.name ?? 'unknown', deps.log);
  const retry = problem.status === 503 || problem.status === 429 ? { 'retry-after': String(retryAfterSeconds) } : {};
  for (const name of ['content-disposition', 'x-rollcall-rows']) void reply.removeHeader(name);
  return reply
    .code(problem.status)
    .headers({ 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store', ...retry })
    .send(JSON.stringify(problem));
}

/** Files of the web app count as one route, and so do addresses that are none; a stream of events lasts as long as somebody looks on. */
function countAnswer(request: FastifyRequest, reply: FastifyReply, metrics: MetricsPage | undefined): void {
  if (String(reply.getHeader('content-type')).startsWith('text/event-stream')) return;
  const { url, config } = request.routeOptions;
  const route = config.name === 'web.file' ? 'web' : (url ?? 'other');
  metrics?.answered({ route, method: request.method, status: reply.statusCode, seconds: reply.elapsedTime / 1000 });
}

/** Asked every second by proxies and monitors: that all is well is worth no line. */
const probes: ReadonlySet<string> = new Set(['healthz', 'readyz', 'metrics']);

/** Never the address: it can hold names, e-mails and tokens. */
function logAnswer(request: FastifyRequest, reply: FastifyReply, deps: Dependencies): void {
  if (probes.has(request.routeOptions.config.name ?? '') && reply.statusCode < 400) return;
  deps.log.info(
    {
      requestId: request.id,
      route: request.routeOptions.config.name ?? 'unknown',
      method: request.method,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      ...(request.scope === null ? {} : { workspaceId: request.scope.workspaceId, actor: request.scope.actor.id }),
    },
    'request',
  );
}

function urlOf(server: FastifyInstance, host: string): string {
  const address = server.server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
