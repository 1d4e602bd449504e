export type { Authenticate, Credentials } from './authenticate.ts';
export { createHttpServer, type HttpServer, type HttpServerOptions } from './create-http-server.ts';
export { handler, type FileAnswer, type Handler, type HandlerOptions, type HandlerRequest } from './handler.ts';
export { forgetOldKeys } from './idempotency.ts';
export type { SignIn } from './sign-in-routes.ts';
