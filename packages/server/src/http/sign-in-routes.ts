import type { FastifyInstance, FastifyRequest } from 'fastify';
import { limitSilence, takePlace } from './overload/index.ts';
import type { Admission } from './overload/index.ts';
import { assertSameOrigin } from './same-origin.ts';

/** Answers a request below /api/auth; null for an address that is none. */
export type SignIn = (request: Request, clientAddress: string) => Promise<Response | null>;

const bodyLimitBytes = 65_536;

/** Hands /api/auth/* to the sign-in as web requests, the body as it came. */
export function registerSignIn(server: FastifyInstance, signIn: SignIn, admission: Admission, publicUrlOf: (request: FastifyRequest) => string): void {
  void server.register((scope, _, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: bodyLimitBytes }, (_request, body, parsed) => { parsed(null, body); });
    scope.route({
      method: ['GET', 'POST'],
      url: '/api/auth/*',
      exposeHeadRoute: false,
      bodyLimit: bodyLimitBytes,
      config: { name: 'signIn' },
      onRequest: async (request) => {
        limitSilence(request);
        if (request.method !== 'GET') assertSameOrigin(request.headers, publicUrlOf(request));
      },
      // After the body: slow senders would take all the places.
      preHandler: (_, reply) => takePlace(admission, 'signIn', reply),
      handler: async (request, reply) => {
        const answer = await signIn(webRequest(request, publicUrlOf(request)), request.ip);
        if (answer === null) return reply.callNotFound();
        void reply.code(answer.status).header('cache-control', 'no-store');
        for (const [name, value] of answer.headers) if (name !== 'set-cookie') void reply.header(name, value);
        for (const cookie of answer.headers.getSetCookie()) void reply.header('set-cookie', cookie);
        return reply.send(Buffer.from(await answer.arrayBuffer()));
      },
    });
    done();
  });
}

function webRequest(request: FastifyRequest, publicUrl: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const { body } = request;
  return new Request(new URL(request.url, publicUrl), { method: request.method, headers, ...(Buffer.isBuffer(body) && body.length > 0 ? { body: new Uint8Array(body) } : {}) });
}
