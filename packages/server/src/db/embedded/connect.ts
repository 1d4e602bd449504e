import pg from "pg";
import { superuser } from "./cluster.ts";
import { socketPort } from "./socket-folder.ts";

/** The database that Rollcall uses on its embedded server. */
export const databaseName = "rollcall";

/** How to reach a database on the embedded server. */
export interface SocketAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

export function socketAddress(socketFolder: string, database: string): SocketAddress {
  return { host: socketFolder, port: socketPort, user: superuser, database };
}

/** The same as one string, for whoever wants a connection string. */
export function connectionString(address: SocketAddress): string {
  return `postgresql://${address.user}@${encodeURIComponent(address.host)}:${address.port}/${address.database}`;
}

/** Runs `work` on one connection that is closed afterwards. */
export async function withConnection<T>(address: SocketAddress, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...address, application_name: "rollcall start" });
  // Without a listener a server that stops while we are connected would end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
