/** What the tests' global set-up hands to every test file: one server, and a migrated database to clone. */
export interface TestServer {
  /** Of the server's database `postgres`, as its superuser. */
  readonly connectionString: string;
  /** The name of the migrated database that is cloned. Nobody connects to it. */
  readonly template: string;
  /** "embedded" or "15": which PostgreSQL it is. */
  readonly postgres: string;
}

declare module "vitest" {
  interface ProvidedContext {
    readonly testServer: TestServer;
  }
}

/** The same connection string with another database. */
export function withDatabase(connectionString: string, database: string): string {
  const url = new URL(connectionString);
  url.pathname = `/${database}`;
  return url.href;
}
