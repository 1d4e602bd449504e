import { createLog, loadConfig, startServer } from '@rollcall/server';
import { z } from 'zod';
import { readOrder } from '../harness/measure-part.ts';

/** A whole node with its default settings as a process of its own, so that its memory is its own. Tells its address; ends when the benchmark lets go. */
const order = z.object({ connectionString: z.string(), dataFolder: z.string() }).parse(readOrder());
const server = await startServer(loadConfig({ DATABASE_URL: order.connectionString, ROLLCALL_DATA: order.dataFolder, ROLLCALL_PORT: '0' }), { webFolder: null, log: createLog('error') });
process.send?.({ url: server.url, token: server.localToken });
process.once('disconnect', () => {
  void server.close().then(() => process.exit(0));
});
